// Lines of a text. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace studiosync {

// What stands between the begin of the line and `at`, or the last `bytes_max` bytes of it.
inline std::string_view line_before(std::string_view text, std::size_t at,
                                    std::size_t bytes_max) noexcept {
  const std::size_t window = std::min(at, bytes_max);
  std::string_view line = text.substr(at - window, window);
  // Forward first: the library looks at many bytes at once, and most windows have no line's end.
  for (const char end : {'\n', '\r'}) {
    if (line.find(end) != std::string_view::npos) line.remove_prefix(line.rfind(end) + 1);
  }
  return line;
}

}  // namespace studiosync
