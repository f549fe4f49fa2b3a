#include "core/sanitizer/sql/sql_statements.hpp"

#include <algorithm>
#include <vector>

#include "core/sanitizer/sql/verbs.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

std::size_t word_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_word_char(text[at])) ++at;
  return at;
}

// At the start of a line, behind its bullet or prompt, or behind `;` and `:`.
bool follows_a_break(std::string_view text, std::size_t at) noexcept {
  while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == '`')) --at;
  return at == 0 || std::string_view("\n\r;:>-*#$").find(text[at - 1]) != npos;
}

// `db.auth(…)` and `connect to sales …` are no sentence.
bool reads_like_a_call(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  const std::string_view word = text.substr(begin, end - begin);
  if (equals_folded(word, "db")) return text.substr(end).starts_with('.');
  return equals_folded(word, "connect") && starts_folded(text.substr(end), " to ");
}

// cursor.execute("INSERT …"), conn.exec 'INSERT …': the statement stands in the text behind it.
bool is_called(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  if (begin > 0 && text[begin - 1] == '.') return true;
  const bool opens = end < text.size() && text[end] == '(';
  return opens && !equals_folded(text.substr(begin, end - begin), "select");
}

bool begins_statement(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  if (is_called(text, begin, end)) return false;
  const std::string_view word = text.substr(begin, end - begin);
  switch (opening_of(word)) {
    case Opening::strong:
      return true;
    case Opening::weak:
      return follows_a_break(text, begin) || reads_like_a_call(text, begin, end) ||
             std::all_of(word.begin(), word.end(), is_upper);
    case Opening::none:
      break;
  }
  return false;
}

// The next word from which a statement may go; npos when there is none.
std::size_t next_statement(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    if (!is_word_char(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = word_end(text, at);
    if (begins_statement(text, at, end)) return at;
    at = end;
  }
  return npos;
}

// The next line whose first word can begin a statement; npos when there is none.
std::size_t next_line(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    std::size_t begin = at;
    while (begin < text.size() && (is_blank(text[begin]) || text[begin] == '>')) ++begin;
    const std::string_view word = text.substr(begin, word_end(text, begin) - begin);
    if (opening_of(word) != Opening::none) return begin;
    at = std::min(text.find('\n', begin), text.size() - 1) + 1;
  }
  return npos;
}

class StatementReader {
 public:
  StatementReader(SqlScanner::Mode mode, SqlSink& sink) : scanner_(mode, sink) {}

  // From `begin` to the end of `text`.
  void read(std::string_view text, std::size_t begin) {
    scanner_.trust();
    read_all(text, next_statement(text, begin));
    if (scanner_.is_in_doubt()) read_lines(text, begin);
  }

 private:
  // Each up to the next one: what is read twice is read twice only.
  void read_lines(std::string_view text, std::size_t begin) {
    begin = next_line(text, begin);
    while (begin != npos) {
      const std::size_t line_end = std::min(text.find('\n', begin), text.size() - 1) + 1;
      const std::size_t next = next_line(text, line_end);
      read_all(text.substr(0, next), begin);
      begin = next;
    }
  }

  void read_all(std::string_view text, std::size_t begin) {
    if (begin == npos) return;
    const SqlReadings readings = readings_of(text.substr(begin));
    for (std::size_t i = 0; i < readings.size(); ++i) read_as(text, begin, readings, i);
  }

  // The reading decides where a statement ends.
  void read_as(std::string_view text, std::size_t begin, const SqlReadings& readings,
               std::size_t index) {
    std::vector<TokenFollower> earlier;
    for (std::size_t i = 0; i < index; ++i) earlier.emplace_back(text, readings[i], begin);
    while (begin != npos) {
      begin = next_statement(text, scanner_.read(text, begin, readings[index], earlier));
    }
  }

  SqlScanner scanner_;
};

bool is_blank_line(std::string_view text, std::size_t line) noexcept {
  while (line < text.size() && (is_blank(text[line]) || text[line] == '\r')) ++line;
  return line >= text.size() || text[line] == '\n';
}

// Where a block of code that began with a fence ends.
std::size_t fence_end(std::string_view text, std::size_t begin) noexcept {
  return std::min(text.find("\n```", begin), text.size());
}

// Where the paragraph ends: at an empty line or a line with a code fence.
std::size_t paragraph_end(std::string_view text, std::size_t begin) noexcept {
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '\n' && is_blank_line(text, at + 1)) return at;
    if (text[at] == '\n' && text.substr(at + 1).starts_with("```")) return at;
  }
  return text.size();
}

}  // namespace

void find_statements(std::string_view text, SqlScanner::Mode mode, SqlSink& sink) {
  // A reader takes some time to set up, and most strings hold no statement.
  if (next_statement(text, 0) == npos) return;
  StatementReader reader(mode, sink);
  if (mode != SqlScanner::Mode::prose) return reader.read(text, 0);
  bool fenced = text.starts_with("```");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = fenced ? fence_end(text, at) : paragraph_end(text, at);
    reader.read(text.substr(0, end), at);
    at = end + 1;
    if (text.substr(std::min(at, text.size())).starts_with("```")) fenced = !fenced;
  }
}

}  // namespace studiosync
