// A quick test before a list of words is searched: may this word be in it? Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

// Knows the first letters of its words, by length.
class WordMask {
 public:
  constexpr WordMask() = default;
  template <class Table>
  explicit constexpr WordMask(const Table& words) {
    for (const std::string_view word : words) add(word);
  }

  constexpr void add(std::string_view word) noexcept { letters_[slot(word)] |= bit(word); }

  // Never false for a word that was added, in whatever case.
  constexpr bool may_hold(std::string_view word) const noexcept {
    return !word.empty() && (letters_[slot(word)] & bit(word)) != 0;
  }

 private:
  static constexpr std::size_t lengths = 32;  // longer words share the last one

  static constexpr std::size_t slot(std::string_view word) noexcept {
    return word.size() < lengths ? word.size() : lengths - 1;
  }
  static constexpr std::uint32_t bit(std::string_view word) noexcept {
    return 1U << (static_cast<unsigned char>(to_lower(word.front())) % 32U);
  }

  std::array<std::uint32_t, lengths> letters_{};
};

}  // namespace studiosync
