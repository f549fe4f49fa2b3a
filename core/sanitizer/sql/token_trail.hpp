// The tokens before a place in SQL, nearest first. The rules decide by looking back, so that words
// cost nothing until a value arrives. Values; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/term.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

// The last few tokens without comments; older ones are forgotten.
class TokenTrail {
 public:
  static constexpr std::size_t capacity = 32;

  TokenTrail() = default;
  TokenTrail(const TokenTrail& other) noexcept { *this = other; }
  // Copies what is there, mostly a few tokens.
  TokenTrail& operator=(const TokenTrail& other) noexcept {
    const std::size_t used = other.next_ == other.size_ ? other.size_ : capacity;
    std::copy_n(other.entries_.begin(), used, entries_.begin());
    next_ = other.next_;
    size_ = other.size_;
    seen_ = other.seen_;
    return *this;
  }

  // `term` is that of a bare word, a sign or a variable; texts and names have none.
  void push(const SqlToken& token, Term term) noexcept {
    Entry& entry = entries_[next_++ % capacity];
    entry.token = token;
    entry.term = term;
    seen_.add(term);
    if (size_ < capacity) ++size_;
  }
  void clear() noexcept {
    next_ = size_ = 0;
    seen_.clear();
  }

  // 0 is the nearest; kind `end` for those that are forgotten or never were.
  const SqlToken& back(std::size_t distance) const noexcept { return entry_at(distance).token; }
  Term term(std::size_t distance) const noexcept { return entry_at(distance).term; }
  // All that were there, the forgotten ones too.
  TermMask seen() const noexcept { return seen_; }

 private:
  struct Entry {
    SqlToken token;
    Term term;
  };

  const Entry& entry_at(std::size_t distance) const noexcept {
    static constexpr Entry none{};
    return distance < size_ ? entries_[(next_ - 1 - distance) % capacity] : none;
  }

  std::array<Entry, capacity> entries_;
  std::size_t next_ = 0;
  std::size_t size_ = 0;
  TermMask seen_;
};

// The token as written.
inline std::string_view spelling_of(std::string_view text, const SqlToken& token) noexcept {
  return {text.data() + token.begin, token.end - token.begin};
}

// What the token is to the rules, as TokenTrail wants it.
inline Term term_of(std::string_view text, const SqlToken& token) noexcept {
  const bool spelt = token.kind == SqlTokenKind::word || token.kind == SqlTokenKind::punctuation ||
                     token.kind == SqlTokenKind::parameter;
  return spelt ? term_of(spelling_of(text, token)) : Term{};
}

// What the token names: the inside of quotes; a variable without its sign.
std::string_view name_of(std::string_view text, const SqlToken& token) noexcept;

constexpr bool is_operand(SqlTokenKind kind) noexcept {
  return kind <= SqlTokenKind::parameter;
}
static_assert(is_operand(SqlTokenKind::word) && is_operand(SqlTokenKind::name) &&
              is_operand(SqlTokenKind::text) && is_operand(SqlTokenKind::number) &&
              !is_operand(SqlTokenKind::punctuation) && !is_operand(SqlTokenKind::end));

// A place in the text: what stands before it. Views text and trail, which must outlive it.
class Spot {
 public:
  Spot(std::string_view text, const TokenTrail& trail, std::size_t skipped = 0) noexcept
      : text_(text), trail_(&trail), skipped_(skipped) {}

  const SqlToken& back(std::size_t distance) const noexcept {
    return trail_->back(skipped_ + distance);
  }
  // The place that many tokens further left.
  Spot before(std::size_t tokens) const noexcept { return {text_, *trail_, skipped_ + tokens}; }

  std::string_view text() const noexcept { return text_; }
  // As written, with quotes and prefixes.
  std::string_view spelling(std::size_t distance) const noexcept {
    return spelling_of(text_, back(distance));
  }
  // What the token names: without quotes, without the signs of a variable.
  std::string_view name(std::size_t distance) const noexcept {
    return name_of(text_, back(distance));
  }

  // What a bare word, a sign or a variable is to the rules.
  Term term(std::size_t distance) const noexcept { return trail_->term(skipped_ + distance); }
  // Of all tokens before the place, a superset.
  TermMask seen() const noexcept { return trail_->seen(); }
  bool is(std::size_t distance, Term wanted) const noexcept { return term(distance) == wanted; }
  // Whether the token can stand for a value or a name.
  bool is_operand(std::size_t distance) const noexcept {
    return studiosync::is_operand(back(distance).kind);
  }
  bool is_kind(std::size_t distance, SqlTokenKind kind) const noexcept {
    return back(distance).kind == kind;
  }

 private:
  std::string_view text_;
  const TokenTrail* trail_;
  std::size_t skipped_;
};

}  // namespace studiosync
