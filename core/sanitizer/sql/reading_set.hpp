// Several of the dialects' readings, and where they part. Values; any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_marks.hpp"

namespace studiosync {

// By number: 0 is the standard one.
const SqlReading& reading_at(std::size_t number) noexcept;

class ReadingSet {
 public:
  constexpr ReadingSet() = default;
  static constexpr ReadingSet all() noexcept {
    ReadingSet set;
    set.bits_ = 0xff;
    return set;
  }

  constexpr bool empty() const noexcept { return bits_ == 0; }
  constexpr bool has(std::size_t number) const noexcept { return (bits_ >> number & 1U) != 0; }
  // The least number; of no empty set.
  constexpr std::size_t first() const noexcept {
    return static_cast<std::size_t>(std::countr_zero(bits_));
  }
  // The least number behind `number`; sql_readings_max when there is none.
  constexpr std::size_t next(std::size_t number) const noexcept {
    const auto rest = static_cast<std::uint8_t>(bits_ & ~((2U << number) - 1U));
    return rest == 0 ? sql_readings_max : static_cast<std::size_t>(std::countr_zero(rest));
  }

  constexpr void add(std::size_t number) noexcept { bits_ |= bit(number); }
  constexpr void add(ReadingSet others) noexcept { bits_ |= others.bits_; }
  constexpr void remove(std::size_t number) noexcept {
    bits_ = static_cast<std::uint8_t>(bits_ & ~bit(number));
  }
  constexpr void remove(ReadingSet others) noexcept {
    bits_ = static_cast<std::uint8_t>(bits_ & ~others.bits_);
  }

  constexpr ReadingSet operator&(ReadingSet other) const noexcept {
    ReadingSet common;
    common.bits_ = bits_ & other.bits_;
    return common;
  }
  constexpr bool operator==(const ReadingSet&) const = default;

 private:
  static_assert(sql_readings_max == 8);
  static constexpr std::uint8_t bit(std::size_t number) noexcept {
    return static_cast<std::uint8_t>(1U << number);
  }

  std::uint8_t bits_ = 0;
};

// Where any two of the readings may part.
SqlMarks marks_of_readings() noexcept;

// A token of the leader's.
struct LedToken {
  const SqlToken& token;
  bool executed = false;  // it stands in a MySQL conditional comment
  SqlMarks near = 0;      // the marks near it
};

// The followers that take the leader's token apart differently, for one of the marks near it.
ReadingSet parted_at(std::string_view text, const LedToken& led, std::size_t leader,
                     ReadingSet followers);

// The marks near a token, as a lexer passes them by.
class NearMarks {
 public:
  NearMarks() : NearMarks({}, 0, 0) {}
  NearMarks(std::string_view text, std::size_t begin, SqlMarks wanted) noexcept
      : end_(text.size()), scanner_(text, begin, wanted), ahead_(scanner_.next()) {}

  SqlMarks near(const SqlToken& token) noexcept {
    if (token.begin >= near_end_) near_ = 0;
    // Behind the last one `ahead_` stands at the end.
    while (ahead_.at < token.end + SqlMarkScanner::reach && ahead_.at < end_) pass();
    return near_;
  }
  // Passes those by that no token from `begin` on is near to.
  void skip_to(std::size_t begin) noexcept {
    while (ahead_.at + SqlMarkScanner::reach <= begin && ahead_.at < end_) {
      ahead_ = scanner_.next();
    }
  }

 private:
  void pass() noexcept {
    near_ = static_cast<SqlMarks>(near_ | ahead_.marks);
    near_end_ = ahead_.at + SqlMarkScanner::reach;
    ahead_ = scanner_.next();
  }

  std::size_t end_;
  SqlMarkScanner scanner_;
  SqlMarkAt ahead_;
  SqlMarks near_ = 0;
  std::size_t near_end_ = 0;
};

}  // namespace studiosync
