#include "core/sanitizer/sql/statement_begin.hpp"

#include <algorithm>

#include "core/sanitizer/sql/text_words.hpp"
#include "core/sanitizer/sql/verbs.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

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
  const std::string_view word = text.substr(begin, end - begin);
  const Opening opening = opening_of(word);
  if (opening == Opening::none || is_called(text, begin, end)) return false;
  return opening == Opening::strong || follows_a_break(text, begin) ||
         reads_like_a_call(text, begin, end) || std::all_of(word.begin(), word.end(), is_upper);
}

}  // namespace

std::size_t next_statement(std::string_view text, std::size_t at) noexcept {
  TextWords words(text, at);
  TextWord word = words.next();
  while (!word.empty() && !begins_statement(text, word.begin, word.end)) word = words.next();
  return word.empty() ? npos : word.begin;
}

std::size_t next_statement_line(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    std::size_t begin = at;
    while (begin < text.size() && (is_blank(text[begin]) || text[begin] == '>')) ++begin;
    const std::string_view word = text.substr(begin, text_word_end(text, begin) - begin);
    if (opening_of(word) != Opening::none) return begin;
    at = std::min(text.find('\n', begin), text.size() - 1) + 1;
  }
  return npos;
}

}  // namespace studiosync
