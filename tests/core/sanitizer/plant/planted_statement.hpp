// One statement with secrets planted in credential positions. The same seed gives the same one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/sanitizer/scan.hpp"
#include "tests/core/sanitizer/plant/grammar.hpp"

namespace studiosync::test {

struct PlantedStatement {
  std::string text;
  TextAs as = TextAs::sql;
  std::vector<std::string> secrets;
};

PlantedStatement plant(const std::vector<Grammar>& grammars, std::uint64_t seed);

// What is wrong with the sanitizer's answer: a secret that is left in some form, a text that the
// validator refuses or that had to be withheld as a whole, a second pass that changes something.
// Empty when nothing is.
std::string judge(const PlantedStatement& statement);

}  // namespace studiosync::test
