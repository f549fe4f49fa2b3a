#include "loadtest/fleet/thread_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace studiosync::load {
namespace {

std::string_view read_schedstat(std::array<char, 128>& buffer) noexcept {
  std::FILE* const file = std::fopen("/proc/thread-self/schedstat", "re");
  if (file == nullptr) return {};
  const std::size_t length = std::fread(buffer.data(), 1, buffer.size(), file);
  std::fclose(file);
  return {buffer.data(), length};
}

}  // namespace

std::optional<ThreadTime> parse_schedstat(std::string_view text) noexcept {
  std::array<std::uint64_t, 3> numbers{};  // running, waiting, turns
  for (std::uint64_t& number : numbers) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  }
  return ThreadTime{.running = std::chrono::nanoseconds(numbers[0]),
                    .waiting = std::chrono::nanoseconds(numbers[1]),
                    .turns = numbers[2]};
}

// The clock is as exact as the scheduler's books; schedstat is as old as the thread's last turn.
ThreadTime thread_time() noexcept {
  std::array<char, 128> buffer{};
  ThreadTime time = parse_schedstat(read_schedstat(buffer)).value_or(ThreadTime{});
  timespec spent{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  time.running = std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
  return time;
}

}  // namespace studiosync::load
