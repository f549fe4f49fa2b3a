#include "core/sanitizer/sql/value_position.hpp"

#include "core/sanitizer/sql/clause_rules.hpp"
#include "core/sanitizer/sql/function_rules.hpp"
#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/template_call.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/value_chain.hpp"

namespace studiosync {
namespace {

constexpr std::size_t levels_max = 5;

// N'…' with a space, _utf8mb4'…', BINARY '…'
Spot before_introducer(const Spot& spot) noexcept {
  static constexpr TermSet introducers{"binary",  "_binary", "_utf8mb4", "_utf8mb3", "_utf8",
                                       "_latin1", "_ascii",  "_ucs2",    "n"};
  return introducers.has(spot.term(0)) ? spot.before(1) : spot;
}

// Tokens of the operand that ends at the spot: a name, a cast, a call; 0 when there is none.
std::size_t whole_operand_tokens(const Spot& spot) noexcept {
  if (!spot.is(0, ")")) return operand_tokens(spot, 0);
  std::size_t depth = 0;
  for (std::size_t i = 0; i < TokenTrail::capacity; ++i) {
    if (spot.is(i, ")")) ++depth;
    if (spot.is(i, "(") && --depth == 0) return i + 1 + operand_tokens(spot, i + 1);
  }
  return 0;
}

// The place where the expression begins that goes on at `spot`: prefix || 'hunter2'.
Spot before_expression(Spot spot) noexcept {
  while (spot.is_kind(0, SqlTokenKind::punctuation) &&
         (is_joint(spot.term(0)) || spot.is(0, "::"))) {
    const std::size_t operand = whole_operand_tokens(spot.before(1));
    if (operand == 0) return spot;
    spot = spot.before(1 + operand);
  }
  return before_introducer(spot);
}

bool begins_argument(const Spot& spot) noexcept {
  static constexpr TermSet openers{",", "(", ";", "[", "select", "distinct", "all", "then", "else"};
  return openers.has(spot.term(0));
}

// CASE id WHEN 1 THEN '…': the place before CASE, as far as it is remembered.
Spot before_case(const Spot& spot) noexcept {
  if (!spot.is(0, "then") && !spot.is(0, "else")) return spot;
  for (std::size_t i = 1; i < TokenTrail::capacity; ++i) {
    if (spot.is(i, "case")) return spot.before(i + 1);
  }
  return spot;
}

class PositionFinder {
 public:
  PositionFinder(std::string_view text, const StatementState& state) noexcept
      : text_(text), state_(state), verb_(state.verb) {}

  Position find() noexcept {
    Spot spot(text_, state_.trail);
    Position hint;
    for (std::size_t level = 0; level < levels_max; ++level) {
      spot = before_case(before_expression(spot));
      if (Position position = at(spot, level)) {
        position.wrapped = position.wrapped || level > 0;
        if (position.claim != Claim::hinted && !position.stands_out) return position;
        // What stands around may say more: dbms_crypto.encrypt(x, 1, cast_to_raw('…')).
        if (!hint) hint = position;
      }
      const NestingFrame* frame = state_.nesting.enclosing(level);
      if (frame == nullptr || !begins_argument(spot)) return hint;
      if (!step_outside(*frame, spot)) return hint;
      verb_ = frame->outer_verb;
      if (frame->argument > 0) continue;
      if (const Position position = joined_position(spot)) return position;
    }
    return hint;
  }

 private:
  Position at(const Spot& spot, std::size_t level) const noexcept {
    if (const Position position = clause_position(spot, verb_)) return position;
    if (const Position position = named_position(spot, verb_)) return position;
    const NestingFrame* frame = state_.nesting.enclosing(level);
    if (const Position position = pair_position(spot, frame)) return position;
    return argument(spot, level, frame);
  }

  Position argument(const Spot& spot, std::size_t level, const NestingFrame* frame) const noexcept {
    const bool argument_begins = begins_argument(spot);
    if (argument_begins && state_.insert.selects_at(state_.nesting.depth() - level)) {
      return state_.insert.position(state_.nesting.argument(level));
    }
    if (frame == nullptr) {
      return verb_ == Verb::execute ? executed_position(spot) : Position{};
    }
    if (!argument_begins) return {};
    if (frame->insert_row) return state_.insert.position(frame->argument);
    if (Position position = function_position(spot, *frame, state_.of_database)) {
      position.wrapped = true;
      return position;
    }
    if (const Position position = template_position(*frame)) return position;
    if (const Position position = beside_name_position(spot, *frame)) return position;
    return row_of_values(level, *frame);
  }

  // (name, password) IN (('app', '…'), ('b', '…'))
  Position row_of_values(std::size_t level, const NestingFrame& frame) const noexcept {
    const NestingFrame* inner = level == 0 ? nullptr : state_.nesting.enclosing(level - 1);
    if (inner != nullptr && inner->function.empty()) return {};
    Spot outside(text_, frame.before);
    if (outside.is(0, "row")) outside = outside.before(1);
    const NestingFrame* list = state_.nesting.enclosing(level + 1);
    if (list != nullptr && (outside.is(0, "(") || outside.is(0, ","))) {
      outside = Spot(text_, list->before);
    }
    return row_position(outside, frame.argument);
  }

  // EXEC sp_addlogin 'app', '…'; EXECUTE p USING '…'
  Position executed_position(const Spot& spot) const {
    if (const Position position = procedure_position(spot)) return position;
    if (const Position position = state_.prepared.using_position(spot)) return position;
    return using_position(spot);
  }

  // EXECUTE p('…'), format('… PASSWORD %L', '…')
  Position template_position(const NestingFrame& frame) const {
    const Spot call(text_, frame.before);
    if (call.is(1, "execute")) {
      const Position position = state_.prepared.position(call.name(0), frame.argument);
      if (position) return position;
    }
    return format_position(text_, frame);
  }

  // To where the call that the frame belongs to begins; false unless its value stands for its
  // arguments.
  bool step_outside(const NestingFrame& frame, Spot& spot) const noexcept {
    const bool row = frame.function_term == "values";  // IN (VALUES ('…'))
    const bool stands_for_them =
        row || frame.wraps || frame.function.empty() || frame.function_term == "in";
    if (!stands_for_them) return false;
    std::size_t name = row ? 1 : 0;
    if (frame.wraps) name = operand_tokens(Spot(text_, frame.before), 0);
    spot = Spot(text_, frame.before, name);
    return true;
  }

  std::string_view text_;
  const StatementState& state_;
  Verb verb_;
};

}  // namespace

Position value_position(std::string_view text, const StatementState& state) noexcept {
  return PositionFinder(text, state).find();
}

}  // namespace studiosync
