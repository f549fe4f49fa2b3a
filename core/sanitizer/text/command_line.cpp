#include "core/sanitizer/text/command_line.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/commands.hpp"
#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/text/tool_reader.hpp"
#include "core/sanitizer/text/tools.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

constexpr std::array rules{&tool_rule, &piped_rule};

// What hands a line to the shell, in psql, sqlcmd, sqlite3 and SQL*Plus.
constexpr WordTable shell_escapes{""sv,        "\\!"sv,  "!!"sv, "!"sv,   ".shell"sv,
                                  ".system"sv, "host"sv, "$"sv,  "bteq"sv};

// The bytes of the tool's name, `.exe` included, when it stands at `at` as a word.
std::size_t tool_bytes(std::string_view text, std::size_t at, std::string_view name) {
  std::string_view rest = text.substr(at);
  if (!starts_folded(rest, name)) return 0;
  if (name.ends_with('=')) return name.size() - "userid="sv.size();
  rest.remove_prefix(name.size());
  const std::size_t suffix = starts_folded(rest, ".exe") ? 4 : 0;
  if (rest.size() <= suffix) return 0;
  const bool ends = is_space(rest[suffix]) || CommandWords::is_array_at(rest, suffix);
  return ends ? name.size() + suffix : 0;
}

// `\! mysql …`, `!!sqlcmd …`, `mysql … <<SQL`: a line that SQL's clients do not send to the server.
bool begins_client_line(std::string_view text, std::size_t at) {
  constexpr std::size_t escape_bytes_max = 16;
  const std::size_t window = std::min(at, escape_bytes_max);
  std::string_view before = text.substr(at - window, window);
  const std::size_t newline = find_last_of(before, "\r\n"_bytes);
  if (newline == npos && window < at) return false;
  before.remove_prefix(newline == npos ? 0 : newline + 1);
  while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
  while (!before.empty() && is_blank(before.front())) before.remove_prefix(1);
  return shell_escapes.has_folded(before);
}

void recognize_tool(TextScan& scan, std::size_t at) {
  if (at > 0 && (is_word_char(scan.text[at - 1]) || "-.:="_bytes.has(scan.text[at - 1]))) return;
  if (scan.kind == TextKind::code && !begins_client_line(scan.text, at)) {
    scan.sql_places.note(at);
    return;
  }
  for (const Tool* tool = first_tool(scan.text[at]); tool != nullptr; tool = next_tool(*tool)) {
    if (const std::size_t bytes = tool_bytes(scan.text, at, tool->name))
      read_command(scan, *tool, at + bytes);
  }
}

// LOGON host/user,SECRET; of FastLoad and its like, whose commands have no dot in front. Alone on
// its line, for people log on as well.
void recognize_logon(TextScan& scan, std::size_t at) {
  if (!begins_client_line(scan.text, at)) return;
  const std::size_t begin = at + "logon "sv.size();
  const std::string_view rest = scan.text.substr(begin, CommandWords::command_bytes_max);
  const std::string_view login = rest.substr(0, find_first_of(rest, " \t\r\n;"_bytes));
  std::string_view behind = rest.substr(login.size());
  behind.remove_prefix(std::min(find_first_not_of(behind, " \t;"_bytes), behind.size()));
  if (!behind.empty() && !"\r\n"_bytes.has(behind.front())) return;
  const std::size_t comma = login.find(',');
  if (comma == npos) return;
  const bool has_host = login.substr(0, comma).find('/') != npos;
  if (!has_host && !stands_out(login.substr(comma + 1))) return;
  read_command(scan, {".logon", Takes::comma_word}, begin - 1);
}

// Tools that are called like columns.
void recognize_tool_in_prose(TextScan& scan, std::size_t at) {
  if (scan.kind == TextKind::prose) recognize_tool(scan, at);
}

