// Literals given to a function whose result is then named: sha2('…', 256) AS password_hash,
// md5('…') = password. Bounded; values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

class WrappedValues {
 public:
  // Whether `see` would do anything with a token of that kind.
  bool waits_for(SqlTokenKind kind) const noexcept {
    return count_ > 0 || kind == SqlTokenKind::text;
  }
  // Every token with its term, before it changes `nesting`. Returns what the name says about the
  // values.
  std::optional<Position> see(std::string_view text, const SqlToken& token, Term term,
                              const Nesting& nesting) noexcept;
  std::span<const SqlToken> values() const noexcept { return {values_.data(), count_}; }
  void clear() noexcept { count_ = 0; }

 private:
  static constexpr std::size_t values_max = 4;

  void add(std::string_view text, const SqlToken& token, const Nesting& nesting) noexcept;
  void see_sign(Term sign, bool inside) noexcept;

  std::array<SqlToken, values_max> values_{};
  std::size_t count_ = 0;
  bool closed_ = false;    // the parenthesis behind the values has come
  bool fallback_ = false;  // coalesce(password, '…'): often a word that says there is none
};

}  // namespace studiosync
