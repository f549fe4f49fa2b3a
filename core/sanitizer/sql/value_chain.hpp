// One value as it is written: a text, or several joined by || and +, by standing next to one
// another, or as arguments of CONCAT. What follows it may give it a name: '…' AS password,
// '…' = password. Bounded: a longer chain goes on as another one. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

class ValueChain {
 public:
  static constexpr std::size_t pieces_max = 32;

  struct Piece {
    SqlToken token;
    bool after_unknown = false;  // something that is no text stands in between: 'a' || b || 'c'
  };

  bool is_open() const noexcept { return count_ > 0; }
  bool is_full() const noexcept { return count_ == pieces_max; }
  void begin(const SqlToken& token, const Position& position) noexcept;
  // Whether `token`, whose term is given, belongs to the value or to the name behind it; otherwise
  // the value ends here. `around` is the parenthesis in which the value stands, if any.
  bool take(const SqlToken& token, Term term, const NestingFrame* around) noexcept;
  // Whether the last sign taken asks for another text.
  bool is_joined() const noexcept { return state_ == State::joint; }
  void clear() noexcept { count_ = 0; }

  std::span<const Piece> pieces() const noexcept { return {pieces_.data(), count_}; }
  const Position& position() const noexcept { return position_; }
  // The name behind the value, if any; kind `end` if not.
  const SqlToken& name() const noexcept { return name_; }
  bool name_is_alias() const noexcept { return alias_; }
  // Whether the value is looked for in what the name says, and may be a part of it.
  bool name_is_searched() const noexcept { return searched_; }

 private:
  enum class State : std::uint8_t { text, joint, operand, cast, as, compared, named };

  bool add(const SqlToken& token) noexcept;
  bool stands_apart(const SqlToken& token) const noexcept;
  bool go(State state) noexcept;
  bool after_text(const SqlToken& token, Term term, const NestingFrame* around) noexcept;
  bool after_joint(const SqlToken& token) noexcept;
  bool take_name(const SqlToken& token, Term term) noexcept;
  bool take_compared(const SqlToken& token, Term term) noexcept;
  bool after_name(Term term) noexcept;

  std::array<Piece, pieces_max> pieces_{};
  std::size_t count_ = 0;
  State state_ = State::text;
  bool unknown_ = false;
  bool alias_ = false;
  bool searched_ = false;
  SqlToken name_;
  Term name_term_;
  Position position_;
};

// Whether the sign joins two texts.
bool is_joint(Term sign) noexcept;

}  // namespace studiosync
