#include "core/sanitizer/text/redis.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/sanitizer/text/bare_value.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t line_bytes_max = 512;

constexpr Rule redis_rule{
    .id = "text.redis_command",
    .title = "Password in a command of Redis",
    .why =
        "AUTH, HELLO and MIGRATE log in with it, ACL SETUSER grants it behind a > and its "
        "digest behind a #, sentinels are told it by auth-pass.",
    .example = "ACL SETUSER app on >Wq7-hT2p ~* +@all"};

// The words of one line, without the quotes around them.
class LineWords {
 public:
  LineWords(std::string_view text, std::size_t at) : text_(text), at_(at) {
    end_ = std::min(text.size(), at + line_bytes_max);
  }

  std::optional<Extent> next() {
    while (at_ < end_ && is_blank(text_[at_])) ++at_;
    if (at_ >= end_ || "\r\n"_bytes.has(text_[at_])) return {};
    const auto quoted = read_quoted(text_, at_);
    if (quoted && quoted->closed && quoted->after <= end_) {
      at_ = quoted->after;
      return Extent{quoted->begin, quoted->end};
    }
    const std::size_t begin = at_;
    while (at_ < end_ && !"\"`; \t\r\n"_bytes.has(text_[at_])) ++at_;
    if (at_ == begin) return {};
    return Extent{begin, at_};
  }

  std::size_t at() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
};

bool begins_command(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 || "\n\"'`>"_bytes.has(text[at - 1]);
}

// The line in front of `at`, as far as it matters.
std::string_view line_before(std::string_view text, std::size_t at) {
  constexpr std::size_t command_bytes_max = 160;
  const std::size_t window = std::min(at, command_bytes_max);
  const std::string_view before = text.substr(at - window, window);
  const std::size_t newline = before.rfind('\n');
  return before.substr(newline == npos ? 0 : newline + 1);
}

// redis-cli -h host AUTH user password
bool is_of_client(std::string_view text, std::size_t at) {
  const std::string_view line = line_before(text, at);
  return line.find("redis-cli ") != npos || line.find("valkey-cli ") != npos;
}

// HELLO 3 AUTH user password
bool is_hello(std::string_view text, std::size_t at) {
  constexpr std::string_view command = "hello 3 ";
  return at >= command.size() &&
         equals_folded(text.substr(at - command.size(), command.size()), command);
}

// MIGRATE host port key db timeout AUTH password
bool is_migrate(std::string_view text, std::size_t at) {
  // A timeout, COPY or REPLACE.
  const std::size_t blank = std::min<std::size_t>(at, 2);
  if (blank < 2 || !"0123456789yeYE"_bytes.has(text[at - blank])) return false;
  return starts_folded(line_before(text, at), "migrate ");
}

// `auth method1` is no command of Redis, whose manual writes AUTH.
bool is_generated(std::string_view word) {
  return looks_random(word) && std::any_of(word.begin(), word.end(), is_upper);
}

void judge(TextScan& scan, const std::optional<Extent>& value, bool is_sure) {
  if (!value) return;
  const std::string_view password = scan.text.substr(value->begin, value->end - value->begin);
  if ((is_sure ? stands_out(password) : is_generated(password)) &&
      is_secret(password, Claim::named))
    add_hit(scan.hits, redis_rule, value->begin, value->end);
}

// Of two words the first is the user. A command of its own has no third.
void recognize_auth(TextScan& scan, std::size_t at) {
  const bool with_user = starts_folded(scan.text.substr(at), "auth2");
  LineWords words(scan.text, at + (with_user ? "auth2"sv.size() : "auth"sv.size()));
  const bool begins = begins_command(scan.text, at);
  if (!begins && (is_hello(scan.text, at) || is_migrate(scan.text, at))) {
    const auto first = words.next();
    return judge(scan, with_user || is_hello(scan.text, at) ? words.next() : first, true);
  }
  const bool of_client = !begins && is_of_client(scan.text, at);
  if (!begins && !of_client) return;
  const auto first = words.next();
  const auto second = words.next();
  const bool is_sure = of_client || is_upper(scan.text[at]);
  if (!words.next()) judge(scan, second ? second : first, is_sure);
}

// The words of a line that ends with `sentinel` or `sentinel set …`, from that word on; 0 when it
// does neither.
std::size_t words_since_sentinel(std::string_view line) {
  std::size_t count = 0;
  bool set = false;
  while (!line.empty()) {
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    std::size_t begin = line.size();
    while (begin > 0 && !"\"'`> \t"_bytes.has(line[begin - 1])) --begin;
    if (begin == line.size()) return 0;
    ++count;
    if (equals_folded(line.substr(begin), "sentinel")) return count == 1 || set ? count : 0;
    set = equals_folded(line.substr(begin), "set");
    line = line.substr(0, begin);
  }
  return 0;
}

// `sentinel auth-pass master password` of its settings, where the line ends; SENTINEL SET master
// auth-pass password of its commands, where other settings may follow.
void recognize_auth_pass(TextScan& scan, std::size_t at) {
  const std::size_t before = words_since_sentinel(line_before(scan.text, at));
  if (before == 0) return;
  const bool of_sentinel = starts_folded(scan.text.substr(at), "sentinel-pass");
  LineWords words(scan.text, at + (of_sentinel ? "sentinel-pass"sv : "auth-pass"sv).size());
  const bool named = before == 1 && !of_sentinel;
  const auto master = named ? words.next() : std::nullopt;
  const auto value = words.next();
  if (!value || (named && !master) || (before == 1 && words.next())) return;
  const std::string_view password = scan.text.substr(value->begin, value->end - value->begin);
  if (is_secret(password, Claim::named)) add_hit(scan.hits, redis_rule, value->begin, value->end);
}

// ACL SETUSER name on >password #digest ~keys +command
void recognize_acl(TextScan& scan, std::size_t at) {
  if (at < scan.line_end) return;
  LineWords words(scan.text, at + "acl setuser"sv.size());
  if (!words.next()) return;
  while (const auto word = words.next()) {
    const std::string_view text = scan.text.substr(word->begin, word->end - word->begin);
    if (text.size() < 2 || !">#<!"_bytes.has(text.front())) continue;
    if (is_secret(text.substr(1), Claim::certain))
      add_hit(scan.hits, redis_rule, word->begin + 1, word->end);
  }
  scan.line_end = words.at();
}

constexpr std::array anchors{Anchor{"auth ", recognize_auth, true, true},
                             Anchor{"auth2 ", recognize_auth, true, true},
                             Anchor{"auth-pass ", recognize_auth_pass, true, true},
                             Anchor{"sentinel-pass ", recognize_auth_pass, true, true},
                             Anchor{"acl setuser ", recognize_acl, true, true}};
constexpr std::array rules{&redis_rule};

}  // namespace

std::span<const Anchor> redis_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> redis_rules() noexcept {
  return rules;
}

}  // namespace studiosync
