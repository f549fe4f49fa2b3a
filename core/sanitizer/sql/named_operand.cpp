#include "core/sanitizer/sql/named_operand.hpp"

#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

// Deeper ones are nobody's.
constexpr int layers_max = 6;

constexpr TermSet keepers{
    // as it is, or nearly
    "lower", "upper", "trim", "ltrim", "rtrim", "btrim", "binary", "reverse", "replace", "coalesce",
    "nvl", "ifnull", "isnull", "nullif",
    // in other letters
    "hex", "to_hex", "rawtohex", "unhex", "encode", "to_base64", "base64_encode", "convert_from",
    "convert_to", "to_char",
    // hashed, which many servers take in place of the password, or in the clear again
    "md5", "sha", "sha1", "sha2", "sha224", "sha256", "sha384", "sha512", "digest", "standard_hash",
    "crypt", "password", "old_password", "encrypt", "decrypt", "aes_encrypt", "aes_decrypt",
    "des_encrypt", "des_decrypt", "pgp_sym_encrypt", "pgp_sym_decrypt"};
constexpr TermSet casts{"cast", "try_cast"};
// What may stand in front of a parenthesis that is no call's.
constexpr TermSet block_words{"where",  "and",    "or", "not",  "on",   "having", "when",
                              "select", "binary", "by", "then", "else", "if"};

// An operand, and how many tokens it has.
struct Operand {
  Spot name;
  std::size_t tokens = 0;
};

using Found = std::optional<Operand>;

Found operand_at(const Spot& spot, int layers) noexcept;

Found longer(const Found& inner, std::size_t tokens) noexcept {
  if (!inner) return {};
  return Operand{inner->name, inner->tokens + tokens};
}

// The distance of the parenthesis that the one at 0 closes; 0 when it is forgotten.
std::size_t opening(const Spot& spot) noexcept {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < TokenTrail::capacity; ++i) {
    if (spot.is(i, ")")) ++depth;
    if (spot.is(i, "(") && --depth == 0) return i;
  }
  return 0;
}

// Tokens of the type that ends at the spot: varchar(40), character varying, pg_catalog."char".
std::size_t type_tokens(const Spot& spot) noexcept {
  constexpr std::size_t words_max = 3;
  std::size_t tokens = spot.is(0, ")") ? opening(spot) + 1 : 0;
  const std::size_t size = tokens;
  for (std::size_t words = 0; words < words_max && !spot.is(tokens, "as"); ++words) {
    const std::size_t word = operand_tokens(spot, tokens);
    if (word == 0 || spot.is_kind(tokens, SqlTokenKind::number)) break;
    tokens += word;
    if (spot.is(tokens, "::") || spot.is(tokens, "as") || spot.is(tokens, ",")) break;
  }
  return tokens == size ? 0 : tokens;
}

// data->>'password'
Found plain_operand(const Spot& spot) noexcept {
  std::size_t tokens = operand_tokens(spot, 0);
  if (tokens == 0 || spot.is_kind(0, SqlTokenKind::number)) return {};
  const bool path = spot.is(tokens, "->>") || spot.is(tokens, "->");
  if (path) tokens += 1 + operand_tokens(spot, tokens + 1);
  if (!path && spot.is_kind(0, SqlTokenKind::text)) return {};
  return Operand{spot, tokens};
}

// CAST(password AS text): `inner` is the place in front of the closing parenthesis.
Found cast_operand(const Spot& inner, int layers) noexcept {
  const std::size_t type = type_tokens(inner);
  if (type == 0 || !inner.is(type, "as")) return {};
  return longer(operand_at(inner.before(type + 1), layers), type + 1);
}

