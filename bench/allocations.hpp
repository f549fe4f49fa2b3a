// Counts the program's allocations: what they cost shows up all over a profile, and nowhere in
// particular.
#pragma once

#include <cstdint>

namespace studiosync::bench {

// Of all threads, since the program's start. A program that links this counts all it makes.
std::uint64_t allocations() noexcept;

}  // namespace studiosync::bench
