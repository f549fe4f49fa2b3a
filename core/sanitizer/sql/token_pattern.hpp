// Patterns over the tokens before a place, as data: `identified with|via * by|as`.
//   word        a bare word or sign, in any case; `a|b` one of several
//   *           one operand: a name (also schema.name), a text, a number, a variable
//   =           an assignment: = := => : ==
//   =?          an assignment or nothing
//   ...         up to eight tokens of any kind
// Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// Taken apart when the program is compiled.
class TokenPattern {
 public:
  enum class Kind : std::uint8_t { words, operand, assignment, optional_assignment, gap };
  struct Item {
    Kind kind = Kind::words;
    std::uint8_t first = 0;  // of the alternatives
    std::uint8_t count = 0;
  };

  // NOLINTNEXTLINE: tables read better
  consteval TokenPattern(const char* pattern) {
    std::string_view rest(pattern);
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      add(rest.substr(0, space));
      rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    }
  }

  constexpr std::size_t size() const noexcept { return items_size_; }
  // Terms without which it matches nowhere.
  constexpr TermMask needed() const noexcept { return needed_; }
  // Counted from the end: 0 is the last one.
  constexpr const Item& from_end(std::size_t distance) const noexcept {
    return items_[items_size_ - 1U - distance];
  }
  constexpr std::span<const Term> alternatives(const Item& item) const noexcept {
    return std::span(words_).subspan(item.first, item.count);
  }

 private:
  consteval void add(std::string_view item) {
    Item& added = items_[items_size_++];
    added.kind = kind_of(item);
    added.first = words_size_;
    while (added.kind == Kind::words && !item.empty()) {
      const std::size_t bar = item.find('|');
      words_[words_size_++] = Term(item.substr(0, bar));
      ++added.count;
      item = bar == std::string_view::npos ? std::string_view{} : item.substr(bar + 1);
    }
    if (added.count == 1) needed_.add(words_[added.first]);
  }

  static consteval Kind kind_of(std::string_view item) {
    if (item == "*") return Kind::operand;
    if (item == "=") return Kind::assignment;
    if (item == "=?") return Kind::optional_assignment;
    return item == "..." ? Kind::gap : Kind::words;
  }

  std::array<Item, 16> items_{};
  std::array<Term, 24> words_{};
  TermMask needed_;
  std::uint8_t items_size_ = 0;
  std::uint8_t words_size_ = 0;
};

inline constexpr std::array<Term, 5> assignment_signs{"=", ":=", "=>", ":", "=="};

// Whether the tokens before `spot` end with what `pattern` describes. At most one `...`.
bool ends_with_pattern(const Spot& spot, const TokenPattern& pattern) noexcept;

// Tokens of the assignment that ends at `distance`: 0 or 1.
std::size_t assignment_tokens(const Spot& spot, std::size_t distance) noexcept;

// Tokens of the dotted name that ends at `distance`; 0 when there is none.
std::size_t operand_tokens(const Spot& spot, std::size_t distance) noexcept;

}  // namespace studiosync
