#include "core/sanitizer/sql/derived_rows.hpp"

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
std::optional<DerivedRows::Column> DerivedRows::see(std::string_view text, const SqlToken& token,
                                                    Term term, const SqlToken& last,
                                                    const Nesting& nesting) {
  switch (state_) {
    case State::idle:
      if (nesting.depth() > 0 && term == "values") {
        state_ = State::rows;
        depth_ = nesting.depth();
        values_.clear();
      }
      break;
    case State::rows:
      see_in_rows(token, term, nesting);
      break;
    case State::closed:
    case State::named:
      see_behind(token, term, nesting);
      break;
    case State::columns:
      return see_in_columns(text, term, last, nesting);
  }
  return {};
}

void DerivedRows::see_in_rows(const SqlToken& token, Term term, const Nesting& nesting) {
  if (token.kind == SqlTokenKind::text) {
    const bool in_row = nesting.depth() == depth_ + 1 && values_.size() < values_max;
    if (in_row) values_.push_back({token, nesting.argument(0)});
  } else if (nesting.depth() == depth_ && term == ")") {
    state_ = values_.empty() ? State::idle : State::closed;
  }
}

void DerivedRows::see_behind(const SqlToken& token, Term term, const Nesting& nesting) {
  if (state_ == State::closed && term == "as") return;
  const bool name = token.kind == SqlTokenKind::word || token.kind == SqlTokenKind::name;
  if (state_ == State::closed && name) {
    state_ = State::named;
  } else if (state_ == State::named && term == "(") {
    state_ = State::columns;
    depth_ = nesting.depth() + 1;
  } else {
    state_ = State::idle;
  }
}

std::optional<DerivedRows::Column> DerivedRows::see_in_columns(std::string_view text, Term term,
                                                               const SqlToken& last,
                                                               const Nesting& nesting) {
  const bool ends_list = term == ")";
  if (nesting.depth() != depth_ || (!ends_list && term != ",")) return {};
  if (ends_list) state_ = State::idle;
  const auto claim = claim_of_token(text, last);
  if (!claim) return {};
  return Column{nesting.argument(0), {&sql_rule::aliased_value, *claim}};
}

}  // namespace studiosync
