#include "core/sanitizer/text/settings.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t line_bytes_max = 512;

constexpr Rule pgpass_rule{
    .id = "text.pgpass",
    .title = "Password in a line of .pgpass",
    .why = "PostgreSQL's password file has lines of host:port:database:user:password.",
    .example = "db.internal:5432:orders:app:Wq7-hT2p"};
constexpr Rule netrc_rule{
    .id = "text.netrc",
    .title = "Password in .netrc",
    .why = "The file of logins has entries of machine, login and password, separated by blanks.",
    .example = "machine db.internal login app password Wq7-hT2p"};
constexpr Rule directive_rule{
    .id = "text.directive",
    .title = "Password in a directive of a server's settings",
    .why = "Redis, LDAP and others set a password by a keyword and a blank.",
    .example = "requirepass Wq7-hT2p"};

constexpr Rule userlist_rule{
    .id = "text.userlist",
    .title = "Password in a list of users",
    .why = "pgbouncer's userlist has lines of a user and a password in double quotes.",
    .example = "\"app\" \"Wq7hT2pZk1\""};

constexpr std::array rules{&userlist_rule, &pgpass_rule, &netrc_rule, &directive_rule};

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + line_bytes_max);
  while (at < limit && is_space(text[at])) ++at;
  return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(std::min(at, text.size()), line_bytes_max);
  return window.substr(0, find_first_of(window, " \t\r\n"_bytes));
}

bool is_field(std::string_view field) {
  return !field.empty() && std::all_of(field.begin(), field.end(), [](char c) {
    return is_word_char(c) || is_beyond_ascii(c) || "*.-$"_bytes.has(c);
  });
}

// Takes a field off the front; nothing when no colon ends it.
std::string_view take_field(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  if (colon == npos) return {};
  const std::string_view field = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return field;
}

// `at` is the colon in front of the port.
void recognize_pgpass(TextScan& scan, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < line_bytes_max && !is_space(scan.text[begin - 1]) &&
         !"\"'`,:"_bytes.has(scan.text[begin - 1])) {
    --begin;
  }
  if (begin > 0 && scan.text[begin - 1] == ':') return;
  if (!is_field(scan.text.substr(begin, at - begin))) return;
  std::string_view rest = scan.text.substr(at + 1, line_bytes_max);
  rest = rest.substr(0, find_first_of(rest, "\r\n\"'`"_bytes));
  const std::string_view port = take_field(rest);
  const std::string_view database = take_field(rest);
  const std::string_view user = take_field(rest);
  while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
  if (!is_field(port) || !is_field(database) || !is_field(user)) return;
  const auto password = static_cast<std::size_t>(rest.data() - scan.text.data());
  if (is_secret(rest, Claim::certain)) {
    add_hit(scan.hits, pgpass_rule, password, password + rest.size());
  }
}

bool has_digit_or_sign(std::string_view value) {
  return !std::all_of(value.begin(), value.end(), is_letter);
}

bool is_behind_machine(std::string_view text, std::size_t at) {
  constexpr std::size_t machine_bytes_max = 160;
  const std::size_t begin = at > machine_bytes_max ? at - machine_bytes_max : 0;
  const std::string_view before = text.substr(begin, at - begin);
  return before.find("machine ") != npos || before.ends_with("default ");
}

// login NAME password VALUE
void recognize_netrc(TextScan& scan, std::size_t at) {
  if (at > 0 && is_word_char(scan.text[at - 1])) return;
  const std::size_t user = skip_spaces(scan.text, at + "login"sv.size());
  if (!is_word_char(scan.text.substr(user).empty() ? ' ' : scan.text[user])) return;
  const std::size_t keyword = skip_spaces(scan.text, user + word_at(scan.text, user).size());
  const std::string_view word = word_at(scan.text, keyword);
  if (!equals_folded(word, "password") && !equals_folded(word, "passwd")) return;
  const std::size_t value = skip_spaces(scan.text, keyword + word.size());
  if (quote_bytes(scan.text, value) > 0) return;
  const std::string_view password = word_at(scan.text, value);
  if (!is_secret(password, Claim::named)) return;
  if (!has_digit_or_sign(password) && !is_behind_machine(scan.text, at)) return;
  add_hit(scan.hits, netrc_rule, value, value + password.size());
}

