// What holds of the lexer for any bytes whatever; the property tests and the fuzzer hold it to it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/sanitizer/sql/lexed.hpp"
#include "tests/core/sanitizer/sql/readings.hpp"

namespace studiosync {

inline bool is_white(std::string_view gap) {
  constexpr std::string_view wide[] = {
      "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
      "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u200b",
      "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff",
  };
  while (!gap.empty()) {
    std::size_t bytes = static_cast<unsigned char>(gap[0]) <= ' ' ? 1 : 0;
    for (const std::string_view space : wide) {
      if (gap.starts_with(space)) bytes = space.size();
    }
    if (bytes == 0) return false;
    gap.remove_prefix(bytes);
  }
  return true;
}

// The law that a token breaks which follows one that ends at `previous_end`; empty when none.
inline std::string_view broken_by(std::string_view text, std::size_t previous_end,
                                  const SqlToken& token) {
  if (token.begin < previous_end) return "tokens overlap";
  if (token.end <= token.begin) return "a token is empty";
  if (token.end > text.size()) return "a token passes the end";
  if (!is_white(text.substr(previous_end, token.begin - previous_end))) return "bytes are lost";
  if (token.body_begin < token.begin || token.body_end > token.end)
    return "a body leaves its token";
  if (token.body_end < token.body_begin) return "a body is negative";
  if (!token.closed && token.end != text.size()) return "an open token ends early";
  return {};
}

// The law of the lexer that `text` breaks under `reading`; empty when none.
inline std::string_view broken_law(std::string_view text, const SqlReading& reading) {
  std::size_t end = 0;
  for (const SqlToken& token : lex(text, reading)) {
    const std::string_view broken = broken_by(text, end, token);
    if (!broken.empty()) return broken;
    end = token.end;
  }
  return is_white(text.substr(end)) ? std::string_view{} : "bytes are lost at the end";
}

// The same for what is said of two readings that take a text apart into these tokens.
inline std::string_view broken_by(bool differ, bool may_differ) {
  if (differ == may_differ) return {};
  return differ ? "a difference is overlooked" : "a difference is imagined";
}

// The same for the readings of a text that can be taken apart in these ways.
inline std::string_view broken_by(std::string_view text,
                                  std::vector<std::vector<SqlToken>> distinct) {
  const std::vector<SqlReading> readings = readings_of(text);
  if (!(readings[0] == SqlReading::standard())) return "the standard reading is not the first";
  for (std::size_t at = 0; at < readings.size(); ++at) {
    if (std::erase(distinct, lex(text, readings[at])) != 1) return "a reading comes twice";
  }
  return distinct.empty() ? std::string_view{} : "a reading is missing";
}

// The law that `text` breaks under any of the readings, or between them.
inline std::string_view broken_law(std::string_view text) {
  std::vector<std::vector<SqlToken>> tokens;
  std::vector<std::vector<SqlToken>> distinct;
  for (const SqlReading* reading : dialects()) {
    const std::string_view broken = broken_law(text, *reading);
    if (!broken.empty()) return broken;
    tokens.push_back(lex(text, *reading));
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const std::string_view untrue =
          broken_by(tokens[at] != tokens.back(), may_differ(text, *dialects()[at], *reading));
      if (!untrue.empty()) return untrue;
    }
    const bool known = std::find(distinct.begin(), distinct.end(), tokens.back()) != distinct.end();
    if (!known) distinct.push_back(tokens.back());
  }
  return broken_by(text, std::move(distinct));
}

}  // namespace studiosync
