#include "core/sanitizer/text/uri.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/userinfo.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

constexpr Rule userinfo_rule{
    .id = "text.uri_userinfo",
    .title = "Password or token in the userinfo of a URI",
    .why =
        "scheme://user:password@host carries the password in the clear. A random text alone in "
        "front of the @ is an access token.",
    .example = "postgres://app:Wq7-hT2p@db.internal:5432/orders"};
constexpr Rule query_rule{
    .id = "text.uri_query",
    .title = "Key, token or signature in the query of a URI",
    .why =
        "Whoever has a signed or keyed address (a presigned URL, a shared access signature) "
        "has the access that it grants.",
    .example = "https://files.internal/report.csv?sv=2023&sig=Jq3%2Bv8Zk1Lm0Xy7Tn5Rw%3D"};
constexpr Rule oracle_rule{
    .id = "text.oracle_login",
    .title = "Password in an Oracle login",
    .why = "Oracle writes logins as user/password@service, in JDBC addresses and for its tools.",
    .example = "jdbc:oracle:thin:scott/Wq7hT2p@//db.internal:1521/orcl"};

constexpr std::array rules{&userinfo_rule, &query_rule, &oracle_rule};

constexpr WordTable web_schemes{"http"sv, "https"sv,     "ws"sv,      "wss"sv,    "git"sv,
                                "ssh"sv,  "git+https"sv, "git+ssh"sv, "docker"sv, "oci"sv};

// `user:password@localhost` says what to write there.
constexpr WordTable manual_users{"user"sv, "username"sv, "usr"sv, "login"sv, "u"sv};
constexpr WordTable manual_passwords{"password"sv, "pass"sv, "passwd"sv, "pwd"sv, "pw"sv};
constexpr WordTable manual_hosts{"host"sv,   "hostname"sv,  "server"sv, "localhost"sv,
                                 "domain"sv, "127.0.0.1"sv, "h"sv};
// The other half of the userinfo is a token when this is the password.
constexpr WordTable token_passwords{""sv, "x-oauth-basic"sv, "x"sv, "x-oauth-token"sv};

std::size_t scheme_begin(std::string_view text, std::size_t end) {
  constexpr std::size_t scheme_bytes_max = 64;
  std::size_t begin = end;
  while (begin > 0 && end - begin < scheme_bytes_max &&
         (is_word_char(text[begin - 1]) || "+-."_bytes.has(text[begin - 1]))) {
    --begin;
  }
  return begin;
}

// [[USERNAME:]PASSWORD@]HOST
std::string_view without_brackets(std::string_view word) {
  while (!word.empty() && "[]<>{}"_bytes.has(word.front())) word.remove_prefix(1);
  while (!word.empty() && "[]<>{}"_bytes.has(word.back())) word.remove_suffix(1);
  return word;
}

bool is_of_manuals(std::string_view user, std::string_view password, std::string_view host) {
  user = without_brackets(user);
  password = without_brackets(password);
  // Nobody is called `username`.
  if (equals_folded(user, "username") && manual_passwords.has_folded(password)) return true;
  const bool login = manual_users.has_folded(user) && manual_passwords.has_folded(password);
  // USER:PASSWORD@db says what to write there, wherever it stands.
  if (login && std::none_of(password.begin(), password.end(), is_lower)) return true;
  return login && (manual_hosts.has_folded(host) || starts_folded(host, "example.") ||
                   host.find(".example.") != npos || is_placeholder(host));
}

bool is_login(std::string_view user, std::string_view password, std::string_view host) {
  // An image's digest is written name:tag@sha256:…
  if (host == "sha256" || host == "sha512") return false;
  if (equals_folded(user, "anonymous") || is_of_manuals(user, password, host)) return false;
  return is_secret(password, Claim::certain);
}

void report(TextScan& scan, const Rule& rule, std::size_t begin, std::size_t end) {
  add_hit(scan.hits, rule, begin, end);
}

void judge_userinfo(TextScan& scan, const Userinfo& found) {
  const auto part = [&](std::size_t begin, std::size_t end) {
    return scan.text.substr(begin, end - begin);
  };
  const std::string_view user = part(found.begin, found.user_end);
  const std::string_view password = part(found.password, found.end);
  const bool token = !found.has_password() || token_passwords.has_folded(password);
  if (token && is_placeholder(user)) return;
  if (token && user.size() >= 16 && looks_random(user)) {
    report(scan, userinfo_rule, found.begin, found.user_end);
  } else if (found.has_password() && is_login(user, password, host_at(scan.text, found.host))) {
    report(scan, userinfo_rule, found.password, found.end);
  }
}

