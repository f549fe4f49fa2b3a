// Any text, as SQL and as prose: what the sanitizer lets out is clean, for itself and for the
// validator, and outside of the redactions SQL keeps its tokens.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "tests/core/sanitizer/sql/readings.hpp"

namespace studiosync {
namespace {

struct Range {
  std::size_t begin;
  std::size_t end;
};

// Where the marks stand in the redacted text.
std::vector<Range> marks_of(const std::string& text, const std::string& redacted,
                            const Hits& hits) {
  std::vector<Range> marks;
  std::size_t shift_begin = 0;
  std::size_t at = 0;
  for (const Hit& hit : hits) {
    at += hit.begin - shift_begin;
    // The text behind the hit is the same again: what lies between is the mark.
    Hits alone{hit};
    const std::size_t size = redact(text, alone).size() + hit.size - text.size();
    marks.push_back({at, at + size});
    at += size;
    shift_begin = hit.end();
  }
  SS_CHECK(at + (text.size() - shift_begin) == redacted.size());
  return marks;
}

// The tokens that no range touches.
std::vector<std::string> untouched(std::string_view text, const std::vector<Range>& ranges) {
  std::vector<std::string> tokens;
  SqlLexer lexer(text, SqlReading::standard());
  std::size_t next = 0;
  for (SqlToken token = lexer.next(); token.kind != SqlTokenKind::end; token = lexer.next()) {
    while (next < ranges.size() && ranges[next].end <= token.begin) ++next;
    if (next < ranges.size() && ranges[next].begin < token.end) continue;
    tokens.push_back(std::to_string(static_cast<int>(token.kind)) + " " +
                     std::string(text.substr(token.begin, token.end - token.begin)));
  }
  return tokens;
}

// Whether every redaction stays inside of a literal or a comment, or replaces a bare token. A URI
// or a key that stands in the open is no SQL, and has no tokens to keep.
bool is_inside_of_tokens(std::string_view text, const Hits& hits) {
  SqlLexer lexer(text, SqlReading::standard());
  SqlToken token = lexer.next();
  for (const Hit& hit : hits) {
    while (token.kind != SqlTokenKind::end && token.end < hit.end()) token = lexer.next();
    const bool inside = token.body_begin <= hit.begin && hit.end() <= token.body_end;
    const bool literal = token.kind == SqlTokenKind::text || token.kind == SqlTokenKind::name ||
                         token.kind == SqlTokenKind::comment;
    if (hit.replace == Replace::body && !(inside && literal && token.closed)) return false;
  }
  return true;
}

// Quotes that do not match leave open what is a literal and what is not.
bool is_well_formed(std::string_view text) {
  SqlLexer lexer(text, SqlReading::standard());
  for (SqlToken token = lexer.next(); token.kind != SqlTokenKind::end; token = lexer.next()) {
    if (!token.closed) return false;
  }
  return readings_of(text).size() == 1;
}

void keeps_tokens(const std::string& text) {
  const Hits hits = scan(text, TextAs::sql);
  if (hits.empty() || !is_well_formed(text)) return;
  if (!is_inside_of_tokens(text, hits)) return;
  const std::string redacted = redact(text, hits);
  std::vector<Range> ranges;
  for (const Hit& hit : hits) ranges.push_back({hit.begin, hit.end()});
  SS_CHECK(untouched(text, ranges) == untouched(redacted, marks_of(text, redacted, hits)));
}

void is_clean_when_cleaned(const std::string& text, TextAs as) {
  const auto cleaned = clean_text(text, as);
  if (!cleaned) return;
  SS_CHECK(!clean_text(cleaned->text, as));
  // Text on the wire is UTF-8; the validator sees nothing else.
  if (valid_utf8(text)) SS_CHECK(check_clean(Json(cleaned->text).canonical()).has_value());
}

}  // namespace
}  // namespace studiosync

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  studiosync::is_clean_when_cleaned(text, studiosync::TextAs::sql);
  studiosync::is_clean_when_cleaned(text, studiosync::TextAs::text);
  studiosync::keeps_tokens(text);
  return 0;
}
