#include "core/sanitizer/sql/named_rules.hpp"

#include "core/sanitizer/sql/named_operand.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

constexpr TermSet comparisons{"=", "==", "<>", "!=", "<=>", "^=", "+=", "||="};
constexpr TermSet pattern_signs{"~", "!~", "!~*", "~~", "~~*", "!~~"};
constexpr TermSet orders{"<", ">", "<=", ">=", "!<", "!>"};
constexpr TermSet assignments{":=", "=>", ":"};
constexpr TermSet matchers{"like", "ilike", "rlike", "regexp", "glob", "match"};

// How the literal hangs on the name.
enum class Link : std::uint8_t { none, compare, order, assign, match, adjacent, fallback };

struct Linked {
  Link link = Link::none;
  std::size_t tokens = 0;  // of the operation
};

// SET name TO, SET LOCAL name TO, ALTER ROLE r SET name TO
bool is_set_to(const Spot& spot) noexcept {
  if (!spot.is(0, "to")) return false;
  const std::size_t name = operand_tokens(spot, 1);
  if (name == 0) return false;
  return spot.is(1 + name, "set") || (spot.is(2 + name, "set") && spot.is_operand(1 + name));
}

// IS [NOT] DISTINCT FROM
bool is_distinct_from(const Spot& spot) noexcept {
  if (!spot.is(0, "from") || !spot.is(1, "distinct")) return false;
  return spot.is(2, "is") || (spot.is(2, "not") && spot.is(3, "is"));
}

// [NOT] BETWEEN … AND …
Linked linked_by_range(const Spot& spot) noexcept {
  const std::size_t bound = spot.is(0, "and") ? 1 + operand_tokens(spot, 1) : 0;
  if (bound == 1 || !spot.is(bound, "between")) return {};
  return {Link::order, bound + (spot.is(bound + 1, "not") ? 2 : 1)};
}

// IS [NOT], as SQLite compares values
Linked linked_by_is(const Spot& spot) noexcept {
  const std::size_t negated = spot.is(0, "not") ? 1 : 0;
  return spot.is(negated, "is") ? Linked{Link::order, negated + 1} : Linked{};
}

// CASE password WHEN … THEN … WHEN …, as far as it is remembered
Linked linked_by_case(const Spot& spot) noexcept {
  std::size_t begin = 1;
  while (begin < TokenTrail::capacity && !spot.is(begin, "case")) ++begin;
  if (begin == TokenTrail::capacity) return {};
  std::size_t first = begin - 1;
  while (!spot.is(first, "when")) --first;
  return {Link::compare, first + 1};
}

Linked linked_by_sign(const Spot& spot, Verb verb) noexcept {
  const Term sign = spot.term(0);
  if (assignments.has(sign)) return {Link::assign, 1};
  if (comparisons.has(sign)) return {Link::compare, 1};
  if (pattern_signs.has(sign)) return {Link::match, 1};
  // ~* is read as two signs: the second one may close a comment.
  if (sign == "*" && spot.is(1, "~")) return {Link::match, 2};
  if (verb == Verb::manipulate && orders.has(sign)) return {Link::order, 1};
  return {};
}

// The words that only compare in statements about rows.
Linked linked_among_rows(const Spot& spot) noexcept {
  if (const Linked range = linked_by_range(spot); range.link != Link::none) return range;
  if (const Linked is = linked_by_is(spot); is.link != Link::none) return is;
  return spot.is(0, "when") ? linked_by_case(spot) : Linked{};
}

Linked linked_by_word(const Spot& spot, Verb verb) noexcept {
  const Term word = spot.term(0);
  const std::size_t negated = spot.is(1, "not") ? 2 : 1;
  if (matchers.has(word)) return {Link::match, negated};
  if (word == "in") return {Link::compare, negated};
  if (is_distinct_from(spot)) return {Link::compare, spot.is(2, "not") ? 4U : 3U};
  if (word == "default") return {Link::fallback, spot.is(1, "set") ? 2U : 1U};
  if (word == "to" && spot.is(1, "similar")) return {Link::match, spot.is(2, "not") ? 3U : 2U};
  if (is_set_to(spot)) return {Link::assign, 1};
  if (verb == Verb::manipulate) return linked_among_rows(spot);
  return verb == Verb::define ? Linked{Link::adjacent, 0} : Linked{};
}

