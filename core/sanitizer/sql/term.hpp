// The words and signs that the rules know, told once for each token: to ask later what a token is
// costs one comparison of numbers. Values; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/vocabulary.hpp"

namespace studiosync {

class Term {
 public:
  // Of all terms with the one below.
  static constexpr std::size_t count = vocabulary.size() + 1;

  // What no rule knows.
  constexpr Term() = default;
  // In lower case. Does not compile for what the vocabulary lacks.
  // NOLINTNEXTLINE: rules read better
  consteval Term(const char* spelling) : Term(std::string_view(spelling)) {}
  explicit consteval Term(std::string_view spelling) {
    const auto found = std::lower_bound(vocabulary.begin(), vocabulary.end(), spelling);
    if (found == vocabulary.end() || *found != spelling) throw "not in the vocabulary";
    index_ = static_cast<std::uint16_t>(found - vocabulary.begin() + 1);
  }
  static constexpr Term at(std::size_t index) noexcept {
    Term term;
    term.index_ = static_cast<std::uint16_t>(index);
    return term;
  }

  constexpr std::size_t index() const noexcept { return index_; }
  constexpr explicit operator bool() const noexcept { return index_ != 0; }
  friend constexpr bool operator==(Term, Term) = default;

 private:
  std::uint16_t index_ = 0;
};

// The term that is spelt like that, in any case of ASCII letters.
Term term_of(std::string_view spelling) noexcept;

// Some terms, a superset of which can be told by a few instructions.
class TermMask {
 public:
  constexpr void add(Term term) noexcept { bits_ |= std::uint64_t{1} << (term.index() % 64); }
  constexpr void clear() noexcept { bits_ = 0; }
  // Never false when all terms that were added there were added here.
  constexpr bool may_hold(TermMask others) const noexcept { return (others.bits_ & ~bits_) == 0; }

 private:
  std::uint64_t bits_ = 0;
};

class TermSet {
 public:
  template <class... Words>
  explicit consteval TermSet(Words... words) {
    (add(Term(words)), ...);
  }

  constexpr bool has(Term term) const noexcept {
    return (bits_[term.index() / word_bits] >> (term.index() % word_bits) & 1U) != 0;
  }

 private:
  static constexpr std::size_t word_bits = 64;

  constexpr void add(Term term) noexcept {
    bits_[term.index() / word_bits] |= std::uint64_t{1} << (term.index() % word_bits);
  }

  std::array<std::uint64_t, (Term::count + word_bits - 1) / word_bits> bits_{};
};

}  // namespace studiosync
