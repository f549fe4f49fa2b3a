// The statements of a text in which something can be found, so that a long text with one trigger
// word is lexed and little more. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace studiosync {

// Whole statements, half-open.
struct SqlWindow {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The statements of the standard reading that hold one of `places` (offsets, rising); neighbours
// are one window. Nothing when statements cannot be told apart for sure, or one bears on later
// ones: the text is short, its quotes do not match, there is a PREPARE, a block, or rows of COPY;
// or there would be too many windows.
std::optional<std::vector<SqlWindow>> windows_of(std::string_view text,
                                                 std::span<const std::uint32_t> places);

}  // namespace studiosync
