#include "core/sanitizer/text/bare_value.hpp"

#include <algorithm>

#include "core/sanitizer/text/bare_judge.hpp"
#include "core/sanitizer/text/line.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

// What may stand between the begin of a line and a setting.
constexpr WordTable line_starts{
    ""sv,           "-"sv,     "export"sv, "set"sv, "env"sv, "arg"sv,         "#"sv, "//"sv,
    "setx"sv,       "local"sv, "$env:"sv,  "$"sv,   "--"sv,  "*"sv,           ";"sv, "set \""sv,
    "declare -x"sv, "- \""sv,  ">"sv,      "+"sv,   "@"sv,   "environment="sv};
// In front of a command line among the lines of a SQL client.
constexpr WordTable shell_escapes{".shell"sv, ".system"sv, "\\!"sv, "!!"sv, "!"sv};

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// The last byte in front of the name that is no blank; '\n' at the line's begin.
char last_before(std::string_view text, std::size_t at) {
  const std::size_t limit = at > name_bytes_max ? at - name_bytes_max : 0;
  while (at > limit && is_blank(text[at - 1])) --at;
  return at > 0 ? text[at - 1] : '\n';
}

// A line that is longer begins with something else.
std::string_view begin_of_line(std::string_view text, std::size_t at) {
  const std::string_view line = line_before(text, at, name_bytes_max);
  return line.size() < name_bytes_max || line.size() == at ? trim(line) : std::string_view("…");
}

// Whether what stands on the line in front of the name is longer than anything in the lists above.
bool stands_far_behind(std::string_view text, std::size_t at) {
  constexpr std::size_t starts_bytes_max = 12;
  while (at > 0 && " \t\f\v"_bytes.has(text[at - 1])) --at;
  if (at <= starts_bytes_max) return false;
  const std::string_view before = text.substr(at - starts_bytes_max - 1, starts_bytes_max + 1);
  return !is_space(before.front()) && find_first_of(before, "\r\n"_bytes) == npos;
}

bool stands_first(std::string_view text, TextKind kind, const CredentialName& name) {
  // What the words of both lists end with.
  if (!"\r\n \t\f\v-+tvgxlTVGXL#/:$*;\">@=mM!"_bytes.has(last_before(text, name.begin)))
    return false;
  if (stands_far_behind(text, name.begin)) return false;
  const std::string_view before = begin_of_line(text, name.begin);
  const bool escape = kind == TextKind::code && shell_escapes.has_folded(before);
  return escape || line_starts.has_folded(before);
}

// Key=value;Key=value: values may have blanks and reach to the semicolon.
bool stands_among_settings(std::string_view text, const CredentialName& name) {
  if (!"; \t\r\n\f\v"_bytes.has(last_before(text, name.begin))) return false;
  const std::string_view before = begin_of_line(text, name.begin);
  return before.ends_with(';') && before.find('=') != npos;
}

// `;Encrypt=`, `&ssl=`, ` dbname=`: what only the next setting can be.
bool next_setting_at(std::string_view rest) {
  if (!" ,;&"_bytes.has(rest.front())) return false;
  rest.remove_prefix(1);
  std::size_t i = 0;
  while (i < rest.size() && i < name_bytes_max &&
         (is_word_char(rest[i]) || " .-"_bytes.has(rest[i])))
    ++i;
  return i > 0 && i < rest.size() && rest[i] == '=' && is_word_char(rest[i - 1]);
}

// ` # …`, ` // …`: a comment behind the value.
bool comment_at(std::string_view rest) {
  return is_blank(rest.front()) &&
         (rest.substr(1).starts_with("#") || rest.substr(1).starts_with("//"));
}

// `a&b` may be a password; `a&ssl=true`, `a && b` and `a &` are over.
bool ends_at_ampersand(std::string_view rest) {
  return rest.size() < 2 || is_space(rest[1]) || rest[1] == '&' || next_setting_at(rest);
}

// &quot; &rdquo; &lt;
bool is_entity(std::string_view rest) {
  constexpr std::size_t entity_bytes_max = 8;
  const std::size_t end = rest.substr(0, entity_bytes_max).find(';');
  return end != npos && end > 2 &&
         std::all_of(rest.begin() + 1, rest.begin() + static_cast<std::ptrdiff_t>(end), is_letter);
}