Linked linked(const Spot& spot, Verb verb) noexcept {
  switch (spot.back(0).kind) {
    case SqlTokenKind::punctuation:
      return linked_by_sign(spot, verb);
    case SqlTokenKind::word:
      return linked_by_word(spot, verb);
    case SqlTokenKind::name:
    case SqlTokenKind::text:
      return verb == Verb::define ? Linked{Link::adjacent, 0} : Linked{};
    default:
      return {};
  }
}

// Steps over `varchar(20) NOT NULL` to the name that is declared.
Spot before_type(Spot spot) noexcept {
  constexpr std::size_t steps_max = 10;
  for (std::size_t i = 0; i < steps_max; ++i) {
    if (spot.is(0, ")")) {
      std::size_t open = 1;
      while (open < 4 && !spot.is(open, "(")) ++open;
      if (open == 4) return spot;
      spot = spot.before(open + 1);
    } else if (spot.is_kind(0, SqlTokenKind::word) && is_type_word(spot.term(0)) &&
               (spot.is_operand(1) || spot.is(1, ")"))) {
      spot = spot.before(1);
    } else {
      return spot;
    }
  }
  return spot;
}

// json_extract(doc, '$.password')
std::optional<Claim> claim_of_path(const Spot& spot) noexcept {
  const bool path = spot.is(0, ")") && spot.is_kind(1, SqlTokenKind::text) && spot.is(2, ",");
  if (!path || !spot.name(1).starts_with("$.")) return {};
  return claim_of_token(spot.text(), spot.back(1));
}

// The whole of a dotted setting: fs.azure.account.key.store
std::string_view dotted_name(const Spot& spot) noexcept {
  const std::size_t tokens = operand_tokens(spot, 0);
  if (tokens == 0) return {};
  const std::size_t begin = spot.back(tokens - 1).begin;
  return spot.text().substr(begin, spot.back(0).end - begin);
}

bool is_azure_key(std::string_view name) noexcept {
  constexpr std::string_view start = "fs.azure.account.key.";
  return name.size() > start.size() && starts_folded(name, start);
}

std::optional<Claim> claim_at(const Spot& spot) noexcept {
  if (!spot.is_operand(0) || spot.is_kind(0, SqlTokenKind::number)) return claim_of_path(spot);
  if (const auto claim = claim_of_token(spot.text(), spot.back(0))) return claim;
  if (spot.is(1, ".") && is_azure_key(dotted_name(spot))) return Claim::named;
  return {};
}

// 'password' = ANY(…): no name, but a literal; data->>'password' is one.
bool compares_literals(const Spot& name, Verb verb) noexcept {
  if (verb != Verb::manipulate || !name.is_kind(0, SqlTokenKind::text)) return false;
  return !name.is_kind(1, SqlTokenKind::punctuation);
}

Position position_of(Link link, Claim claim, Verb verb) noexcept {
  switch (link) {
    case Link::match:
      return {.rule = &sql_rule::named_value, .claim = claim, .pattern = true};
    case Link::order:
      return {.rule = &sql_rule::named_value, .claim = claim, .stands_out = true};
    case Link::fallback:
      return {&sql_rule::default_value, claim};
    case Link::adjacent:
      // Also the column and its type: password "char".
      return {&sql_rule::option, claim};
    case Link::compare:
    case Link::assign: {
      const bool option = verb == Verb::define;
      const Rule& rule = option ? sql_rule::option : sql_rule::named_value;
      return {&rule, option && claim == Claim::named ? Claim::certain : claim};
    }
    case Link::none:
      break;
  }
  return {};
}

// Functions whose arguments are names and values in turn, or one name and then its value.
constexpr TermSet pair_functions{
    "json_object",  "json_build_object", "jsonb_build_object", "object_construct",
    "json_set",     "json_insert",       "json_replace",       "json_modify",
    "jsonb_set",    "json_array_append", "set_config",         "map",
    "named_struct", "object_insert",     "http_header",        "set_header",
    "hstore",       "json_merge",        "set_context",        "sp_set_session_context",
    "setsetting",   "create_map",        "update_credential",  "header",
    "setting"};

}  // namespace

std::optional<Claim> claim_of_token(std::string_view text, const SqlToken& token) noexcept {
  constexpr std::size_t name_bytes_max = 128;
  std::string_view name = name_of(text, token);
  if (name.empty() || name.size() > name_bytes_max) return {};
  while (!name.empty() && std::string_view("$.{\"[").find(name.front()) != std::string_view::npos) {
    name.remove_prefix(1);
  }
  while (!name.empty() && std::string_view("}\"]").find(name.back()) != std::string_view::npos) {
    name.remove_suffix(1);
  }
  return claim_of_name(name);
}

