#include "core/sanitizer/text/connect_call.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

constexpr std::size_t call_bytes_max = 512;

constexpr Rule connect_call_rule{
    .id = "text.connect_call",
    .title = "Password or key by its place in a call",
    .why =
        "The drivers of several languages take the password by its place behind the user, and "
        "functions of cryptography their key.",
    .example = "new PDO(\"mysql:host=db\", \"app\", \"Wq7-hT2p\")"};

struct ConnectCall {
  std::string_view function;  // in lower case, with its parenthesis
  std::size_t password = 0;   // the argument's place, from 0
};

constexpr auto calls = std::to_array<ConnectCall>({
    {"pdo(", 2},
    {"mysqli(", 2},
    {"mysqli_connect(", 2},
    {"mysql_connect(", 2},
    {"mysql_pconnect(", 2},
    {"pymysql.connect(", 2},
    {"mysqldb.connect(", 2},
    {"pymssql.connect(", 2},
    {"fdb.connect(", 2},
    {"ibm_db.connect(", 2},
    {"ibm_db.pconnect(", 2},
    {"ibm_db_dbi.connect(", 2},
    {"cx_oracle.connect(", 1},
    {"oracledb.connect(", 1},
    {"sessionpool(", 1},
    {"create_pool(", 1},
    {"dbapi.connect(", 3},
    {"strictredis(", 3},
    {"url.create(", 2},
    {"getconnection(", 2},
    {"sequelize(", 2},
    {"oci_connect(", 1},
    {"oci_pconnect(", 1},
    {"odbc_connect(", 2},
    {"sqlsrv_connect(", 2},
    {"db2_connect(", 2},
    {"ibase_connect(", 2},
    {"dbi->connect(", 2},
    {"dbi.connect(", 2},
    // logins of other protocols
    {"passwordauthentication(", 1},
    {"usernamepasswordcredentials(", 1},
    {"usernamepasswordcredential(", 2},
    {"networkcredential(", 1},
    {"passwordcredentials(", 1},
    {"plaincredentials(", 1},
    {"httpbasicauth(", 1},
    {"httpdigestauth(", 1},
    {"httpproxyauth(", 1},
    {"basicauth(", 1},
    {"basic_auth(", 1},
    {"auth.basic(", 1},
    {"authtokens.basic(", 1},
    {"authprovider(", 1},
    {"smtp.login(", 1},
    {").login(", 1},
    {"server.login(", 1},
    {"imap.login(", 1},
    {"ftp.login(", 1},
    {"sqlcredential(", 1},
    {"pscredential(", 1},
    // keys
    {"jwt.encode(", 1},
    {"jwt.decode(", 1},
    {"jwt.sign(", 1},
    {"jwt.verify(", 1},
    {"createhmac(", 1},
    {"createcipheriv(", 1},
    {"createdecipheriv(", 1},
    {"hmac.new(", 0},
    {"fernet(", 0},
    {"secretkeyspec(", 0},
});

constexpr std::string_view secure_string = "convertto-securestring ";

// Behind the comma that ends the argument at `at`; the text's size when the call ends first.
std::size_t next_argument(std::string_view text, std::size_t at, std::size_t limit) {
  constexpr int depth_max = 4;
  int depth = 0;
  while (at < limit && text[at] != ';' && depth <= depth_max) {
    const char c = text[at];
    if (depth == 0 && (c == ',' || c == ')')) break;
    if ("([{"_bytes.has(c)) ++depth;
    if (")]}"_bytes.has(c)) --depth;
    const bool quote = "\"'`\\"_bytes.has(c);
    const auto quoted = quote ? read_quoted(text, at) : std::nullopt;
    at = quoted && quoted->closed ? quoted->after : at + 1;
  }
  return at < limit && text[at] == ',' ? at + 1 : text.size();
}

std::size_t skip_spaces(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && is_space(text[at])) ++at;
  return at;
}

// Behind the letter in front of a literal: b"…", N'…'.
std::size_t skip_prefix(std::string_view text, std::size_t at) {
  const bool prefix = at + 1 < text.size() && is_letter(text[at]) && quote_bytes(text, at + 1) > 0;
  return prefix ? at + 1 : at;
}

void judge_argument(TextScan& scan, std::size_t at) {
  const auto quoted = read_quoted(scan.text, skip_prefix(scan.text, at));
  if (!quoted) return;
  if (is_secret(scan.text.substr(quoted->begin, quoted->end - quoted->begin), Claim::named)) {
    add_hit(scan.hits, connect_call_rule, quoted->begin, quoted->end);
  }
}

// `at` is that of the function's name.
template <std::size_t i>
void recognize_call(TextScan& scan, std::size_t at) {
  const std::size_t limit = std::min(scan.text.size(), at + call_bytes_max);
  std::size_t argument = at + calls[i].function.size();
  for (std::size_t place = 0; place < calls[i].password; ++place) {
    argument = next_argument(scan.text, argument, limit);
  }
  judge_argument(scan, skip_spaces(scan.text, argument, limit));
}

// ConvertTo-SecureString "…" -AsPlainText, with or without -String.
void recognize_secure_string(TextScan& scan, std::size_t at) {
  const std::size_t limit = std::min(scan.text.size(), at + call_bytes_max);
  std::size_t argument = skip_spaces(scan.text, at + secure_string.size(), limit);
  constexpr std::string_view option = "-string ";
  if (starts_folded(scan.text.substr(argument), option))
    argument = skip_spaces(scan.text, argument + option.size(), limit);
  judge_argument(scan, argument);
}

template <std::size_t... i>
constexpr auto make_anchors(std::index_sequence<i...>) {
  return std::array{Anchor{calls[i].function, recognize_call<i>}...,
                    Anchor{secure_string, recognize_secure_string}};
}

constexpr auto anchors = make_anchors(std::make_index_sequence<calls.size()>());
constexpr std::array rules{&connect_call_rule};

}  // namespace

std::span<const Anchor> connect_call_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> connect_call_rules() noexcept {
  return rules;
}

}  // namespace studiosync
