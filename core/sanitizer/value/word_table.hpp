// Lists of words that are looked up by their size and three of their bytes: most words that are not
// in the list are compared with none of it. Values; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

// Words in lower case.
template <std::size_t count>
class WordTable {
 public:
  template <class... Words>
  explicit constexpr WordTable(Words... words) : words_{words...} {
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t slot = hash(words_[i]);
      while (slots_[slot] != 0) slot = (slot + 1) % slot_count;
      slots_[slot] = static_cast<std::uint8_t>(i + 1);
    }
  }

  constexpr const std::array<std::string_view, count>& words() const noexcept { return words_; }
  constexpr bool has(std::string_view word) const noexcept {
    return find(word, [](std::string_view a, std::string_view b) { return a == b; });
  }
  // In any case of ASCII letters.
  constexpr bool has_folded(std::string_view word) const noexcept {
    return find(word, equals_folded);
  }

 private:
  static_assert(count < 256);
  static constexpr std::size_t slot_count = std::bit_ceil(count * 4);

  template <class Same>
  constexpr bool find(std::string_view word, Same same) const noexcept {
    for (std::size_t slot = hash(word); slots_[slot] != 0; slot = (slot + 1) % slot_count) {
      if (same(word, words_[slots_[slot] - 1U])) return true;
    }
    return false;
  }

  // The same in either case of letters.
  static constexpr std::size_t hash(std::string_view word) noexcept {
    if (word.empty()) return 0;
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(word[i]) | 0x20U);
    };
    const std::uint32_t bytes = byte(0) | (byte(word.size() / 2) << 8U) |
                                (byte(word.size() - 1) << 16U) |
                                (static_cast<std::uint32_t>(word.size()) << 24U);
    return (bytes * 0x9e3779b1U >> 16U) % slot_count;
  }

  std::array<std::string_view, count> words_;
  std::array<std::uint8_t, slot_count> slots_{};
};

template <class... Words>
WordTable(Words...) -> WordTable<sizeof...(Words)>;

}  // namespace studiosync
