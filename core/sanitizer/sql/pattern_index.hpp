// Which patterns of a table may end at a place, told by the last word there and the sign behind it.
// Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/sanitizer/sql/row_index.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"

namespace studiosync {

template <std::size_t count>
class PatternIndex {
 public:
  constexpr void add(const TokenPattern& pattern, std::size_t row) noexcept {
    const TokenPattern::Item& last = pattern.from_end(0);
    if (last.kind == TokenPattern::Kind::words) {
      for (const Term word : pattern.alternatives(last)) {
        if (is_sign(word)) {
          add_sign(word, pattern, row);
        } else {
          words_.add(word, row);
          may_end_[word.index()] = true;
        }
      }
      return;
    }
    for (const Term sign : assignment_signs) add_sign(sign, pattern, row);
    if (last.kind == TokenPattern::Kind::optional_assignment) {
      add_words(words_, pattern, 1, row);
      for (const Term word : pattern.alternatives(pattern.from_end(1))) {
        may_end_[word.index()] = true;
      }
    }
  }

  // False for what no pattern ends with.
  bool may_end(Term last) const noexcept { return may_end_[last.index()]; }

  // A superset of the rows whose patterns end at `spot`.
  RowSet<count> of(const Spot& spot) const noexcept {
    const SqlTokenKind kind = spot.back(0).kind;
    if (kind == SqlTokenKind::word) return words_.of(spot.term(0));
    if (kind != SqlTokenKind::punctuation) return {};
    return signs_.of(spot.term(0)) & (before_sign_.of(spot.term(1)) | before_any_sign_);
  }

 private:
  static constexpr bool is_sign(Term term) noexcept {
    const char first = vocabulary[term.index() - 1].front();
    return !is_word_char(first) && first != '@';
  }

  constexpr void add_sign(Term sign, const TokenPattern& pattern, std::size_t row) noexcept {
    signs_.add(sign, row);
    may_end_[sign.index()] = true;
    add_words(before_sign_, pattern, 1, row);
    if (pattern.from_end(1).kind != TokenPattern::Kind::words) before_any_sign_.add(row);
  }

  static constexpr void add_words(RowIndex<count>& index, const TokenPattern& pattern,
                                  std::size_t distance, std::size_t row) noexcept {
    for (const Term word : pattern.alternatives(pattern.from_end(distance))) {
      index.add(word, row);
    }
  }

  std::array<bool, Term::count> may_end_{};
  RowIndex<count> words_;
  RowIndex<count> signs_;
  RowIndex<count> before_sign_;
  RowSet<count> before_any_sign_;
};

}  // namespace studiosync
