// Frames for property tests: any kind, any values that a well-behaved peer can send.
#pragma once

#include "core/base/random.hpp"
#include "core/protocol/message.hpp"

namespace studiosync {

// One seed gives one frame; `kind` is an index of Message's alternatives.
Frame arbitrary_frame(std::size_t kind, std::uint64_t seed);

ConflictView arbitrary_conflict(Random& random);

}  // namespace studiosync
