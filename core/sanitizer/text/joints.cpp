#include "core/sanitizer/text/joints.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/call_joints.hpp"
#include "core/sanitizer/text/joint_space.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/references.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using joint_space::skip_blanks;
using joint_space::skip_decoration;
using joint_space::skip_spaces;
using std::string_view_literals::operator""sv;

struct Sign {
  std::string_view text;
  Joint joint;
};

// Longer ones first.
constexpr std::array signs{
    Sign{"===", Joint::call}, Sign{"==", Joint::call}, Sign{"=>", Joint::equals},
    Sign{":=", Joint::equals}, Sign{"||=", Joint::equals}, Sign{"?=", Joint::equals},
    Sign{"+=", Joint::equals}, Sign{"=", Joint::equals}, Sign{"：", Joint::colon},
    Sign{"＝", Joint::equals}, Sign{":", Joint::colon}, Sign{"%3D", Joint::equals},
    Sign{"%3d", Joint::equals}, Sign{"%3A", Joint::colon}, Sign{"%3a", Joint::colon},
    Sign{"&#61;", Joint::equals},
    // as JSON may write them
    Sign{"\\u003d", Joint::equals}, Sign{"\\u003D", Joint::equals}, Sign{"\\u003a", Joint::colon},
    Sign{"\\u003A", Joint::colon}};

constexpr WordTable copulas{"is"sv, "was"sv, "ist"sv,  "war"sv, "lautet"sv, "es"sv, "est"sv,
                            "é"sv,  "è"sv,   "jest"sv, "は"sv,  "是"sv,     "为"sv, "為"sv};
constexpr std::array copulas_without_blank{"は"sv, "是"sv, "为"sv, "為"sv, "는"sv, "은"sv};

// `the password for the staging shop is "…"`
constexpr WordTable prepositions{"for"sv, "of"sv, "to"sv, "on"sv, "at"sv, "in"sv, "für"sv, "de"sv};

const Sign* sign_at(std::string_view text, std::size_t at) {
  // What the signs begin with.
  if (at >= text.size() || !"=:|?+%&\\\xef"_bytes.has(text[at])) return nullptr;
  const std::string_view rest = text.substr(at);
  const auto found = std::find_if(signs.begin(), signs.end(),
                                  [&](const Sign& sign) { return begins_with(rest, sign.text); });
  return found == signs.end() ? nullptr : &*found;
}

// A name is closed by its quote, by the bracket of config["password"], or by Markdown's stars.
std::size_t skip_name_closers(std::string_view text, std::size_t at) {
  at += quote_bytes(text, at);
  while (at < text.size() && "]*"_bytes.has(text[at])) ++at;
  return at;
}

// process.env.DB_PASSWORD || '…', ENV["DB_PASSWORD"] ?? "…": the default of a variable.
std::optional<Joined> joined_as_default(std::string_view text, const CredentialName& name,
                                        std::size_t at) {
  const std::string_view before = text.substr(0, name.begin);
  const bool variable = name.in(text).find("env.") != std::string_view::npos ||
                        ends_folded(before, "env[\"") || ends_folded(before, "env['") ||
                        ends_folded(before, "environ[\"") || ends_folded(before, "environ['");
  if (!variable) return {};
  const std::size_t sign = skip_blanks(text, at);
  const std::string_view rest = text.substr(std::min(sign, text.size()));
  if (!rest.starts_with("||") && !rest.starts_with("??") && !rest.starts_with("or")) return {};
  return Joined{.joint = Joint::call, .quoted_name = true, .value = skip_blanks(text, sign + 2)};
}

// `{ user: 'app', password:⏎ '…' }`: a member of an object, not a line of YAML.
bool is_member(std::string_view text, const CredentialName& name) {
  std::size_t at = name.begin;
  while (at > 0 && name.begin - at < name_bytes_max && is_space(text[at - 1])) --at;
  return at > 0 && "{,("_bytes.has(text[at - 1]);
}