// \u0026 and its like: the signs that end a word, as JSON may write them.
bool is_escaped_end(std::string_view rest) {
  constexpr WordTable ends{"0009"sv, "000a"sv, "000d"sv, "0020"sv, "0022"sv, "0026"sv,
                           "0027"sv, "0029"sv, "002c"sv, "003b"sv, "003c"sv, "003e"sv,
                           "005d"sv, "0060"sv, "007c"sv, "007d"sv};
  return rest.substr(1).starts_with("u") && ends.has_folded(rest.substr(2, 4));
}

bool ends_word(std::string_view rest) {
  if (!" \t\r\n\f\v,;)]}\"'`<>|&\\%"_bytes.has(rest.front())) return false;
  if (is_space(rest.front()) || ",;)]}\"'`<>|"_bytes.has(rest.front())) return true;
  if (rest.front() == '&') return ends_at_ampersand(rest) || is_entity(rest);
  if (rest.front() == '\\') {
    return rest.size() > 1 && ("nrt\"'\\"_bytes.has(rest[1]) || is_escaped_end(rest));
  }
  return starts_folded(rest, "%26") || starts_folded(rest, "%3b") || starts_folded(rest, "%22") ||
         starts_folded(rest, "&quot;");
}

bool ends_setting(std::string_view rest) {
  return ";\"'`\r\n"_bytes.has(rest.front());
}

// ${NAME:-default} is one word, whatever stands inside.
std::size_t skip_expansion(std::string_view rest) {
  if (!rest.starts_with("${")) return 0;
  const std::size_t close = find_first_of(rest, "}\r\n"_bytes);
  return close == npos || rest[close] != '}' ? 0 : close + 1;
}

template <class Ends>
std::string_view read_until(std::string_view rest, Ends ends) {
  std::size_t i = skip_expansion(rest);
  while (i < rest.size() && !ends(rest.substr(i))) ++i;
  return rest.substr(0, i);
}

// A full stop or colon at the end belongs to the sentence, and so do the letters of Chinese,
// Japanese and Korean, which follow without a blank.
std::string_view without_sentence(std::string_view word) {
  const auto is_ideograph = [](char c) {
    return static_cast<unsigned char>(c) >= 0xe3 && static_cast<unsigned char>(c) <= 0xed;
  };
  std::size_t ascii = 0;
  while (ascii < word.size() && !is_beyond_ascii(word[ascii])) ++ascii;
  if (ascii > 0 && ascii < word.size() && is_ideograph(word[ascii])) word = word.substr(0, ascii);
  while (word.size() > 1 && ".:"_bytes.has(word.back())) word.remove_suffix(1);
  return word;
}

// Whether the line goes on as prose behind the value.
bool goes_on(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && is_blank(rest[i])) ++i;
  if (i == 0 || i >= rest.size() || is_space(rest[i])) return false;
  return !next_setting_at(rest.substr(i - 1)) && !comment_at(rest.substr(i - 1)) &&
         !")]}\"'`|&\\-<"_bytes.has(rest[i]);
}

// The judge of what may belong to the name.
BareJudge judge_of(std::string_view text, TextKind kind, const CredentialName& name,
                   const Joined& joined) {
  const bool begins_line = stands_first(text, kind, name) && !joined.apart && !joined.quoted_name &&
                           !is_letter(text[joined.value - 1]) && joined.joint != Joint::option;
  return {name.in(text), name.claim, kind, joined, begins_line};
}

// Perl and PHP: $ok, $request->input(…), $_POST[…]
bool reads_variable(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && is_word_char(rest[i])) ++i;
  const std::string_view behind = rest.substr(i);
  if (i == 0) return false;
  if (behind.starts_with("->") || behind.starts_with("[")) return true;
  const bool ends = behind.empty() || is_space(behind.front()) || ",;)"_bytes.has(behind.front());
  return ends &&
         std::none_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(i), is_digit);
}

// \S+ and .*? of a pattern that looks for values. In a text of SQL the backslash may be an escape,
// and w{8,} is left.
bool opens_pattern(std::string_view rest) {
  const std::size_t escape = std::min(rest.find_first_not_of('\\'), rest.size());
  const std::string_view pattern = rest.substr(escape);
  if (pattern.size() < 2 || !"sSwWdD."_bytes.has(pattern[0]) || !"+*{?"_bytes.has(pattern[1]))
    return false;
  if (escape > 0 || pattern.size() == 2) return true;
  const char next = pattern[2];
  return pattern[1] == '{' ? is_digit(next) : !is_letter(next) && !is_digit(next);
}

