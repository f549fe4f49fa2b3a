#include "core/sanitizer/sql/insert_columns.hpp"

#include <optional>

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/setting_pair.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

void InsertColumns::begin_values(State state, std::size_t depth) noexcept {
  state_ = state;
  depth_ = depth;
}

void InsertColumns::see_word(Term word, Nesting& nesting) noexcept {
  const std::size_t depth = nesting.depth();
  if (word == "insert" || word == "into" || word == "replace") {
    clear();
    state_ = State::awaits_columns;
    return;
  }
  if (state_ == State::idle) {
    of_query_ = word == "with" || word == "view";
    of_copy_ = word == "copy";
    if (of_query_) begin_values(State::names_query, depth);
    if (of_copy_) state_ = State::awaits_columns;
    return;
  }
  if (of_query_ && state_ == State::awaits_values && word == "as") {
    state_ = State::awaits_body;
    return;
  }
  if (state_ == State::names_query) return;
  if (word == "values" || word == "value") {
    if (state_ != State::in_columns) begin_values(State::rows, depth);
  } else if (word == "select") {
    const bool has_body = state_ != State::awaits_values && state_ != State::awaits_body;
    if (of_query_ && has_body && depth < depth_) return clear();
    const bool inside = state_ == State::between || state_ == State::selects;
    if (state_ == State::rows || (inside && depth != depth_)) return;
    begin_values(State::selects, depth);
    nesting.innermost().argument = 0;
  } else if (state_ == State::selects && depth == depth_ && (word == "from" || word == "where")) {
    state_ = State::between;
  }
}

// Whether the parenthesis opens a list of columns. That of a query stands behind the query's name.
bool InsertColumns::begins_columns(std::string_view text, const Nesting& nesting) const noexcept {
  if (of_copy_) return state_ == State::awaits_columns;
  if (!of_query_) return state_ == State::awaits_columns || state_ == State::awaits_values;
  const std::size_t depth = state_ == State::names_query ? depth_ + 1 : depth_;
  if (nesting.depth() != depth || state_ == State::in_columns) return false;
  const Spot spot(text, nesting.enclosing(0)->before);
  if (!spot.is_operand(0)) return false;
  const bool first =
      spot.is(1, "with") || spot.is(1, "recursive") || spot.is(1, "view") || spot.is(1, "exists");
  return first || spot.is(1, ",");
}

void InsertColumns::open(std::string_view text, Nesting& nesting) noexcept {
  if (state_ == State::idle || nesting.is_too_deep()) return;
  if (begins_columns(text, nesting)) {
    state_ = State::in_columns;
    depth_ = nesting.depth();
    columns_.fill(Column::other);
  } else if (state_ == State::rows && nesting.depth() == depth_ + 1) {
    nesting.innermost().insert_row = true;
    setting_ = {};
  }
}

void InsertColumns::end_column(std::string_view text, const SqlToken& last,
                               const Nesting& nesting) noexcept {
  if (state_ != State::in_columns || nesting.depth() != depth_) return;
  const NestingFrame* list = nesting.enclosing(0);
  if (list == nullptr || list->argument >= columns_max) return;
  columns_[list->argument] = column_of(text, last);
}

void InsertColumns::close(const Nesting& nesting) noexcept {
  if (state_ == State::in_columns && nesting.depth() == depth_) state_ = State::awaits_values;
}

InsertColumns::Column InsertColumns::column_of(std::string_view text,
                                               const SqlToken& token) noexcept {
  if (const std::optional<Claim> claim = claim_of_token(text, token)) {
    if (*claim == Claim::hinted) return Column::hinted;
    return is_doubtful_name(name_of(text, token)) ? Column::doubtful : Column::named;
  }
  const std::string_view name = name_of(text, token);
  if (holds_setting_value(name)) return Column::setting_value;
  return holds_setting_name(name) ? Column::setting_name : Column::other;
}

bool InsertColumns::selects_at(std::size_t depth) const noexcept {
  return state_ == State::selects && depth == depth_;
}

Position InsertColumns::position(std::size_t column) const noexcept {
  if (column >= columns_max) return {};
  switch (columns_[column]) {
    case Column::named:
      return {&sql_rule::inserted_value, Claim::named};
    case Column::doubtful:
      return {.rule = &sql_rule::inserted_value, .claim = Claim::named, .doubtful = true};
    case Column::hinted:
      return {&sql_rule::inserted_value, Claim::hinted};
    case Column::setting_value:
      return setting_;
    default:
      return {};
  }
}

void InsertColumns::see_value(std::size_t column, std::string_view value) noexcept {
  if (column >= columns_max || columns_[column] != Column::setting_name) return;
  const std::optional<Claim> claim = claim_of_name(value);
  setting_ = claim ? Position{&sql_rule::setting_pair, *claim} : Position{};
}

}  // namespace studiosync
