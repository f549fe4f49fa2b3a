// Which bytes belong to words, 64 at a time. Pure; any thread.
#pragma once

#include <cstdint>

namespace studiosync {

// A bit for each of the 64 bytes that is an ASCII letter, a digit or `_`.
std::uint64_t word_bits(const char* bytes) noexcept;

}  // namespace studiosync
