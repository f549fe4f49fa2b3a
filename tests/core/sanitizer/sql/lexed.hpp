// Lexed SQL as lines that a test can compare, and random texts that provoke a lexer.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

inline std::vector<SqlToken> lex(std::string_view text, const SqlReading& reading) {
  SqlLexer lexer(text, reading);
  std::vector<SqlToken> tokens;
  for (SqlToken token = lexer.next(); token.kind != SqlTokenKind::end; token = lexer.next()) {
    tokens.push_back(token);
  }
  return tokens;
}

inline std::string_view bytes_of(std::string_view text, const SqlToken& token) {
  return text.substr(token.begin, token.end - token.begin);
}

inline std::string_view body_of(std::string_view text, const SqlToken& token) {
  return text.substr(token.body_begin, token.body_end - token.body_begin);
}

// `word:select text:'a'`
inline std::string lexed(std::string_view text, const SqlReading& reading) {
  constexpr std::array<std::string_view, 10> kinds = {
      "word", "name", "text", "number", "param", "op", "comment", "executed", "command", "end"};
  std::string line;
  for (const SqlToken& token : lex(text, reading)) {
    if (!line.empty()) line += ' ';
    line.append(kinds[static_cast<std::size_t>(token.kind)]);
    line.append(token.closed ? ":" : "!").append(bytes_of(text, token));
  }
  return line;
}

inline std::array<const SqlReading*, 8> dialects() {
  return {&SqlReading::standard(),   &SqlReading::mysql(),   &SqlReading::sql_server(),
          &SqlReading::oracle(),     &SqlReading::sqlite(),  &SqlReading::snowflake(),
          &SqlReading::clickhouse(), &SqlReading::bigquery()};
}

// Texts made of the pieces on which readings part; a seed, a text.
inline std::string provoking_text(Random& random) {
  constexpr std::string_view pieces[] = {
      "'",
      "'",
      "\"",
      "\"",
      "`",
      "[",
      "]",
      "\\",
      "#",
      "-",
      "--",
      "/",
      "*",
      "/*",
      "*/",
      "!",
      "$",
      "$$",
      "$a$",
      "q",
      "Q'[",
      "E",
      "r",
      "b",
      "n",
      "(",
      ")",
      "a",
      " ",
      "\n",
      ":",
      "@",
      "&",
      "U&'",
      "M!",
      "'''",
      "\"\"\"",
      "1",
      ".",
      "x'",
      "\xe2\x80\x98",
      "\xe2\x80\x99",
      "\xc2\xa0",
      "\xc3\xa9",
      "{",
      "}",
      "?",
      "%",
      ";",
      "//",
      "\nREM ",
      "pro ",
      "-- ",
      "/*!",
      "\xe2",
      std::string_view("\0", 1),
  };
  std::string text;
  for (std::uint64_t left = random.below(48); left > 0; --left) {
    text += pieces[random.below(std::size(pieces))];
  }
  return text;
}

}  // namespace studiosync
