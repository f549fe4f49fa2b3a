// A frame in one line for people, without contents.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::e2e {

struct FrameText {
  std::string type;   // as on the wire
  std::string about;  // `3 changes from 17`
};

// `?` for what is no frame of ours.
FrameText describe(std::string_view payload, std::string_view subprotocol);

}  // namespace studiosync::e2e