// `set requirepass to protect the server`: words go on behind a word.
bool is_prose(std::string_view text, std::size_t value, std::string_view word) {
  std::size_t next = value + word.size();
  while (next < text.size() && is_blank(text[next])) ++next;
  return !has_digit_or_sign(word) && next < text.size() && is_letter(text[next]);
}

// Redis sets several at once: CONFIG SET maxmemory 1gb requirepass …
bool is_behind_config_set(std::string_view before) {
  std::string_view line = before.substr(before.size() - std::min(before.size(), line_bytes_max));
  line = line.substr(line.find_last_of('\n') + 1);
  return line.find("onfig set") != npos || line.find("ONFIG SET") != npos;
}

// KEYWORD VALUE, alone on its line or behind `config set`.
void recognize_directive(TextScan& scan, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < line_bytes_max && is_blank(scan.text[begin - 1])) --begin;
  const std::string_view before = scan.text.substr(0, begin);
  const bool first = before.empty() || "\r\n\"'`"_bytes.has(before.back());
  const bool of_command = is_behind_config_set(before);
  const bool sets = of_command || ends_folded(before, "set") || ends_folded(before, "--");
  if (!first && !sets) return;
  const std::string_view keyword = word_at(scan.text, at);
  std::size_t value = at + keyword.size();
  while (value < scan.text.size() && is_blank(scan.text[value])) ++value;
  if (value == at + keyword.size()) return;
  if (const auto quoted = read_quoted(scan.text, value)) {
    if (is_secret(scan.text.substr(quoted->begin, quoted->end - quoted->begin), Claim::named)) {
      add_hit(scan.hits, directive_rule, quoted->begin, quoted->end);
    }
    return;
  }
  std::string_view password = word_at(scan.text, value);
  password = password.substr(0, find_first_of(password, "\"'`"_bytes));
  // The command goes on with the next setting: no prose, but for `to` and `with`.
  constexpr std::size_t particle_bytes_max = 4;
  const bool prose =
      is_prose(scan.text, value, password) && !(of_command && password.size() > particle_bytes_max);
  if (is_secret(password, Claim::named) && !prose) {
    add_hit(scan.hits, directive_rule, value, value + password.size());
  }
}

// pgbouncer's userlist: "user" "password" alone on a line. `at` is the quote that closes the user.
void recognize_userlist(TextScan& scan, std::size_t at) {
  if (scan.kind == TextKind::code) return;
  std::size_t begin = at;
  while (begin > 0 && at - begin < line_bytes_max && is_field(scan.text.substr(begin - 1, 1)))
    --begin;
  if (begin == at || begin == 0 || scan.text[begin - 1] != '"') return;
  if (begin > 1 && scan.text[begin - 2] != '\n') return;
  const std::size_t password = at + "\" \""sv.size();
  const std::string_view rest = scan.text.substr(password, line_bytes_max);
  const std::string_view value = rest.substr(0, find_first_of(rest, "\"\r\n"_bytes));
  const std::string_view behind = rest.substr(value.size());
  const bool alone = behind == "\"" || behind.starts_with("\"\n") || behind.starts_with("\"\r");
  const bool hash = value.starts_with("md5") || value.starts_with("SCRAM-");
  if (alone && (hash || stands_out(value)) && is_secret(value, Claim::named))
    add_hit(scan.hits, userlist_rule, password, password + value.size());
}

constexpr std::array anchors{
    Anchor{"\" \"", recognize_userlist},           Anchor{":5432:", recognize_pgpass, false},
    Anchor{":5433:", recognize_pgpass, false},     Anchor{":5439:", recognize_pgpass, false},
    Anchor{":6432:", recognize_pgpass, false},     Anchor{":*:", recognize_pgpass, false},
    Anchor{"login ", recognize_netrc, false},      Anchor{"login\n", recognize_netrc, false},
    Anchor{"requirepass ", recognize_directive},   Anchor{"masterauth ", recognize_directive},
    Anchor{"primaryauth ", recognize_directive},   Anchor{"bindpw ", recognize_directive, false},
    Anchor{"rootpw ", recognize_directive, false},
};

}  // namespace

std::span<const Anchor> settings_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> settings_rules() noexcept {
  return rules;
}

}  // namespace studiosync
