#include "core/sanitizer/sql/client_lines.hpp"

#include <algorithm>

#include "core/sanitizer/sql/named_rules.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/text_words.hpp"
#include "core/sanitizer/sql/token_pattern.hpp"
#include "core/sanitizer/sql/word_set.hpp"
#include "core/sanitizer/sql/word_tables.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr WordSet tools{"connect"sv, "conn"sv,  "sqlplus"sv, "sqlldr"sv,
                        "expdp"sv,   "impdp"sv, "target"sv,  "userid"sv};

std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::size_t argument_end(std::string_view text, std::size_t at) noexcept {
  return std::min(text.find_first_of(" \t\r\n;'\"", at), text.size());
}

// -s, -L, -S: what stands before user/password on the command line.
std::size_t skip_switches(std::string_view text, std::size_t at) noexcept {
  at = skip_blanks(text, at);
  while (at < text.size() && text[at] == '-') at = skip_blanks(text, argument_end(text, at));
  return at;
}

std::size_t user_end(std::string_view text, std::size_t at) noexcept {
  if (at < text.size() && text[at] == '"') {
    const std::size_t quote = text.find_first_of("\"\n", at + 1);
    return quote == std::string_view::npos || text[quote] == '\n' ? at : quote + 1;
  }
  while (at < text.size() &&
         (is_word_char(text[at]) || "$#[].-"sv.find(text[at]) != std::string_view::npos)) {
    ++at;
  }
  return at;
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// user/password is followed by @database or ends the line: `connect read/write splitting` is prose.
bool ends_connect(std::string_view text, std::size_t at) noexcept {
  at = skip_blanks(text, at);
  if (at >= text.size() || "\r\n;@"sv.find(text[at]) != std::string_view::npos) return true;
  return starts_folded(text.substr(at), "as sys");
}

Range quoted_password(std::string_view text, std::size_t begin) noexcept {
  const std::size_t quote = text.find_first_of("\"\n", begin + 1);
  if (quote == std::string_view::npos || text[quote] == '\n') return {};
  return {begin + 1, quote};
}

Range bare_password(std::string_view text, std::size_t begin) noexcept {
  const std::size_t end = argument_end(text, begin);
  const std::size_t at = text.substr(begin, end - begin).rfind('@');
  const bool has_database = at != std::string_view::npos && at > 0;
  const Range range{begin, has_database ? begin + at : end};
  return ends_connect(text, range.end) ? range : Range{};
}

Range password_of_line(std::string_view text, std::size_t at) noexcept {
  at = skip_switches(text, at);
  // connect("user/password@database"), of drivers
  if (at + 1 < text.size() && text[at] == '(' && (text[at + 1] == '"' || text[at + 1] == '\'')) {
    at += 2;
  }
  if (at < text.size() && text[at] == '=') at = skip_blanks(text, at + 1);
  const std::size_t slash = user_end(text, at);
  if (slash == at || slash >= text.size() || text[slash] != '/') return {};
  const std::size_t begin = slash + 1;
  if (begin >= text.size() || is_space(text[begin])) return {};
  return text[begin] == '"' ? quoted_password(text, begin) : bare_password(text, begin);
}

// COPY FROM user/password@database TO user/password@database, of SQL*Plus
bool begins_copy(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  const std::string_view word = text.substr(begin, end - begin);
  if (!equals_folded(word, "from") && !equals_folded(word, "to")) return false;
  constexpr std::size_t bytes_max = 128;
  const std::string_view before =
      text.substr(begin - std::min(begin, bytes_max), std::min(begin, bytes_max));
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  return starts_folded(line.substr(skip_blanks(line, 0)), "copy ");
}

}  // namespace

void find_connect_lines(std::string_view text, SqlSink& sink) {
  // Between user and password.
  if (text.find('/') == std::string_view::npos) return;
  TextWords words(text);
  for (TextWord word = words.next(); !word.empty(); word = words.next()) {
    const bool begins = contains_folded(tools, text.substr(word.begin, word.end - word.begin)) ||
                        begins_copy(text, word.begin, word.end);
    if (!begins) continue;
    const Range range = password_of_line(text, word.end);
    const std::string_view password = text.substr(range.begin, range.end - range.begin);
    if (is_secret(password, Claim::certain)) {
      sink.hit(sql_rule::connect_line, range.begin, range.end, Replace::body);
    }
  }
}

void find_in_client_command(std::string_view text, const SqlToken& command, SqlSink& sink) {
  const std::string_view line = text.substr(0, command.end);
  std::size_t at = command.begin + 1;
  const std::size_t verb_end = text_word_end(line, at);
  if (!equals_folded(line.substr(at, verb_end - at), "set")) return;
  at = skip_blanks(line, verb_end);
  const std::size_t name_end = text_word_end(line, at);
  const auto claim = claim_of_name(line.substr(at, name_end - at));
  if (!claim) return;
  at = skip_blanks(line, name_end);
  std::size_t end = line.find_last_not_of(" \t\r\n") + 1;
  if (at < end && line[at] == '\'' && line[end - 1] == '\'' && end - at > 1) {
    ++at;
    --end;
  }
  if (at >= end || !is_secret(line.substr(at, end - at), *claim)) return;
  sink.hit(sql_rule::client_variable, at, end, Replace::body);
}

Position define_position(const Spot& spot) noexcept {
  static constexpr TokenPattern definition = "define * =";
  if (!ends_with_pattern(spot, definition)) return {};
  const auto claim = claim_of_token(spot.text(), spot.back(1));
  return claim ? Position{&sql_rule::client_variable, *claim} : Position{};
}

}  // namespace studiosync