bool opens_something_else(std::string_view rest, bool tight) {
  for (const std::string_view opener : {"$("sv, "{{"sv, "<%"sv, "#{"sv, "@{"sv, "&{"sv}) {
    if (begins_with(rest, opener)) return true;
  }
  if (rest.starts_with("$") && reads_variable(rest.substr(1))) return true;
  if (opens_pattern(rest)) return true;
  const std::string_view openers = tight ? "{[(<|>"sv : "{[(<|>*&!,;):"sv;
  return openers.find(rest.front()) != npos;
}

// Key=value;Pwd=a b c;Key=value
std::string_view setting_secret(std::string_view rest, const BareJudge& judge) {
  const std::string_view value = trim(read_until(rest, ends_setting));
  const bool code = find_first_of(value, "()[]{}"_bytes) != npos;
  return !code && judge.is_claimed(value) ? value : std::string_view{};
}

// `Uid=app`: a name, the sign, a value; a comma at its end makes it a list of SQL.
bool is_pair(std::string_view token) {
  const std::size_t sign = token.find('=');
  return sign != npos && sign > 0 && sign + 1 < token.size() && is_word_char(token[sign - 1]) &&
         token.back() != ',' && token.find('(') == npos;
}

// Whether `name=value` without blanks stands in front of the name, behind a blank or a semicolon;
// or the name is a parameter of a URL.
bool follows_pair(std::string_view text, const CredentialName& name) {
  std::size_t end = name.begin;
  const char before = end > 0 ? text[end - 1] : '\0';
  if (before == '&' || before == '?') return true;
  if (before != ';' && !is_space(before)) return false;
  const std::size_t limit = end > name_bytes_max ? end - name_bytes_max : 0;
  while (end > limit && (is_space(text[end - 1]) || text[end - 1] == ';')) --end;
  std::size_t begin = end;
  while (begin > limit && !is_space(text[begin - 1]) && !"\"'`"_bytes.has(text[begin - 1])) --begin;
  return is_pair(text.substr(begin, end - begin));
}

// Settings pasted where SQL belongs: Server=db;Uid=app;Pwd=…;
std::string_view pasted_setting(std::string_view text, const CredentialName& name,
                                std::string_view rest, const BareJudge& judge) {
  constexpr std::size_t bytes_min = 4;
  const std::string_view value = read_until(rest, ends_word);
  const std::string_view behind = rest.substr(value.size());
  const bool precedes =
      !behind.empty() && ";&"_bytes.has(behind.front()) && next_setting_at(behind);
  if (value.size() < bytes_min || !(precedes || follows_pair(text, name))) return {};
  return judge.is_setting(value) ? value : std::string_view{};
}

// The whole line behind the sign, when it is a line of settings and not of a program.
std::string_view line_secret(std::string_view rest, const Joined& joined, const BareJudge& judge) {
  std::string_view line = trim(read_until(rest, [](std::string_view left) {
    if (!"\r\n ,;&\t"_bytes.has(left.front())) return false;
    return "\r\n"_bytes.has(left.front()) || next_setting_at(left) || comment_at(left) ||
           left.starts_with("&&");
  }));
  if (!joined.tight) line = without_sentence(line);
  if (line.empty()) return {};
  const bool one_word = std::none_of(line.begin(), line.end(), is_space);
  if (!one_word) return judge.is_passphrase(line) ? line : std::string_view{};
  const bool program = ";:,()[]{}\"'`|"_bytes.has(line.back()) ||
                       (!judge.is_environment() && find_first_of(line, "<>\"`\\"_bytes) != npos);
  return !program && judge.is_credential(line, false) ? line : std::string_view{};
}

std::string_view word_secret(std::string_view rest, const Joined& joined, const BareJudge& judge) {
  const std::string_view word = read_until(rest, ends_word);
  const std::string_view value = joined.tight ? word : without_sentence(word);
  const std::string_view behind = rest.substr(word.size());
  // "passwd:shell" in a list of texts
  const bool in_text = joined.joint == Joint::colon && joined.tight && quote_bytes(behind, 0) > 0 &&
                       !is_unlike_a_word(value);
  if (in_text) return {};
  const bool more = goes_on(behind);
  return !value.empty() && judge.is_credential(value, more) ? value : std::string_view{};
}

// How the word goes on behind what was judged of it: no part of a credential stays.
std::size_t unread_bytes(std::string_view text, std::size_t at, std::string_view value) {
  if (value.size() < bare_bytes_max) return 0;
  return read_until(text.substr(at + value.size()), ends_word).size();
}