// CONVERT(varbinary(64), password, 1), CONVERT(password USING utf8mb4), CONVERT(password, char)
Found convert_operand(const Spot& inner, int layers) noexcept {
  if (inner.is(1, "using")) return longer(operand_at(inner.before(2), layers), 2);
  const bool style = inner.is_kind(0, SqlTokenKind::number) && inner.is(1, ",");
  const std::size_t behind = style ? 2 : 0;
  const Spot last = inner.before(behind);
  const std::size_t type = type_tokens(last);
  const bool type_last =
      type != 0 && last.is(type, ",") && (last.is(0, ")") || is_type_word(last.term(0)));
  if (type_last) {
    return longer(operand_at(last.before(type + 1), layers), behind + type + 1);
  }
  const Found value = operand_at(last, layers);
  if (!value || !last.is(value->tokens, ",")) return {};
  const std::size_t before = type_tokens(last.before(value->tokens + 1));
  return before == 0 ? Found{} : longer(value, behind + before + 1);
}

// The distance of the comma behind the first argument of the call that ends at the spot and was
// opened at `open`; 0, where the call ends, when there is only one.
std::size_t first_argument_end(const Spot& spot, std::size_t open) noexcept {
  std::size_t depth = 0;
  for (std::size_t i = open - 1; i > 0; --i) {
    if (spot.is(i, "(")) ++depth;
    if (spot.is(i, ")")) --depth;
    if (depth == 0 && spot.is(i, ",")) return i;
  }
  return 0;
}

// COALESCE(password, ''), SHA2(password, 256)
Found first_operand(const Spot& spot, std::size_t open, int layers) noexcept {
  const std::size_t end = first_argument_end(spot, open);
  return longer(operand_at(spot.before(end + 1), layers), end);
}

// TRIM(BOTH ' ' FROM password): all in front of FROM says what is taken away.
Found trimmed_operand(const Spot& spot, std::size_t open, int layers) noexcept {
  const Found last = operand_at(spot.before(1), layers);
  if (!last || !spot.is(last->tokens + 1, "from")) return first_operand(spot, open, layers);
  return Operand{last->name, open - 1};
}

// HASHBYTES('SHA2_256', password)
Found second_operand(const Spot& inner, int layers) noexcept {
  const Found last = operand_at(inner, layers);
  if (!last || !inner.is(last->tokens, ",")) return {};
  return longer(last, 1 + operand_tokens(inner, last->tokens + 1));
}

Found operand_in_parentheses(const Spot& spot, int layers) noexcept {
  const std::size_t open = opening(spot);
  if (open == 0) return {};
  const Spot inner = spot.before(1);
  const Term function = spot.term(open + 1);
  const bool called = spot.is_operand(open + 1) && !block_words.has(function);
  Found found;
  if (!called) {
    found = operand_at(inner, layers);
  } else if (function == "trim") {
    found = trimmed_operand(spot, open, layers);
  } else if (keepers.has(function)) {
    found = first_operand(spot, open, layers);
  } else if (function == "hashbytes") {
    found = second_operand(inner, layers);
  } else if (casts.has(function)) {
    found = cast_operand(inner, layers);
  } else if (function == "convert") {
    found = convert_operand(inner, layers);
  }
  // All of what stands inside, not the last of several.
  if (!found || found->tokens + 1 != open) return {};
  return longer(found, called ? 3 : 2);
}

Found operand_at(const Spot& spot, int layers) noexcept {
  if (layers == layers_max) return {};
  if (const std::size_t type = type_tokens(spot); type != 0 && spot.is(type, "::")) {
    return longer(operand_at(spot.before(type + 1), layers + 1), type + 1);
  }
  const std::size_t name = operand_tokens(spot, 0);
  if (name != 0 && spot.is(name, "collate")) {
    return longer(operand_at(spot.before(name + 1), layers + 1), name + 1);
  }
  return spot.is(0, ")") ? operand_in_parentheses(spot, layers + 1) : plain_operand(spot);
}

}  // namespace

bool keeps_first_argument(Term function) noexcept {
  return keepers.has(function);
}

std::optional<Spot> name_of_operand(const Spot& spot) noexcept {
  const Found found = operand_at(spot, 0);
  return found ? std::optional(found->name) : std::nullopt;
}

}  // namespace studiosync
