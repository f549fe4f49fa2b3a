// Which rows of a table a word may belong to, so that a look-up need not walk the table.
// Values; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/sanitizer/sql/term.hpp"

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

// The rows that were added under a term.
template <std::size_t count>
class RowIndex {
 public:
  constexpr void add(Term term, std::size_t row) noexcept { rows_[term.index()].add(row); }
  constexpr const RowSet<count>& of(Term term) const noexcept { return rows_[term.index()]; }

 private:
  std::array<RowSet<count>, Term::count> rows_{};
};

}  // namespace studiosync
