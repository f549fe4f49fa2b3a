#include "core/sanitizer/text/tool_reader.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/commands.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {

using std::string_view_literals::operator""sv;

const Rule tool_rule{
    .id = "text.command_line",
    .title = "Password in the command line of a tool",
    .why =
        "Database clients and other tools take the password by an option of one letter, or in "
        "a fixed place: mysql -p, sqlcmd -P, curl -u user:password, sqlplus user/password.",
    .example = "mysql -u app -pWq7hT2p orders"};
const Rule piped_rule{.id = "text.piped_password",
                      .title = "Password piped into a command",
                      .why =
                          "What is echoed into sudo -S, chpasswd or --password-stdin is the "
                          "password itself.",
                      .example = "echo 'Wq7-hT2p' | sudo -S reboot"};

namespace {

constexpr auto npos = std::string_view::npos;

// Long options that take user:password, like curl's -u.
constexpr std::array login_options{"--user"sv, "--proxy-user"sv};

// The half of a login behind its sign; a random user in front of nothing is a token.
void report_login(TextScan& scan, std::size_t begin, std::size_t end, char sign) {
  const std::string_view login = scan.text.substr(begin, end - begin);
  const std::size_t at = login.find(sign);
  if (at == npos) return;
  if (at + 1 < login.size()) return report_command_secret(scan, tool_rule, begin + at + 1, end);
  if (is_secret(login.substr(0, at), Claim::hinted))
    report_command_secret(scan, tool_rule, begin, begin + at);
}

// user/password[@service]
void report_oracle_login(TextScan& scan, const CommandWord& word) {
  std::string_view login = word.in(scan.text);
  std::size_t begin = word.body;
  constexpr std::string_view userid = "userid=";
  if (starts_folded(login, userid)) {
    login.remove_prefix(userid.size());
    begin += userid.size();
  }
  const std::size_t slash = login.find('/');
  if (slash == npos || slash == 0) return;
  const bool user = std::all_of(login.begin(), login.begin() + static_cast<std::ptrdiff_t>(slash),
                                [](char c) { return is_word_char(c) || c == '$' || c == '#'; });
  if (!user) return;
  const std::size_t password = slash + 1;
  // user/password@service says what to write there.
  const bool manual = equals_folded(login.substr(0, slash), "user") ||
                      equals_folded(login.substr(0, slash), "username");
  if (manual && starts_folded(login.substr(password), "password")) return;
  std::size_t end = std::min(login.rfind('@'), login.size());
  if (end < password) return;
  if (login.substr(password).starts_with('"')) {
    const std::size_t close = login.find('"', password + 1);
    return report_command_secret(scan, tool_rule, begin + password + 1,
                                 begin + std::min(close, end));
  }
  report_command_secret(scan, tool_rule, begin + password, begin + end);
}

// The value of a one-letter option, given with it or behind it.
class OptionReader {
 public:
  OptionReader(TextScan& scan, const Tool& tool) : scan_(scan), tool_(tool) {}

  bool is_pending() const { return pending_; }

  // False when enough has been read.
  bool take(const CommandWord& word) {
    constexpr int values_max = 4;
    take_word(word);
    return values_ < values_max;
  }

 private:
  void take_word(const CommandWord& word) {
    const std::string_view text = word.in(scan_.text);
    if (pending_) {
      pending_ = false;
      if (!text.starts_with('-')) report_value(word.body, word.end);
    } else if (is_long_login(text)) {
      take_long(word, text);
    } else if (is_cluster(text)) {
      pending_ = true;
    } else if (is_option(text)) {
      if (text.size() > 2) return tool_.takes == Takes::separate ? void() : take_attached(word);
      pending_ = tool_.takes != Takes::attached;
    }
  }

  bool is_option(std::string_view text) const {
    return text.size() >= 2 && text[0] == '-' && text[1] == tool_.option &&
           !starts_folded(text, "-pass");
  }

  // curl -sSu user:password
  bool is_cluster(std::string_view text) const {
    constexpr std::size_t bytes_max = 5;
    return tool_.takes == Takes::login && text.size() > 2 && text.size() <= bytes_max &&
           text[0] == '-' && text.back() == tool_.option && text[1] != tool_.option &&
           std::all_of(text.begin() + 1, text.end(), is_letter);
  }

  bool is_long_login(std::string_view text) const {
    return tool_.takes == Takes::login &&
           std::any_of(login_options.begin(), login_options.end(),
                       [&](std::string_view name) { return text.starts_with(name); });
  }

  void take_long(const CommandWord& word, std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == npos)
      pending_ = true;
    else
      report_value(word.body + equals + 1, word.end);
  }

  void take_attached(const CommandWord& word) {
    std::size_t begin = word.body + 2;
    if (begin < word.end && (scan_.text[begin] == '"' || scan_.text[begin] == '\'')) ++begin;
    report_value(begin, word.end);
  }

  void report_value(std::size_t begin, std::size_t end) {
    ++values_;
    if (begin < end && (scan_.text[begin] == '"' || scan_.text[begin] == '\'')) ++begin;
    switch (tool_.takes) {
      case Takes::login:
        return report_login(scan_, begin, end, ':');
      case Takes::percent:
        return report_login(scan_, begin, end, '%');
      case Takes::comma:
        return report_login(scan_, begin, end, ',');
      default:
        return report_command_secret(scan_, tool_rule, begin, end);
    }
  }

  TextScan& scan_;
  const Tool& tool_;
  bool pending_ = false;
  int values_ = 0;
};

