#include "core/sanitizer/sql/derived_rows.hpp"

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

bool is_sign(std::string_view text, const SqlToken& token, char sign) noexcept {
  return token.kind == SqlTokenKind::punctuation && token.end == token.begin + 1 &&
         text[token.begin] == sign;
}

bool is_word(std::string_view text, const SqlToken& token, std::string_view lower) noexcept {
  return token.kind == SqlTokenKind::word && equals_folded(spelling_of(text, token), lower);
}

}  // namespace

std::optional<DerivedRows::Column> DerivedRows::see(std::string_view text, const SqlToken& token,
                                                    const SqlToken& last,
                                                    const Nesting& nesting) noexcept {
  switch (state_) {
    case State::idle:
      if (nesting.depth() > 0 && is_word(text, token, "values")) {
        state_ = State::rows;
        depth_ = nesting.depth();
        count_ = 0;
      }
      break;
    case State::rows:
      see_in_rows(text, token, nesting);
      break;
    case State::closed:
    case State::named:
      see_behind(text, token, nesting);
      break;
    case State::columns:
      return see_in_columns(text, token, last, nesting);
  }
  return {};
}

void DerivedRows::see_in_rows(std::string_view text, const SqlToken& token,
                              const Nesting& nesting) noexcept {
  if (token.kind == SqlTokenKind::text) {
    const bool in_row = nesting.depth() == depth_ + 1 && count_ < values_max;
    if (in_row) values_[count_++] = {token, nesting.argument(0)};
  } else if (nesting.depth() == depth_ && is_sign(text, token, ')')) {
    state_ = count_ == 0 ? State::idle : State::closed;
  }
}

void DerivedRows::see_behind(std::string_view text, const SqlToken& token,
                             const Nesting& nesting) noexcept {
  if (state_ == State::closed && is_word(text, token, "as")) return;
  const bool name = token.kind == SqlTokenKind::word || token.kind == SqlTokenKind::name;
  if (state_ == State::closed && name) {
    state_ = State::named;
  } else if (state_ == State::named && is_sign(text, token, '(')) {
    state_ = State::columns;
    depth_ = nesting.depth() + 1;
  } else {
    state_ = State::idle;
  }
}

std::optional<DerivedRows::Column> DerivedRows::see_in_columns(std::string_view text,
                                                               const SqlToken& token,
                                                               const SqlToken& last,
                                                               const Nesting& nesting) noexcept {
  const bool ends_list = is_sign(text, token, ')');
  if (nesting.depth() != depth_ || (!ends_list && !is_sign(text, token, ','))) return {};
  if (ends_list) state_ = State::idle;
  const auto claim = claim_of_token(text, last);
  if (!claim) return {};
  return Column{nesting.argument(0), {&sql_rule::aliased_value, *claim}};
}

}  // namespace studiosync
