#include "core/sanitizer/text/commands.hpp"

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

bool ends_command(char c) {
  return c == '\n' || c == '\r' || c == '|' || c == ';' || c == '&' || c == '`';
}

}  // namespace

// An escaped quote or line's end: the command stands in a string, which is over.
bool CommandWords::ends_string(std::size_t at) const noexcept {
  return at < text_.size() && "n\"'"_bytes.has(text_[at]);
}

// `run "mysql -psecret" now`: a quote behind which no word goes on closed what the command stands
// in.
bool CommandWords::closes_string(std::size_t quote) const noexcept {
  const std::size_t next = quote + 1;
  return next >= text_.size() || is_space(text_[next]) || ",.;:)]}"_bytes.has(text_[next]);
}

// False at the command's end.
bool CommandWords::skip_blanks() noexcept {
  while (at_ < text_.size()) {
    const std::string_view rest = text_.substr(at_);
    if (is_blank(rest.front()))
      ++at_;
    else if (rest.starts_with("\\\n") || rest.starts_with("^\n"))
      at_ += 2;
    else if (rest.starts_with("\\\r\n") || rest.starts_with("^\r\n"))
      at_ += 3;
    else
      break;
  }
  return at_ < text_.size() && !ends_command(text_[at_]);
}

// Where the word that begins at `at_` ends; `quote` is the one that is left open there.
std::size_t CommandWords::word_end(char& quote) noexcept {
  const bool path = text_[at_] == '\\';
  for (std::size_t i = at_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '\n' || (quote != 0 && c == quote)) return i;
    if (quote != 0) continue;
    if (is_space(c) || ends_command(c) || (c == '\\' && !path && ends_string(i + 1))) return i;
    if (c != '"' && c != '\'') continue;
    if (closes_string(i)) {
      text_ = text_.substr(0, i);
      return i;
    }
    quote = c;
  }
  return text_.size();
}

bool CommandWords::is_array_at(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return false;
  const std::size_t comma = find_first_not_of(text, " \t"_bytes, at + 1);
  return comma != std::string_view::npos && text[comma] == ',';
}

std::optional<CommandWord> CommandWords::next_element() noexcept {
  const char quote = text_[at_];
  std::size_t begin = at_ + 1;
  while (begin < text_.size() && (is_space(text_[begin]) || text_[begin] == ',')) ++begin;
  if (begin >= text_.size() || text_[begin] != quote) return {};
  const std::size_t end = text_.find(quote, begin + 1);
  if (end == std::string_view::npos) return {};
  at_ = end;
  return CommandWord{begin, begin + 1, end, end + 1};
}

std::optional<CommandWord> CommandWords::next() noexcept {
  if (array_) return next_element();
  if (!skip_blanks()) return {};
  char quote = 0;
  const std::size_t end = word_end(quote);
  CommandWord word{at_, at_, end, end};
  if (quote != 0 && text_[at_] == quote) ++word.body;
  if (quote != 0 && end < text_.size() && text_[end] == quote) ++word.after;
  if (word.body > word.end || word.after == at_) return {};
  at_ = word.after;
  return word;
}

}  // namespace studiosync