// -passin pass:SECRET
void recognize_openssl(TextScan& scan, std::size_t at) {
  if (at == 0 || !(is_space(scan.text[at - 1]) || "\"'"_bytes.has(scan.text[at - 1]))) return;
  constexpr std::size_t before_bytes = 12;
  const std::string_view before =
      scan.text.substr(at - std::min(at, before_bytes), std::min(at, before_bytes));
  if (before.find("-pass") == npos) return;
  const std::string_view rest =
      scan.text.substr(at + "pass:"sv.size(), CommandWords::command_bytes_max);
  const std::size_t begin = at + "pass:"sv.size();
  report_command_secret(
      scan, tool_rule, begin,
      begin + std::min(rest.size(), find_first_of(rest, " \t\r\n\"'`;|&<"_bytes)));
}

// echo SECRET | sudo -S: from the pipe in front of `at` back to the echo.
void recognize_piped(TextScan& scan, std::size_t at) {
  constexpr std::size_t line_bytes_max = 128;
  const std::size_t begin = at > line_bytes_max ? at - line_bytes_max : 0;
  std::string_view line = scan.text.substr(begin, at - begin);
  line.remove_prefix(std::min(line.size(), find_last_of(line, "\r\n"_bytes) + 1));
  const std::size_t echo = std::max(line.rfind("echo ") + 1, line.rfind("printf ") + 1);
  if (echo == 0 || line.find('|', echo) == npos) return;
  const std::size_t echo_begin = at - line.size() + echo - 1;
  CommandWords words(scan.text, echo_begin + (scan.text[echo_begin] == 'e' ? 5 : 7));
  while (const auto word = words.next()) {
    const std::string_view value = word->in(scan.text);
    if (value.starts_with('-') || value == "%s" || value == "%s\\n") continue;
    const std::size_t login =
        starts_folded(scan.text.substr(at), "chpasswd") ? value.find(':') + 1 : 0;
    return report_command_secret(scan, piped_rule, word->body + login, word->end);
  }
}

// expect "Password:"; send "SECRET\r"
void recognize_send(TextScan& scan, std::size_t at) {
  constexpr std::size_t before_bytes = 160;
  const std::size_t window = std::min(at, before_bytes);
  const std::string_view before = scan.text.substr(at - window, window);
  if (before.find("assword") == npos && before.find("assphrase") == npos) return;
  const std::size_t quote = scan.text.find('"', at);
  const std::string_view rest = scan.text.substr(quote + 1, CommandWords::command_bytes_max);
  const std::string_view value = rest.substr(0, find_first_of(rest, "\"\\\r\n"_bytes));
  if (rest.substr(value.size()).starts_with("\\") && is_secret(value, Claim::named))
    report_command_secret(scan, piped_rule, quote + 1, quote + 1 + value.size());
}

// net use z: \\server\share SECRET /user:name
void recognize_net_use(TextScan& scan, std::size_t at) {
  CommandWords words(scan.text, at + "net use"sv.size());
  while (const auto word = words.next()) {
    const std::string_view text = word->in(scan.text);
    const bool other =
        text.starts_with('\\') || text.starts_with('/') || text.ends_with(':') || text == "*";
    if (!other) return report_command_secret(scan, tool_rule, word->body, word->end);
  }
}