// Whether another setting of the line is filled in by a program: Server={host};Uid={user}. A driver
// always stands in braces.
bool is_template(std::string_view text, std::size_t name_begin) {
  constexpr std::size_t line_bytes_max = 256;
  const std::string_view line = line_before(text, name_begin, line_bytes_max);
  for (std::size_t at = line.find("={"); at != npos; at = line.find("={", at + 1)) {
    const std::size_t close = line.find('}', at);
    const std::string_view key = line.substr(0, at);
    const std::string_view inside = line.substr(at + 2, close == npos ? npos : close - at - 2);
    const bool driver = ends_folded(key, "driver") || ends_folded(key, "provider");
    if (!driver && std::all_of(inside.begin(), inside.end(),
                               [](char c) { return is_word_char(c) || c == '.'; }))
      return true;
  }
  return false;
}

// {password!r}, {cfg.password}, {0}, and {p} where other settings are filled in as well: a program
// puts the value there. {password123} is a password in braces.
bool is_filled_in(std::string_view body, bool template_around) {
  const std::string_view name = body.substr(0, find_first_of(body, "!:[("_bytes));
  constexpr std::size_t number_bytes_max = 2;
  if (std::all_of(name.begin(), name.end(), is_digit)) return name.size() <= number_bytes_max;
  const std::size_t digits = name.size() - (find_last_not_of(name, "0123456789"_bytes) + 1);
  if (claim_of_name(name)) return digits < number_bytes_max;
  return template_around && std::all_of(name.begin(), name.end(),
                                        [](char c) { return is_lower(c) || c == '_' || c == '.'; });
}

// Whether the braces that end in front of `rest` belong to one setting of several.
bool braces_among_settings(std::string_view text, const CredentialName& name,
                           std::string_view rest) {
  const bool precedes = rest.starts_with(";") && (rest.size() == 1 || next_setting_at(rest));
  return precedes || last_before(text, name.begin) == ';';
}

// Pwd={a}}b;c}: ODBC's braces, in which only } is doubled.
std::optional<Extent> braced_secret(std::string_view text, TextKind kind,
                                    const CredentialName& name, std::size_t at,
                                    const BareJudge& judge) {
  const std::string_view rest = text.substr(at, bare_bytes_max);
  for (std::size_t i = 1; i < rest.size() && rest[i] != '\n'; ++i) {
    if (rest[i] != '}') continue;
    // Many forget to double it: only at the value's end does it close.
    if (i + 1 < rest.size() && !";\"'`)}"_bytes.has(rest[i + 1]) && !is_space(rest[i + 1]))
      continue;
    if (!rest.substr(i + 1).starts_with("}")) {
      const std::string_view body = rest.substr(1, i - 1);
      const bool setting = braces_among_settings(text, name, rest.substr(i + 1));
      if (kind == TextKind::code && !setting) return {};
      if (is_filled_in(body, setting && is_template(text, name.begin))) return {};
      // Elsewhere {name} may be anything that a program fills in, and so are {{{name}}}.
      const bool plain = setting && body.find('{') == npos;
      if (!judge.is_claimed(plain ? body : rest.substr(0, i + 1))) return {};
      return Extent{at + 1, at + i};
    }
    ++i;
  }
  return {};
}

}  // namespace

std::optional<Extent> bare_secret(std::string_view text, TextKind kind, const CredentialName& name,
                                  const Joined& joined) noexcept {
  const std::size_t at = joined.value;
  const std::string_view rest = text.substr(std::min(at, text.size()), bare_bytes_max);
  if (rest.empty() || is_space(rest.front()) || joined.joint == Joint::call) return {};
  const BareJudge judge = judge_of(text, kind, name, joined);
  if (rest.front() == '{' && joined.joint == Joint::equals && joined.tight)
    return braced_secret(text, kind, name, at, judge);
  const bool setting = kind == TextKind::prose && joined.joint == Joint::equals;
  if (opens_something_else(rest, joined.tight)) return {};
  std::string_view value;
  if (setting && stands_among_settings(text, name)) value = setting_secret(rest, judge);
  if (kind == TextKind::code && joined.tight && joined.joint == Joint::equals)
    value = pasted_setting(text, name, rest, judge);
  if (value.empty() && judge.begins_line()) value = line_secret(rest, joined, judge);
  if (value.empty()) value = word_secret(rest, joined, judge);
  if (value.empty()) return {};
  return Extent{at, at + value.size() + unread_bytes(text, at, value)};
}

}  // namespace studiosync
