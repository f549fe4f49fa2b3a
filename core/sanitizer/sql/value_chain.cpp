#include "core/sanitizer/sql/value_chain.hpp"

#include "core/sanitizer/sql/named_operand.hpp"
#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/token_trail.hpp"
#include "core/sanitizer/sql/word_tables.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

// CONCAT('a', 'b')
bool joins_arguments(const NestingFrame* around) noexcept {
  return around != nullptr && is_concatenation(around->function_term);
}

// OPTIONS ('password' '…'): texts side by side are not one value.
bool lists_pairs(const NestingFrame* around) noexcept {
  static constexpr TermSet lists{"options", "tblproperties", "dbproperties", "properties"};
  return around != nullptr && lists.has(around->function_term);
}

// LOCATE('…', password), POSITION('…' IN password): what is looked for stands first.
bool is_before_searched(Term term, const NestingFrame* around) noexcept {
  static constexpr TermSet searches{"locate", "charindex", "patindex", "find_in_set"};
  if (around == nullptr) return false;
  return (term == "," && searches.has(around->function_term)) ||
         (term == "in" && around->function_term == "position");
}

}  // namespace

bool is_joint(Term sign) noexcept {
  return sign == "||" || sign == "+" || sign == "&";
}

void ValueChain::begin(const SqlToken& token, const Position& position) noexcept {
  count_ = 0;
  unknown_ = false;
  alias_ = false;
  searched_ = false;
  name_ = {};
  position_ = position;
  add(token);
}

// 'a' "b" is one value; in `'a'"` another language's quote ends.
bool ValueChain::stands_apart(const SqlToken& token) const noexcept {
  return token.closed && pieces_[count_ - 1].token.end < token.begin;
}

bool ValueChain::add(const SqlToken& token) noexcept {
  if (count_ == pieces_max) return false;
  pieces_[count_++] = {token, unknown_};
  unknown_ = false;
  return go(State::text);
}

bool ValueChain::go(State state) noexcept {
  state_ = state;
  return true;
}

bool ValueChain::take_name(const SqlToken& token, Term term) noexcept {
  const bool text = token.kind == SqlTokenKind::text;
  if (!is_operand(token.kind) || token.kind == SqlTokenKind::number || (text && !alias_)) {
    return false;
  }
  name_ = token;
  name_term_ = term;
  state_ = State::named;
  // It may be a value as well: IDENTIFIED WITH 'plugin' AS '…'.
  return !text;
}

bool ValueChain::after_text(const SqlToken& token, Term term, const NestingFrame* around) noexcept {
  if (token.kind != SqlTokenKind::text && is_before_searched(term, around)) {
    searched_ = true;
    return go(State::compared);
  }
  switch (token.kind) {
    case SqlTokenKind::text:
      return state_ == State::text && stands_apart(token) && !lists_pairs(around) && add(token);
    case SqlTokenKind::punctuation:
      if (is_joint(term) || (term == "," && joins_arguments(around))) return go(State::joint);
      if (term == "::") return go(State::cast);
      return state_ == State::text && is_comparison(term) && go(State::compared);
    case SqlTokenKind::word:
      if (term == "collate") return go(State::cast);
      if (state_ != State::text) return false;
      alias_ = true;
      return term == "as" ? go(State::as) : take_name(token, term);
    case SqlTokenKind::name:
      alias_ = true;
      return state_ == State::text && take_name(token, term);
    default:
      return false;
  }
}

bool ValueChain::after_joint(const SqlToken& token) noexcept {
  if (token.kind == SqlTokenKind::text) return add(token);
  unknown_ = true;
  return is_operand(token.kind) && go(State::operand);
}

// '…' = (password)
bool ValueChain::take_compared(const SqlToken& token, Term term) noexcept {
  return term == "(" || take_name(token, term);
}

// '…' = u.password, '…' = lower(password); '…' = f(x) has no name, but a call.
bool ValueChain::after_name(Term term) noexcept {
  if (alias_ || (term != "." && term != "(")) return false;
  const bool goes_on = term == "." || keeps_first_argument(name_term_);
  if (term == "(") name_ = {};
  return goes_on && go(State::compared);
}

bool ValueChain::take(const SqlToken& token, Term term, const NestingFrame* around) noexcept {
  const bool dot = term == ".";
  switch (state_) {
    case State::text:
    case State::operand:
      if (dot && state_ == State::operand) return go(State::joint);
      return after_text(token, term, around);
    case State::joint:
      return after_joint(token);
    case State::cast:
      // Back to a value that goes on; a type's size ends it.
      return token.kind == SqlTokenKind::word && go(State::text);
    case State::as:
      return take_name(token, term);
    case State::compared:
      return take_compared(token, term);
    case State::named:
      return after_name(term);
  }
  return false;
}

}  // namespace studiosync
