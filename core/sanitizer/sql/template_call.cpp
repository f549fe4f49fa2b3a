#include "core/sanitizer/sql/template_call.hpp"

#include <optional>
#include <string>

#include "core/sanitizer/sql/clause_rules.hpp"
#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/value_chain.hpp"
#include "core/sanitizer/sql/verbs.hpp"
#include "core/sanitizer/sql/view.hpp"

namespace studiosync {
namespace {

constexpr TermSet formatters{"format", "formatmessage", "printf", "format_string"};
// Longer ones are documents, not statements.
constexpr std::size_t template_bytes_max = 4096;

struct Hole {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t number = 0;  // as in %2$L and $2; 0: the next one
};

std::size_t read_number(std::string_view text, std::size_t& at) noexcept {
  std::size_t number = 0;
  while (at < text.size() && is_digit(text[at]) && number < template_bytes_max) {
    number = number * 10 + static_cast<std::size_t>(text[at++] - '0');
  }
  return number;
}

// %s, %-10L, %2$I; not %%
std::optional<Hole> format_hole(std::string_view text, std::size_t from) noexcept {
  for (std::size_t begin = text.find('%', from); begin < text.size();) {
    std::size_t at = begin + 1;
    while (at < text.size() && text[at] == '-') ++at;
    const std::size_t number = read_number(text, at);
    const bool numbered = at < text.size() && text[at] == '$' && number > 0;
    if (numbered) ++at;
    if (at < text.size() && is_letter(text[at])) return Hole{begin, at + 1, numbered ? number : 0};
    begin = text.find('%', begin + 2);
  }
  return {};
}

// $1, :1, :name, ?
std::optional<Hole> parameter_hole(std::string_view text, std::size_t from) noexcept {
  for (std::size_t begin = text.find_first_of("$:?", from); begin < text.size();) {
    std::size_t at = begin + 1;
    if (text[begin] == '?') return Hole{begin, at, 0};
    const std::size_t number = read_number(text, at);
    while (at < text.size() && is_word_char(text[at])) ++at;
    if (at > begin + 1) return Hole{begin, at, text[begin] == '$' ? number : 0};
    begin = text.find_first_of("$:?", at);
  }
  return {};
}

// The template up to the hole with that number, the holes before it filled with a name.
template <class NextHole>
std::optional<std::string> text_before_hole(std::string_view text, std::size_t number,
                                            NextHole next_hole) {
  std::string before;
  std::size_t copied = 0;
  std::size_t counted = 0;
  while (const std::optional<Hole> hole = next_hole(text, copied)) {
    before.append(text.substr(copied, hole->begin - copied));
    counted = hole->number > 0 ? hole->number : counted + 1;
    if (counted == number) return before;
    before += 'x';
    copied = hole->end;
  }
  return {};
}

// What stands behind `before`: PASSWORD, or PASSWORD ' with the quote still open.
Position position_behind(std::string_view before, Verb verb) {
  TokenTrail trail;
  SqlLexer lexer(before, SqlReading::standard());
  for (SqlToken token = lexer.next(); token.kind != SqlTokenKind::end && token.closed;
       token = lexer.next()) {
    if (token.kind == SqlTokenKind::comment) continue;
    const Term term = term_of(before, token);
    if (token.kind == SqlTokenKind::word) verb = verb_after(spelling_of(before, token), term, verb);
    trail.push(token, term);
  }
  const Spot spot(before, trail);
  if (const Position position = clause_position(spot, verb)) return position;
  return named_position(spot, verb);
}

template <class NextHole>
Position position_in(std::string_view text, const SqlToken& token, std::size_t number,
                     NextHole next_hole) {
  if (token.kind != SqlTokenKind::text || token.end - token.begin > template_bytes_max) return {};
  View view;
  view.append(text, token);
  const auto before = text_before_hole(view.text(), number, next_hole);
  return before ? position_behind(*before, Verb::none) : Position{};
}

}  // namespace

Position format_position(std::string_view text, const NestingFrame& call) {
  if (!formatters.has(call.function_term) || call.argument == 0) return {};
  return position_in(text, call.first, call.argument, format_hole);
}

Position using_position(const Spot& spot) {
  std::size_t number = 1;
  std::size_t at = 0;
  while (spot.is(at, ",")) {
    const std::size_t operand = operand_tokens(spot, at + 1);
    if (operand == 0) return {};
    at += 1 + operand;
    ++number;
  }
  if (!spot.is(at, "using")) return {};
  static constexpr TermSet executors{"execute", "immediate", "for"};
  if (!executors.has(spot.term(at + 2))) return {};
  return position_in(spot.text(), spot.back(at + 1), number, parameter_hole);
}

Position joined_position(const Spot& spot) {
  if (!is_joint(spot.term(0)) || !spot.is_kind(1, SqlTokenKind::text)) return {};
  // What stands there is the end of a statement; its last words are enough.
  constexpr std::size_t tail_bytes = 96;
  const std::string_view joined = spot.name(1);
  Position position = position_behind(
      joined.substr(joined.size() - std::min(joined.size(), tail_bytes)), Verb::define);
  position.wrapped = true;
  return position;
}

}  // namespace studiosync
