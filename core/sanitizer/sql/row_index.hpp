// Which rows of a table a word may belong to, so that a look-up need not walk the table.
// Values; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

// Some of a table's `count` rows; gone through in the table's order.
template <std::size_t count>
class RowSet {
 public:
  constexpr void add(std::size_t row) noexcept {
    bits_[row / word_bits] |= std::uint64_t{1} << (row % word_bits);
  }
  constexpr RowSet operator|(const RowSet& other) const noexcept {
    RowSet both = *this;
    for (std::size_t i = 0; i < words; ++i) both.bits_[i] |= other.bits_[i];
    return both;
  }
  constexpr RowSet operator&(const RowSet& other) const noexcept {
    RowSet common = *this;
    for (std::size_t i = 0; i < words; ++i) common.bits_[i] &= other.bits_[i];
    return common;
  }

  constexpr bool empty() const noexcept { return next(0) == count; }

  // The first row from `row` on; `count` when there is none.
  constexpr std::size_t next(std::size_t row) const noexcept {
    std::size_t i = row / word_bits;
    if (i >= words) return count;
    std::uint64_t rest = bits_[i] >> (row % word_bits);
    if (rest != 0) return row + static_cast<std::size_t>(std::countr_zero(rest));
    while (++i < words) {
      rest = bits_[i];
      if (rest != 0) return i * word_bits + static_cast<std::size_t>(std::countr_zero(rest));
    }
    return count;
  }

 private:
  static constexpr std::size_t word_bits = 64;
  static constexpr std::size_t words = (count + word_bits - 1) / word_bits;

  std::array<std::uint64_t, words> bits_{};
};

// Never misses a row that was added under a word, in whatever case; may name others as well.
template <std::size_t count>
class RowIndex {
 public:
  constexpr void add(std::string_view word, std::size_t row) noexcept {
    rows_[slot(word)].add(row);
  }
  constexpr const RowSet<count>& of(std::string_view word) const noexcept {
    return rows_[slot(word)];
  }

 private:
  static constexpr std::size_t slots = 256;

  static constexpr std::size_t slot(std::string_view word) noexcept {
    if (word.empty()) return 0;
    const auto first = static_cast<unsigned char>(to_lower(word.front()));
    const auto last = static_cast<unsigned char>(to_lower(word.back()));
    return (word.size() * 7 + first * 11U + last * 37U) % slots;
  }

  std::array<RowSet<count>, slots> rows_{};
};

}  // namespace studiosync