std::optional<Joined> joined_by_sign(std::string_view text, const CredentialName& name,
                                     std::size_t at) {
  std::size_t sign_begin = skip_blanks(text, at);
  const Sign* sign = sign_at(text, sign_begin);
  // SQL goes on with the sign on the next line: p_password⏎ => '…'.
  const bool broken_line =
      sign == nullptr && sign_begin < text.size() && is_space(text[sign_begin]);
  if (broken_line) {
    sign_begin = skip_spaces(text, sign_begin);
    sign = sign_at(text, sign_begin);
  }
  if (sign == nullptr) return {};
  const std::size_t sign_end = sign_begin + sign->text.size();
  if (broken_line &&
      (sign->joint != Joint::equals || quote_bytes(text, skip_spaces(text, sign_end)) == 0))
    return {};
  // PostgreSQL's password::text is a cast, and C++ has scopes.
  if (sign->text == ":" && text.substr(sign_end).starts_with(":")) return {};
  // psql's PASSWORD :'variable'
  const bool variable = sign->text == ":" && sign_begin > at && quote_bytes(text, name.end) == 0 &&
                        quote_bytes(text, sign_end) == 1;
  if (variable) return {};
  // arn:aws:secretsmanager:…:secret:db
  if (sign->text == ":" && name.begin > 0 && text[name.begin - 1] == ':') return {};
  Joined joined{.joint = sign->joint, .quoted_name = quote_bytes(text, name.end) > 0};
  const std::size_t blanks_end = skip_blanks(text, sign_end);
  joined.tight = sign_begin == at && blanks_end == sign_end;
  joined.value = blanks_end;
  if (joined.quoted_name || sign->joint == Joint::equals || is_member(text, name)) {
    const std::size_t next = skip_spaces(text, sign_end);
    if (quote_bytes(text, next) > 0) joined.value = next;
  }
  joined.value = skip_decoration(text, joined.value);
  return joined;
}

// password: str = "…", DECLARE @password nvarchar(50) = '…', var password string = "…"
std::optional<Joined> joined_by_typed_sign(std::string_view text, const CredentialName& name) {
  constexpr std::size_t type_bytes_max = 40;
  std::size_t begin = skip_blanks(text, name.end);
  if (begin < text.size() && text[begin] == ':') begin = skip_blanks(text, begin + 1);
  const std::string_view window = text.substr(begin, type_bytes_max);
  const std::size_t sign = find_first_of(window, "=:\r\n;\"'"_bytes);
  if (sign == std::string_view::npos || sign == 0 || sign_at(text, begin + sign) == nullptr)
    return {};
  std::string_view type = window.substr(0, sign);
  type = type.substr(0, type.find_last_not_of(' ') + 1);
  const std::size_t blank = type.find(' ');
  if (blank != std::string_view::npos && type[blank + 1] != '|') return {};
  if (!is_keyword(type.substr(0, find_first_of(type, "(?|[! "_bytes)))) return {};
  std::optional<Joined> joined = joined_by_sign(text, name, begin + sign);
  if (!joined || quote_bytes(text, joined->value) == 0) return {};
  return joined;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < name_bytes_max &&
         (is_letter(text[end]) || is_beyond_ascii(text[end]))) {
    ++end;
  }
  return text.substr(at, end - at);
}

std::optional<Joined> joined_by_copula(std::string_view text, const CredentialName& name,
                                       std::size_t at) {
  const std::size_t begin = skip_blanks(text, at);
  for (const std::string_view copula : copulas_without_blank) {
    if (!begins_with(text.substr(begin), copula)) continue;
    return Joined{.joint = Joint::copula, .value = skip_blanks(text, begin + copula.size())};
  }
  const std::string_view word = word_at(text, begin);
  const bool known = copulas.has_folded(word);
  if (!known || begin == name.end) return {};
  std::size_t value = skip_blanks(text, begin + word.size());
  if (value == begin + word.size() && quote_bytes(text, value) == 0 && text.substr(value, 1) != ":")
    return {};
  if (text.substr(value, 1) == ":") value = skip_blanks(text, value + 1);
  return Joined{.joint = Joint::copula, .value = skip_decoration(text, value)};
}

