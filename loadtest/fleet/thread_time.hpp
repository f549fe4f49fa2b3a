// What a thread has had of the processors.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studiosync::load {

struct ThreadTime {
  std::chrono::nanoseconds running{};  // on a processor
  std::chrono::nanoseconds
      waiting{};            // for one, with something to do; 0 where the kernel is silent
  std::uint64_t turns = 0;  // how often it was given one; the same
};

// Of the calling thread, so far.
ThreadTime thread_time() noexcept;

// `waiting` and `turns` out of a schedstat of proc(5); nothing where it is none.
std::optional<ThreadTime> parse_schedstat(std::string_view text) noexcept;

}  // namespace studiosync::load
