#include <algorithm>

#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

namespace {

// Longest first. None holds what another dialect takes for the opener of a comment.
constexpr std::string_view long_operators[] = {
    "!~~*", "!~*", "->>", "<=>", "<->", "~~*", "!~~", "**=", "...", "||", "<>", "<=",
    ">=",   "!=",  "=>",  "->",  "==",  "<<",  ">>",  "<~",  "^=",  "!~", "!<", "!>",
    "..",   "+=",  "*=",  "|=",  "**",  "~~",  "@>",  "&&",  "::",  ":=", "&=", "%=",
};

constexpr std::size_t name_bytes_max = 128;

bool begins_name(char byte) noexcept {
  return lead(byte) == Lead::word || lead(byte) == Lead::high;
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  while ((at = word_end(text, at)) < text.size() && lead(text[at]) == Lead::high &&
         wide_space_bytes(text, at) == 0) {
    ++at;
  }
  return at;
}

// The end of a template's inside: words, dots, commas, spaces; nothing that could be a literal.
std::size_t template_end(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view others = " .,=_-";
  const std::size_t limit = std::min(text.size(), at + name_bytes_max);
  while (at < limit &&
         (continues_word(text[at]) || others.find(text[at]) != std::string_view::npos))
    ++at;
  return at;
}

// The parameter that `closer` ends, or nothing: 0.
std::size_t closed_by(std::string_view text, std::size_t at, std::string_view closer) noexcept {
  return text.substr(at).starts_with(closer) ? at + closer.size() : 0;
}

// ${name} and #{name}
std::size_t braced_end(std::string_view text, std::size_t begin) noexcept {
  if (byte_at(text, begin + 1) != '{' || !begins_name(byte_at(text, begin + 2))) return 0;
  return closed_by(text, template_end(text, begin + 2), "}");
}

std::size_t numbered_end(std::string_view text, std::size_t at) noexcept {
  while (is_digit(byte_at(text, at))) ++at;
  return at;
}

// :name, :1
std::size_t colon_end(std::string_view text, std::size_t begin) noexcept {
  const char next = byte_at(text, begin + 1);
  if (is_digit(next)) return numbered_end(text, begin + 1);
  return begins_name(next) ? name_end(text, begin + 1) : 0;
}

// @name, @@name, &name, &&name
std::size_t doubled_sigil_end(std::string_view text, std::size_t begin) noexcept {
  const std::size_t name = begin + (byte_at(text, begin + 1) == text[begin] ? 2 : 1);
  return begins_name(byte_at(text, name)) ? name_end(text, name) : 0;
}

// $1, $name, ${name}
std::size_t dollar_end(std::string_view text, std::size_t begin) noexcept {
  const char next = byte_at(text, begin + 1);
  if (is_digit(next)) return numbered_end(text, begin + 1);
  return begins_name(next) ? name_end(text, begin + 1) : braced_end(text, begin);
}

// %s, %(name)s
std::size_t percent_end(std::string_view text, std::size_t begin) noexcept {
  const char next = byte_at(text, begin + 1);
  if (next == 's' && word_end(text, begin + 1) == begin + 2) return begin + 2;
  if (next != '(' || !begins_name(byte_at(text, begin + 2))) return 0;
  return closed_by(text, template_end(text, begin + 2), ")s");
}

// ?, ??, ?1
std::size_t question_end(std::string_view text, std::size_t begin) noexcept {
  return byte_at(text, begin + 1) == '?' ? begin + 2 : numbered_end(text, begin + 1);
}

std::size_t parameter_end(std::string_view text, std::size_t begin) noexcept {
  switch (text[begin]) {
    case ':':
      return colon_end(text, begin);
    case '$':
      return dollar_end(text, begin);
    case '%':
      return percent_end(text, begin);
    case '?':
      return question_end(text, begin);
    case '#':
      return braced_end(text, begin);
    default:
      return doubled_sigil_end(text, begin);
  }
}

// {name:Type}. Types begin with a capital: {pwd:secret} is an object of MongoDB's shell.
std::size_t typed_parameter_end(std::string_view text, std::size_t begin) noexcept {
  const std::size_t colon = word_end(text, begin + 1);
  const char type = byte_at(text, colon + 1);
  if (byte_at(text, colon) != ':' || type < 'A' || type > 'Z') return 0;
  constexpr std::string_view others = "(), ";
  const std::size_t limit = std::min(text.size(), colon + name_bytes_max);
  std::size_t at = colon + 1;
  while (at < limit &&
         (continues_word(text[at]) || others.find(text[at]) != std::string_view::npos))
    ++at;
  return closed_by(text, at, "}");
}

// ## #> #>> #-, of PostgreSQL; #temp and ##temp are words.
SqlToken read_hash(std::string_view text, std::size_t begin) noexcept {
  const std::size_t name = begin + (byte_at(text, begin + 1) == '#' ? 2 : 1);
  if (begins_name(byte_at(text, name))) {
    return plain_token(SqlTokenKind::word, begin, name_end(text, name));
  }
  std::size_t end = begin + 1;
  if (byte_at(text, end) == '>') end += byte_at(text, end + 1) == '>' ? 2 : 1;
  return plain_token(SqlTokenKind::punctuation, begin, end);
}

}  // namespace

std::size_t operator_bytes(std::string_view text, std::size_t begin) noexcept {
  // Most operators are one byte, and what follows them says so.
  const Lead next = lead(byte_at(text, begin + 1));
  const bool may_go_on = next == Lead::operator_ || next == Lead::sigil || next == Lead::joiner ||
                         next == Lead::comment;
  if (!may_go_on) return 1;
  const std::string_view rest = text.substr(begin);
  for (const std::string_view candidate : long_operators) {
    // Two bytes tell most apart.
    const bool alike = candidate[0] == rest[0] && candidate[1] == rest[1];
    if (alike && rest.starts_with(candidate)) return candidate.size();
  }
  return 1;
}

SqlToken read_sigil(std::string_view text, std::size_t begin) noexcept {
  if (const std::size_t end = parameter_end(text, begin); end != 0) {
    return plain_token(SqlTokenKind::parameter, begin, end);
  }
  if (text[begin] == '#') return read_hash(text, begin);
  return plain_token(SqlTokenKind::punctuation, begin, begin + operator_bytes(text, begin));
}

SqlToken read_brace(std::string_view text, std::size_t begin) noexcept {
  std::size_t end = typed_parameter_end(text, begin);
  if (byte_at(text, begin + 1) == '{') {
    end = closed_by(text, template_end(text, begin + 2), "}}");
  }
  const bool parameter = end != 0;
  return plain_token(parameter ? SqlTokenKind::parameter : SqlTokenKind::punctuation, begin,
                     parameter ? end : begin + 1);
}

}  // namespace studiosync