constexpr std::array anchors{
    Anchor{"mysql", recognize_tool},
    Anchor{"mycli", recognize_tool},
    Anchor{"mariadb", recognize_tool},
    Anchor{"mydumper", recognize_tool},
    Anchor{"myloader", recognize_tool},
    Anchor{"7z ", recognize_tool_in_prose},
    Anchor{"7za ", recognize_tool_in_prose},
    Anchor{"unrar", recognize_tool},
    Anchor{"mongo", recognize_tool},
    Anchor{"sqlcmd", recognize_tool},
    Anchor{"bcp", recognize_tool},
    Anchor{"isql", recognize_tool},
    Anchor{"osql", recognize_tool},
    Anchor{"tsql", recognize_tool},
    Anchor{"redis-", recognize_tool},
    Anchor{"valkey-cli", recognize_tool},
    Anchor{"sshpass", recognize_tool},
    Anchor{"beeline", recognize_tool},
    Anchor{"cqlsh", recognize_tool},
    Anchor{"nodetool", recognize_tool},
    Anchor{"vsql", recognize_tool},
    Anchor{"exaplus", recognize_tool},
    Anchor{"cypher-shell", recognize_tool},
    Anchor{"ldap", recognize_tool},
    Anchor{"unzip", recognize_tool},
    Anchor{"zip ", recognize_tool_in_prose},
    Anchor{"ssh-keygen", recognize_tool},
    Anchor{"docker login", recognize_tool},
    Anchor{"podman login", recognize_tool},
    Anchor{"registry login", recognize_tool},
    Anchor{"az login", recognize_tool},
    Anchor{"oc login", recognize_tool},
    Anchor{"cf login", recognize_tool},
    Anchor{"psexec", recognize_tool},
    Anchor{"ipmitool", recognize_tool},
    Anchor{"snmpwalk", recognize_tool},
    Anchor{"curl", recognize_tool},
    Anchor{"smbclient", recognize_tool},
    Anchor{"rpcclient", recognize_tool},
    Anchor{"lftp", recognize_tool},
    Anchor{"sqlplus", recognize_tool},
    Anchor{"sqlcl", recognize_tool},
    Anchor{"expdp", recognize_tool},
    Anchor{"impdp", recognize_tool},
    Anchor{"sqlldr", recognize_tool},
    Anchor{"rman ", recognize_tool},
    Anchor{"dgmgrl", recognize_tool},
    Anchor{"exp userid=", recognize_tool},
    Anchor{"imp userid=", recognize_tool},
    Anchor{"htpasswd", recognize_tool},
    Anchor{"rabbitmqctl ", recognize_tool},
    Anchor{"net user", recognize_tool},
    Anchor{"configure set", recognize_tool},
    Anchor{"config set", recognize_tool},
    Anchor{"pass:", recognize_openssl, false},
    Anchor{"sudo -s", recognize_piped, false},
    Anchor{"chpasswd", recognize_piped, false},
    Anchor{"--password-stdin", recognize_piped, false},
    Anchor{"passwd --stdin", recognize_piped, false},
    Anchor{"net use ", recognize_net_use, false},
    Anchor{"db2 connect", recognize_tool},
    Anchor{"connect to ", recognize_tool_in_prose},
    Anchor{"openssl enc", recognize_tool},
    Anchor{"hdbsql", recognize_tool},
    Anchor{"mssql-cli", recognize_tool},
    Anchor{"rdesktop", recognize_tool},
    Anchor{"mosquitto_", recognize_tool},
    Anchor{"rabbitmqadmin", recognize_tool},
    Anchor{"taos -", recognize_tool},
    Anchor{"http -", recognize_tool},
    Anchor{"https -", recognize_tool},
    Anchor{"etcdctl", recognize_tool},
    Anchor{"mc alias set", recognize_tool},
    Anchor{"az sql", recognize_tool},
    Anchor{"az postgres", recognize_tool},
    Anchor{"az mysql", recognize_tool},
    Anchor{"az mariadb", recognize_tool},
    Anchor{"az synapse", recognize_tool},
    Anchor{"influx -", recognize_tool},
    Anchor{"influx setup", recognize_tool},
    Anchor{"influx user", recognize_tool},
    Anchor{":connect ", recognize_tool},
    Anchor{"\\connect ", recognize_tool},
    Anchor{"\\c ", recognize_tool},
    Anchor{".logon ", recognize_tool},
    Anchor{"logon ", recognize_logon, true, true},
    Anchor{"send \"", recognize_send, false},
    Anchor{"send -- \"", recognize_send, false},
};

}  // namespace

std::span<const Anchor> command_line_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> command_line_rules() noexcept {
  return rules;
}

}  // namespace studiosync
