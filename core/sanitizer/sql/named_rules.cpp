#include "core/sanitizer/sql/named_rules.hpp"

#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/word_set.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr WordSet comparisons{"="sv, "=="sv, "<>"sv, "!="sv, "<=>"sv, "^="sv, "+="sv, "||="sv};
constexpr WordSet pattern_signs{"~"sv, "~*"sv, "!~"sv, "!~*"sv, "~~"sv, "~~*"sv, "!~~"sv};
constexpr WordSet assignments{":="sv, "=>"sv, ":"sv};
constexpr WordSet matchers{"like"sv, "ilike"sv, "rlike"sv, "regexp"sv, "glob"sv, "match"sv};

// How the literal hangs on the name.
enum class Link : std::uint8_t { none, compare, assign, match, adjacent, fallback };

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

Linked linked_by_sign(const Spot& spot) noexcept {
  const std::string_view sign = spot.spelling(0);
  if (contains_folded(assignments, sign)) return {Link::assign, 1};
  if (contains_folded(comparisons, sign)) return {Link::compare, 1};
  if (contains_folded(pattern_signs, sign)) return {Link::match, 1};
  return {};
}

Linked linked_by_word(const Spot& spot, Verb verb) noexcept {
  const std::string_view word = spot.spelling(0);
  const std::size_t negated = spot.is(1, "not") ? 2 : 1;
  if (contains_folded(matchers, word)) return {Link::match, negated};
  if (equals_folded(word, "in")) return {Link::compare, negated};
  if (is_distinct_from(spot)) return {Link::compare, spot.is(2, "not") ? 4U : 3U};
  if (equals_folded(word, "default")) return {Link::fallback, spot.is(1, "set") ? 2U : 1U};
  if (is_set_to(spot)) return {Link::assign, 1};
  return verb == Verb::define ? Linked{Link::adjacent, 0} : Linked{};
}

Linked linked(const Spot& spot, Verb verb) noexcept {
  switch (spot.back(0).kind) {
    case SqlTokenKind::punctuation:
      return linked_by_sign(spot);
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
    } else if (spot.is_kind(0, SqlTokenKind::word) && is_type_word(spot.spelling(0)) &&
               (spot.is_operand(1) || spot.is(1, ")"))) {
      spot = spot.before(1);
    } else {
      return spot;
    }
  }
  return spot;
}

// lower(password), trim(password): the name inside of a call that keeps the value.
std::optional<Claim> claim_of_call(const Spot& spot) noexcept {
  static constexpr WordSet keepers{"lower"sv, "upper"sv, "trim"sv,
                                   "ltrim"sv, "rtrim"sv, "binary"sv};
  if (!spot.is(0, ")")) return {};
  // json_extract(doc, '$.password')
  const bool path = spot.is_kind(1, SqlTokenKind::text) && spot.is(2, ",");
  if (path && spot.name(1).starts_with("$.")) return claim_of_token(spot.text(), spot.back(1));
  const std::size_t name = operand_tokens(spot, 1);
  if (name == 0 || !spot.is(1 + name, "(")) return {};
  if (!contains_folded(keepers, spot.name(2 + name))) return {};
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
  if (!spot.is_operand(0) || spot.is_kind(0, SqlTokenKind::number)) return claim_of_call(spot);
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
      return {.rule = &sql_rule::named_value, .claim = Claim::hinted, .pattern = true};
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
constexpr WordSet pair_functions{
    "json_object"sv,  "json_build_object"sv, "jsonb_build_object"sv, "object_construct"sv,
    "json_set"sv,     "json_insert"sv,       "json_replace"sv,       "json_modify"sv,
    "jsonb_set"sv,    "json_array_append"sv, "set_config"sv,         "map"sv,
    "named_struct"sv, "object_insert"sv,     "http_header"sv,        "set_header"sv,
    "hstore"sv,       "json_merge"sv,        "set_context"sv,        "sp_set_session_context"sv,
    "setsetting"sv,   "create_map"sv,        "update_credential"sv,  "header"sv,
    "setting"sv};

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

bool is_comparison(std::string_view operation) noexcept {
  return contains_folded(comparisons, operation);
}

Position named_position(const Spot& spot, Verb verb) noexcept {
  const Linked found = linked(spot, verb);
  if (found.link == Link::none) return {};
  Spot name = spot.before(found.tokens);
  if (found.link == Link::compare && compares_literals(name, verb)) return {};
  if (const auto claim = claim_at(name)) {
    Position position = position_of(found.link, *claim, verb);
    position.doubtful = verb != Verb::define && is_doubtful_name(name.name(0));
    return position;
  }
  const bool declares = found.link != Link::adjacent && found.link != Link::match;
  if (!declares) return {};
  name = before_type(name);
  const auto claim = claim_at(name);
  return claim ? Position{&sql_rule::default_value, *claim} : Position{};
}

Position pair_position(const Spot& spot, const NestingFrame* frame) noexcept {
  if (spot.is(0, "value") && spot.is_kind(1, SqlTokenKind::text) && spot.is(2, "name")) {
    const auto claim = claim_of_token(spot.text(), spot.back(1));
    return claim ? Position{&sql_rule::setting_pair, *claim} : Position{};
  }
  if (frame == nullptr || !spot.is(0, ",") || !spot.is_kind(1, SqlTokenKind::text)) return {};
  if (!contains_folded(pair_functions, function_of(spot.text(), *frame))) return {};
  auto claim = claim_of_token(spot.text(), spot.back(1));
  // It sets a value for use; the others may as well describe one.
  const bool sets = equals_folded(function_of(spot.text(), *frame), "set_config");
  if (claim == Claim::named && sets) claim = Claim::certain;
  return claim ? Position{&sql_rule::setting_pair, *claim} : Position{};
}

Position bare_setting_position(const Spot& spot) noexcept {
  static constexpr WordSet block_words{"begin"sv, "then"sv, "else"sv, "do"sv};
  if (!spot.is(0, "=")) return {};
  const std::size_t name = operand_tokens(spot, 1);
  constexpr std::size_t dotted_tokens = 3;
  if (name < dotted_tokens || !spot.is(1 + name, "set")) return {};
  const bool begins = spot.is_kind(2 + name, SqlTokenKind::end) || spot.is(2 + name, ";") ||
                      contains_folded(block_words, spot.spelling(2 + name));
  if (!begins) return {};
  const std::string_view setting = dotted_name(spot.before(1));
  const auto claim = is_azure_key(setting) ? Claim::named : claim_of_name(setting);
  if (!claim) return {};
  // SET NEW.password = v_password assigns a variable.
  const bool column = name == dotted_tokens;
  return {.rule = &sql_rule::option, .claim = column ? Claim::hinted : *claim, .doubtful = true};
}

Position row_position(const Spot& outside, std::size_t argument) noexcept {
  const bool compares = outside.is(0, "in") || is_comparison(outside.spelling(0));
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
