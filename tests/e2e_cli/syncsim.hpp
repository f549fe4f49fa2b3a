// The program, as a person calls it.
#pragma once

#include <string>
#include <vector>

namespace studiosync::testing {

struct Ran {
  int code;
  std::string out;
  std::string err;
};
Ran syncsim(std::vector<std::string> arguments);

}  // namespace studiosync::testing
