#include "client/store/search_query.hpp"

#include "core/base/json.hpp"

namespace studiosync::client {

namespace {

// FTS5 reads its query up to the first NUL.
constexpr std::string_view separators{" \t\r\n\v\f\0", 7};

void append_quoted(std::string& out, std::string_view word) {
  out += '"';
  for (const char c : word) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string search_query(std::string_view text) {
  std::string query;
  if (!valid_utf8(text)) return query;
  std::size_t begin = text.find_first_not_of(separators);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    if (!query.empty()) query += ' ';
    append_quoted(query, text.substr(begin, end - begin));
    begin = text.find_first_not_of(separators, end);
  }
  if (!query.empty()) query += " *";
  return query;
}

}  // namespace studiosync::client
