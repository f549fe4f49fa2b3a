#include "core/sanitizer/sql/sql_statements.hpp"

#include <algorithm>

#include "core/sanitizer/sql/statement_begin.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

// Each line up to the next one: what is read twice is read twice only.
void read_lines(std::string_view text, std::size_t begin, SqlReader& reader) {
  begin = next_statement_line(text, begin);
  while (begin != npos) {
    const std::size_t line_end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::size_t next = next_statement_line(text, line_end);
    reader.read_statements(text.substr(0, next), begin);
    begin = next;
  }
}

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

void read_statements(std::string_view text, std::size_t begin, SqlReader& reader) {
  reader.trust();
  reader.read_statements(text, next_statement(text, begin));
  if (reader.is_in_doubt()) read_lines(text, begin, reader);
}

void find_statements_in_prose(std::string_view text, SqlSink& sink) {
  // A reader takes some time to set up, and most strings hold no statement.
  if (next_statement(text, 0) == npos) return;
  SqlReader reader(SqlScanner::Mode::prose, sink);
  bool fenced = text.starts_with("```");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = fenced ? fence_end(text, at) : paragraph_end(text, at);
    read_statements(text.substr(0, end), at, reader);
    at = end + 1;
    if (text.substr(std::min(at, text.size())).starts_with("```")) fenced = !fenced;
  }
}

}  // namespace studiosync