bool is_doubtful_name(std::string_view name) noexcept {
  return equals_folded(name, "pass");
}

bool is_comparison(Term operation) noexcept {
  return comparisons.has(operation);
}

Position named_position(const Spot& spot, Verb verb) noexcept {
  const Linked found = linked(spot, verb);
  if (found.link == Link::none) return {};
  const Spot operand = spot.before(found.tokens);
  Spot name = name_of_operand(operand).value_or(operand);
  if (found.link == Link::compare && compares_literals(name, verb)) return {};
  if (const auto claim = claim_at(name)) {
    Position position = position_of(found.link, *claim, verb);
    position.doubtful = verb != Verb::define && is_doubtful_name(name.name(0));
    return position;
  }
  const bool declares =
      found.link != Link::adjacent && found.link != Link::match && found.link != Link::order;
  if (!declares) return {};
  name = before_type(operand);
  const auto claim = claim_at(name);
  return claim ? Position{&sql_rule::default_value, *claim} : Position{};
}

Position pair_position(const Spot& spot, const NestingFrame* frame) noexcept {
  if (spot.is(0, "value") && spot.is_kind(1, SqlTokenKind::text) && spot.is(2, "name")) {
    const auto claim = claim_of_token(spot.text(), spot.back(1));
    return claim ? Position{&sql_rule::setting_pair, *claim} : Position{};
  }
  if (frame == nullptr || !spot.is(0, ",") || !spot.is_kind(1, SqlTokenKind::text)) return {};
  if (!pair_functions.has(frame->function_term)) return {};
  auto claim = claim_of_token(spot.text(), spot.back(1));
  // It sets a value for use; the others may as well describe one.
  const bool sets = frame->function_term == "set_config";
  if (claim == Claim::named && sets) claim = Claim::certain;
  return claim ? Position{&sql_rule::setting_pair, *claim} : Position{};
}

Position beside_name_position(const Spot& spot, const NestingFrame& frame) noexcept {
  static constexpr TermSet functions{"coalesce", "nvl", "ifnull", "isnull", "nullif", "strcmp"};
  static constexpr TermSet searches{"regexp_like", "instr",      "strpos",   "starts_with",
                                    "startswith",  "endswith",   "contains", "similarity",
                                    "levenshtein", "find_in_set"};
  const bool searched = searches.has(frame.function_term);
  if (!spot.is(0, ",") || (!searched && !functions.has(frame.function_term))) return {};
  const auto name = name_of_operand(spot.before(1));
  const auto claim = name ? claim_at(*name) : std::nullopt;
  if (!claim) return {};
  if (searched) return position_of(Link::match, *claim, Verb::manipulate);
  // Often a word that says that there is none.
  return {.rule = &sql_rule::named_value, .claim = *claim, .stands_out = true};
}

Position bare_setting_position(const Spot& spot) noexcept {
  static constexpr TermSet block_words{"begin", "then", "else", "do"};
  if (!spot.is(0, "=")) return {};
  const std::size_t name = operand_tokens(spot, 1);
  constexpr std::size_t dotted_tokens = 3;
  if (name < dotted_tokens || !spot.is(1 + name, "set")) return {};
  const bool begins = spot.is_kind(2 + name, SqlTokenKind::end) || spot.is(2 + name, ";") ||
                      block_words.has(spot.term(2 + name));
  if (!begins) return {};
  const std::string_view setting = dotted_name(spot.before(1));
  const auto claim = is_azure_key(setting) ? Claim::named : claim_of_name(setting);
  if (!claim) return {};
  // SET NEW.password = v_password assigns a variable.
  const bool column = name == dotted_tokens;
  return {.rule = &sql_rule::option, .claim = column ? Claim::hinted : *claim, .doubtful = true};
}

Position row_position(const Spot& outside, std::size_t argument) noexcept {
  const bool compares = outside.is(0, "in") || is_comparison(outside.term(0));
  if (!compares || !outside.is(1, ")")) return {};
  std::size_t open = 2;
  while (outside.is_operand(open) || outside.is(open, ",") || outside.is(open, ".")) ++open;
  if (!outside.is(open, "(")) return {};
  std::size_t column = 0;
  for (std::size_t i = open - 1; i >= 1; --i) {
    const bool ends_column = outside.is(i, ",") || outside.is(i, ")");
    if (!ends_column) continue;
    if (column++ != argument) continue;
    const auto claim = claim_of_token(outside.text(), outside.back(i + 1));
    return claim ? Position{&sql_rule::named_value, *claim} : Position{};
  }
  return {};
}

}  // namespace studiosync