// Skips ` for the shop` or ` (staging)`; 0 when no such words follow.
std::size_t behind_addition(std::string_view text, std::size_t at) {
  constexpr std::size_t addition_bytes_max = 60;
  const std::size_t begin = skip_blanks(text, at);
  const std::string_view window = text.substr(begin, addition_bytes_max);
  if (window.starts_with('(')) {
    const std::size_t close = find_first_of(window, ")\r\n"_bytes);
    return close == std::string_view::npos || window[close] != ')' ? 0 : begin + close + 1;
  }
  if (begin == at || !prepositions.has(word_at(text, begin))) return 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    if ("\r\n.,;=!?\"'<"_bytes.has(window[i])) {
      return window[i] == '=' ? begin + i : 0;
    }
    if (window[i] == ':' && window.substr(i + 1, 1) != ":" && window.substr(i + 1, 1) != "/")
      return begin + i;
    if (window[i] == ' ' &&
        (window.substr(i).starts_with(" is ") || window.substr(i).starts_with(" was "))) {
      return begin + i;
    }
  }
  return 0;
}

std::optional<Joined> joined_apart(std::string_view text, const CredentialName& name) {
  // `we pass to the function` is no password.
  if (equals_folded(name.in(text), "pass")) return {};
  const std::size_t at = behind_addition(text, name.end);
  if (at == 0) return {};
  std::optional<Joined> joined = joined_by_sign(text, name, at);
  if (!joined) joined = joined_by_copula(text, name, at);
  if (joined) joined->apart = true;
  return joined;
}

// ["--password", "value"]
std::optional<Joined> joined_as_element(std::string_view text, const CredentialName& name) {
  const std::size_t closer = quote_bytes(text, name.end);
  const std::size_t comma = skip_blanks(text, name.end + closer);
  if (closer == 0 || text.substr(std::min(comma, text.size()), 1) != ",") return {};
  const std::size_t value = skip_spaces(text, comma + 1);
  const std::size_t opener = quote_bytes(text, value);
  if (opener == 0 || text.substr(value + opener).starts_with("-")) return {};
  return Joined{.joint = Joint::option, .quoted_name = true, .value = value};
}

// --password value, -Password "value": an option of a command, not a comment of SQL.
std::optional<Joined> joined_as_option(std::string_view text, const CredentialName& name) {
  if (name.begin == 0 || text[name.begin - 1] != '-') return {};
  std::size_t dash = name.begin - 1;
  if (dash > 0 && text[dash - 1] == '-') --dash;
  if (dash > 0 && quote_bytes(text, dash - 1) > 0) return joined_as_element(text, name);
  const std::size_t value = skip_blanks(text, name.end);
  if (value == name.end) return {};
  if (dash == 0 || !is_space(text[dash - 1]) || text.substr(value, 1) == "-") return {};
  return Joined{.joint = Joint::option, .value = value};
}

// ENV DB_PASSWORD value, setx PGPASSWORD value
bool is_declared(std::string_view text, const CredentialName& name) {
  constexpr std::size_t keyword_bytes = 8;
  const std::size_t bytes = std::min(name.begin, keyword_bytes);
  const std::string_view before = text.substr(name.begin - bytes, bytes);
  return before.ends_with("ENV ") || ends_folded(before, "setx ") ||
         ends_folded(before, ":setvar ");
}

std::optional<Joined> joined_by_blank(std::string_view text, const CredentialName& name) {
  const std::size_t value = skip_blanks(text, name.end);
  if (value == name.end || value >= text.size()) return {};
  if (is_declared(text, name)) return Joined{.joint = Joint::equals, .tight = true, .value = value};
  if (value != name.end + 1 || text[name.begin > 0 ? name.begin - 1 : 0] == '/') return {};
  return Joined{.joint = Joint::beside, .value = value};
}

}  // namespace

std::optional<Joined> read_joint(std::string_view text, const CredentialName& name) noexcept {
  std::optional<Joined> joined = joined_by_typed_sign(text, name);
  if (!joined) joined = joined_by_sign(text, name, skip_name_closers(text, name.end));
  if (!joined) joined = joined_as_default(text, name, skip_name_closers(text, name.end));
  if (!joined) joined = joined_by_call(text, name);
  if (!joined) joined = joined_as_option(text, name);
  if (!joined) joined = joined_by_copula(text, name, name.end);
  if (!joined) joined = joined_apart(text, name);
  if (!joined) joined = joined_by_blank(text, name);
  return joined;
}

}  // namespace studiosync