void read_uri(TextScan& scan, std::size_t colon, std::size_t authority) {
  const std::size_t begin = scheme_begin(scan.text, colon);
  if (begin == colon) return;
  const bool web = web_schemes.has_folded(scan.text.substr(begin, colon - begin));
  const auto found = read_userinfo(scan.text, begin, authority, web);
  if (found) judge_userinfo(scan, *found);
}

void recognize_uri(TextScan& scan, std::size_t at) {
  read_uri(scan, at, at + "://"sv.size());
}

// JSON may escape the slash: "postgres:\/\/u:p@h\/db".
void recognize_escaped_uri(TextScan& scan, std::size_t at) {
  read_uri(scan, at, at + ":\\/\\/"sv.size());
}

void recognize_json_uri(TextScan& scan, std::size_t at) {
  read_uri(scan, at, at + ":\\u002f\\u002f"sv.size());
}

// Where %XY stands, in either case; `second` is in lower case.
std::size_t find_escape(std::string_view text, char first, char second) {
  std::size_t at = text.find('%');
  while (at != npos &&
         !(at + 2 < text.size() && text[at + 1] == first && to_lower(text[at + 2]) == second))
    at = text.find('%', at + 1);
  return at;
}

// A URI inside of a parameter: postgres%3A%2F%2Fuser%3Apassword%40host
void recognize_encoded_uri(TextScan& scan, std::size_t at) {
  const std::size_t begin = at + "%3a%2f%2f"sv.size();
  std::string_view region = scan.text.substr(begin, authority_bytes_max);
  // The path first: it is found fast, and a text may be full of them.
  region = region.substr(0, find_escape(region, '2', 'f'));
  region = region.substr(0, find_first_of(region, " \t\r\n\"'`<>&/?"_bytes));
  const std::size_t end = region.rfind("%40");
  const std::size_t colon = find_escape(region, '3', 'a');
  if (end == npos || colon == npos || colon + 3 > end) return;
  const std::string_view password = region.substr(colon + 3, end - colon - 3);
  if (is_login(region.substr(0, colon), password, region.substr(end + 3))) {
    report(scan, userinfo_rule, begin + colon + 3, begin + end);
  }
}

constexpr WordTable keys_of_files{"key"sv, "hexkey"sv, "textkey"sv};

// file:x.db?cipher=…&key=… opens an encrypted database: whether the parameter at `at` is one of
// such an address.
bool is_database_file(std::string_view text, std::size_t at) {
  constexpr std::size_t address_bytes_max = 256;
  std::size_t begin = at;
  while (begin > 0 && at - begin < address_bytes_max && !is_space(text[begin - 1]) &&
         !"\"'`<>("_bytes.has(text[begin - 1]))
    --begin;
  const std::string_view before = text.substr(begin, at - begin);
  return starts_folded(before, "file:") || starts_folded(before, "sqlite:");
}

// Behind ? or &, up to the next parameter. `at` is inside of the parameter's name.
void recognize_query(TextScan& scan, std::size_t at) {
  constexpr std::size_t name_bytes_max = 40;
  std::size_t name = at;
  while (name > 0 && at - name < name_bytes_max &&
         (is_word_char(scan.text[name - 1]) || scan.text[name - 1] == '-')) {
    --name;
  }
  if (name == 0 || !"?&;"_bytes.has(scan.text[name - 1])) return;
  const std::size_t begin = scan.text.find('=', at) + 1;
  std::string_view value = scan.text.substr(begin, authority_bytes_max);
  value = value.substr(0, find_first_of(value, " \t\r\n\"'`<>&#;?)\\"_bytes));
  const bool opens_file = is_database_file(scan.text, name) &&
                          keys_of_files.has_folded(scan.text.substr(name, begin - 1 - name));
  const bool secret = opens_file ? is_secret(value, Claim::certain)
                                 : value.size() >= 16 && is_secret(value, Claim::hinted);
  if (secret) report(scan, query_rule, begin, begin + value.size());
}