// Words by their place: options do not count.
void read_place(TextScan& scan, std::size_t wanted, CommandWords& words) {
  constexpr int words_max = 16;
  std::size_t place = 0;
  for (int i = 0; i < words_max; ++i) {
    const auto word = words.next();
    if (!word) return;
    const std::string_view text = word->in(scan.text);
    if (text.starts_with('-') || text.starts_with('/')) continue;
    if (++place < wanted) continue;
    if (text != "*") report_command_secret(scan, tool_rule, word->body, word->end);
    return;
  }
}

// Only with -b does the password stand in the command; with -n no file does.
void read_htpasswd(TextScan& scan, CommandWords& words) {
  bool batch = false;
  std::size_t places = 3;
  while (const auto word = words.next()) {
    const std::string_view text = word->in(scan.text);
    if (text.starts_with('-')) {
      batch = batch || text.find('b') != npos;
      if (text.find('n') != npos) places = 2;
    } else if (--places == 0) {
      if (batch) report_command_secret(scan, tool_rule, word->body, word->end);
      return;
    }
  }
}

// user:SECRET@host
void read_address(TextScan& scan, CommandWords& words) {
  constexpr int words_max = 4;
  for (int i = 0; i < words_max; ++i) {
    const auto word = words.next();
    if (!word) return;
    const std::string_view text = word->in(scan.text);
    const std::size_t at = text.rfind('@');
    const std::size_t colon = text.find(':');
    if (at == npos || colon >= at || text.find("://") != npos) continue;
    return report_command_secret(scan, tool_rule, word->body + colon + 1, word->body + at);
  }
}

// connect to db user name using SECRET
void read_using(TextScan& scan, CommandWords& words) {
  constexpr int words_max = 12;
  bool user = false;
  bool behind = false;
  for (int i = 0; i < words_max; ++i) {
    const auto word = words.next();
    if (!word) return;
    const std::string_view text = word->in(scan.text);
    if (behind) return report_command_secret(scan, tool_rule, word->body, word->end);
    behind = user && equals_folded(text, "using");
    user = user || equals_folded(text, "user");
  }
}

// .LOGON host/user,SECRET
void read_comma_word(TextScan& scan, CommandWords& words) {
  const auto word = words.next();
  if (!word) return;
  const std::string_view text = word->in(scan.text);
  const std::size_t comma = text.find(',');
  if (comma == npos) return;
  std::string_view rest = text.substr(comma + 1);
  rest = rest.substr(0, rest.find(','));
  while (rest.starts_with('"')) rest.remove_prefix(1);
  while (rest.ends_with('"')) rest.remove_suffix(1);
  const auto begin = static_cast<std::size_t>(rest.data() - scan.text.data());
  report_command_secret(scan, tool_rule, begin, begin + rest.size());
}

void read_named(TextScan& scan, CommandWords& words) {
  while (const auto word = words.next()) {
    const std::string_view name = word->in(scan.text);
    if (name.starts_with('-')) continue;
    const auto claim = claim_of_name(name);
    const auto value = words.next();
    if (!claim || name.find('=') != npos || !value) return;
    if (is_secret(value->in(scan.text), *claim))
      add_hit(scan.hits, tool_rule, value->body, value->end);
    return;
  }
}

void read_new_password(TextScan& scan, CommandWords& words) {
  bool behind = false;
  while (const auto word = words.next()) {
    if (behind) return report_command_secret(scan, tool_rule, word->body, word->end);
    behind = word->in(scan.text) == "password";
  }
}

void read_oracle(TextScan& scan, CommandWords& words) {
  constexpr int words_max = 8;
  for (int i = 0; i < words_max; ++i) {
    const auto word = words.next();
    if (!word) return;
    report_oracle_login(scan, *word);
  }
}

bool is_tool(std::string_view word) {
  if (word.empty()) return false;
  const Tool* tool = first_tool(word.front());
  while (tool != nullptr && !equals_folded(word, tool->name)) tool = next_tool(*tool);
  return tool != nullptr;
}

void read_options(TextScan& scan, const Tool& tool, CommandWords& words) {
  OptionReader options(scan, tool);
  while (const auto word = words.next()) {
    // A tool behind a tool has a command line of its own, which is read in its turn.
    if (!options.is_pending() && is_tool(word->in(scan.text))) return;
    if (!options.take(*word)) return;
  }
}

}  // namespace

void report_command_secret(TextScan& scan, const Rule& rule, std::size_t begin, std::size_t end) {
  std::string_view value = scan.text.substr(begin, end - begin);
  // $(mysql -psecret)
  if (value.ends_with(')') && value.find('(') == npos) value.remove_suffix(1);
  // `-pPASSWORD` says what to write there.
  for (const std::string_view word : {"PASSWORD"sv, "PASS"sv, "PWD"sv, "PASSWD"sv}) {
    if (value == word) return;
  }
  if (is_secret(value, Claim::certain)) add_hit(scan.hits, rule, begin, begin + value.size());
}

void read_command(TextScan& scan, const Tool& tool, std::size_t at) {
  CommandWords words(scan.text, at);
  switch (tool.takes) {
    case Takes::oracle:
      return read_oracle(scan, words);
    case Takes::place:
      return read_place(scan, tool.place, words);
    case Takes::htpasswd:
      return read_htpasswd(scan, words);
    case Takes::address:
      return read_address(scan, words);
    case Takes::using_word:
      return read_using(scan, words);
    case Takes::comma_word:
      return read_comma_word(scan, words);
    case Takes::named:
      return read_named(scan, words);
    case Takes::new_password:
      return read_new_password(scan, words);
    default:
      return read_options(scan, tool, words);
  }
}

}  // namespace studiosync
