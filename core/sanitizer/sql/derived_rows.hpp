// Rows whose columns are named behind them: (VALUES ('ann', '…')) AS t (name, password).
// Bounded: of long lists the first values are known. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

class DerivedRows {
 public:
  struct Value {
    SqlToken token;
    std::size_t column = 0;
  };
  struct Column {
    std::size_t index = 0;
    Position position;
  };

  // Whether `see` would do anything with a token of that term.
  bool waits_for(Term term) const noexcept { return state_ != State::idle || term == "values"; }
  // Every token with its term, before it changes `nesting`; `last` stands in front of it. Returns
  // the column that ends with the token, when its name says credential.
  std::optional<Column> see(std::string_view text, const SqlToken& token, Term term,
                            const SqlToken& last, const Nesting& nesting);
  std::span<const Value> values() const noexcept { return values_; }
  void clear() noexcept { state_ = State::idle; }

 private:
  enum class State : std::uint8_t { idle, rows, closed, named, columns };
  static constexpr std::size_t values_max = 256;

  void see_in_rows(const SqlToken& token, Term term, const Nesting& nesting);
  void see_behind(const SqlToken& token, Term term, const Nesting& nesting);
  std::optional<Column> see_in_columns(std::string_view text, Term term, const SqlToken& last,
                                       const Nesting& nesting);

  State state_ = State::idle;
  std::size_t depth_ = 0;  // of the parenthesis around VALUES, then of the list of columns
  std::vector<Value> values_;
};

}  // namespace studiosync