// user/password@service behind `at`; /@service is an external login without one.
void read_oracle_login(TextScan& scan, std::size_t at) {
  std::string_view login = scan.text.substr(at, authority_bytes_max);
  if (login.starts_with('"')) return;
  login = login.substr(0, find_first_of(login, " \t\r\n'`<>"_bytes));
  const std::size_t slash = login.find('/');
  if (slash == 0 || slash == npos) return;
  const std::string_view user = login.substr(0, slash);
  if (find_first_of(user, "@:("_bytes) != npos) return;
  const bool quoted = login.substr(slash + 1).starts_with('"');
  const std::size_t begin = slash + (quoted ? 2 : 1);
  const std::size_t end =
      quoted ? login.find('"', begin) : login.substr(0, login.find('"')).rfind('@');
  if (end == npos || end <= begin) return;
  if (is_secret(login.substr(begin, end - begin), Claim::certain)) {
    report(scan, oracle_rule, at + begin, at + end);
  }
}

void recognize_oracle(TextScan& scan, std::size_t at) {
  read_oracle_login(scan, scan.text.find(':', at + "oracle:"sv.size()) + 1);
}

// scott/tiger@//host:1521/service, scott/tiger@(DESCRIPTION=…): the login stands in front.
void recognize_easy_connect(TextScan& scan, std::size_t at) {
  constexpr std::size_t login_bytes_max = 64;
  std::size_t begin = at;
  std::size_t slashes = 0;
  while (begin > 0 && at - begin < login_bytes_max && slashes < 2 &&
         !is_space(scan.text[begin - 1]) && !"'`,:=(;"_bytes.has(scan.text[begin - 1])) {
    --begin;
    if (scan.text[begin] == '/') ++slashes;
  }
  // A path or another URI is no login.
  if (slashes == 1) read_oracle_login(scan, begin);
}

// it's scott/tiger@host:1521/service. `at` is the colon in front of the port.
void recognize_oracle_port(TextScan& scan, std::size_t at) {
  constexpr std::size_t host_bytes_max = 255;
  std::size_t host = at;
  while (host > 0 && at - host < host_bytes_max &&
         (is_word_char(scan.text[host - 1]) || ".-"_bytes.has(scan.text[host - 1])))
    --host;
  if (host > 0 && host < at && scan.text[host - 1] == '@') recognize_easy_connect(scan, host - 1);
}

// cx_Oracle.connect("scott/tiger@host/service")
void recognize_oracle_connect(TextScan& scan, std::size_t at) {
  const std::size_t open = scan.text.find('(', at) + 1;
  if (open < scan.text.size() && "\"'"_bytes.has(scan.text[open]))
    read_oracle_login(scan, open + 1);
}

// user:password@tcp(host:3306)/db, as the drivers of Go write it.
void recognize_go_address(TextScan& scan, std::size_t at) {
  constexpr std::size_t login_bytes_max = 256;
  std::size_t begin = at;
  while (begin > 0 && at - begin < login_bytes_max && !is_space(scan.text[begin - 1]) &&
         !"\"'`="_bytes.has(scan.text[begin - 1]))
    --begin;
  const std::size_t colon = scan.text.find(':', begin);
  if (colon >= at) return;
  const std::string_view user = scan.text.substr(begin, colon - begin);
  const std::string_view password = scan.text.substr(colon + 1, at - colon - 1);
  if (!password.starts_with("//") && is_login(user, password, {}))
    report(scan, userinfo_rule, colon + 1, at);
}

constexpr std::array anchors{
    Anchor{":1521", recognize_oracle_port},
    Anchor{"oracle.connect(", recognize_oracle_connect},
    Anchor{"oracledb.connect(", recognize_oracle_connect},
    Anchor{"@tcp(", recognize_go_address},
    Anchor{"@unix(", recognize_go_address},
    Anchor{"://", recognize_uri},
    Anchor{":\\/\\/", recognize_escaped_uri},
    Anchor{":\\u002f\\u002f", recognize_json_uri},
    Anchor{"%3a%2f%2f", recognize_encoded_uri},
    Anchor{"sig=", recognize_query},
    Anchor{"signature=", recognize_query},
    Anchor{"token=", recognize_query},
    Anchor{"key=", recognize_query},
    Anchor{"auth=", recognize_query},
    Anchor{"jwt=", recognize_query},
    Anchor{"oracle:thin:", recognize_oracle},
    Anchor{"oracle:oci:", recognize_oracle},
    Anchor{"oracle:oci8:", recognize_oracle},
    Anchor{"@//", recognize_easy_connect},
    Anchor{"@(description", recognize_easy_connect},
};

}  // namespace

std::span<const Anchor> uri_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> uri_rules() noexcept {
  return rules;
}

}  // namespace studiosync
