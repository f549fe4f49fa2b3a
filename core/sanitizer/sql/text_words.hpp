// The words of a text that is looked at without lexing it: runs of letters, digits and `_`.
// Values; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

inline constexpr auto text_word_bytes = [] {
  std::array<bool, 256> members{};
  for (std::size_t byte = 0; byte < members.size(); ++byte) {
    members[byte] = is_word_char(static_cast<char>(byte));
  }
  return members;
}();

inline std::size_t text_word_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && text_word_bytes[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

struct TextWord {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const noexcept { return begin == end; }
};

// One after the other, 64 bytes at a time.
class TextWords {
 public:
  // Views the text, from `from` on.
  explicit TextWords(std::string_view text, std::size_t from = 0) noexcept : text_(text) {
    load(from);
  }

  // The next word; an empty one when there is none.
  TextWord next() noexcept {
    while (bits_ == 0) {
      if (end_ >= text_.size()) return {text_.size(), text_.size()};
      load(end_);
    }
    const std::uint64_t lowest = bits_ & (~bits_ + 1);
    const std::size_t begin = begin_ + static_cast<std::size_t>(std::countr_zero(bits_));
    // Carries through the word: what is left of it is the bit behind.
    const std::uint64_t carried = bits_ + lowest;
    if (carried != 0) {
      const std::uint64_t behind = carried & ~bits_;
      bits_ &= carried;
      return {begin, begin_ + static_cast<std::size_t>(std::countr_zero(behind))};
    }
    const std::size_t end = text_word_end(text_, end_);
    load(end);
    return {begin, end};
  }

 private:
  void load(std::size_t at) noexcept;

  std::string_view text_;
  std::size_t begin_ = 0;  // of the block at hand
  std::size_t end_ = 0;
  std::uint64_t bits_ = 0;  // its bytes that belong to words, without those that were passed
};

}  // namespace studiosync
