#include "core/sanitizer/sql/sql_rules.hpp"

#include <algorithm>
#include <vector>

#include "core/sanitizer/sql/client_lines.hpp"
#include "core/sanitizer/sql/local_clauses.hpp"
#include "core/sanitizer/sql/sql_scanner.hpp"
#include "core/sanitizer/sql/sql_statements.hpp"
#include "core/sanitizer/sql/sql_stretch.hpp"
#include "core/sanitizer/sql/sql_windows.hpp"

namespace studiosync {
namespace {

void read_stretch(std::string_view text, const SqlStretch& stretch, SqlScanner& scanner) {
  const std::string_view upto = text.substr(0, stretch.end);
  for (std::size_t i = 0; i < stretch.readings.size(); ++i) {
    std::vector<TokenFollower> earlier{{upto, SqlReading::standard(), stretch.begin}};
    for (std::size_t j = 0; j < i; ++j) {
      earlier.emplace_back(upto, stretch.readings[j], stretch.begin);
    }
    scanner.read(upto, stretch.begin, stretch.readings[i], earlier);
  }
}

bool holds_one_of(std::span<const std::uint32_t> places, const SqlStretch& stretch) {
  const auto first = std::lower_bound(places.begin(), places.end(), stretch.begin);
  return first != places.end() && *first < stretch.end;
}

// Where quotes do not match, the text is read again without their surroundings.
void settle_doubt(std::string_view text, const SqlScanner& scanner, SqlSink& sink) {
  if (!scanner.is_in_doubt()) return;
  find_statements(text, SqlScanner::Mode::island, sink);
  find_local_clauses(text, sink);
}

}  // namespace

void find_in_sql(std::string_view text, SqlSink& sink) {
  SqlScanner scanner(SqlScanner::Mode::sql, sink);
  scanner.read(text, 0, SqlReading::standard(), {});
  SqlStretches stretches(text);
  while (const auto stretch = stretches.next()) read_stretch(text, *stretch, scanner);
  settle_doubt(text, scanner, sink);
  find_connect_lines(text, 0, sink);
}

void find_in_sql(std::string_view text, std::span<const std::uint32_t> places, SqlSink& sink) {
  const auto windows = windows_of(text, places);
  if (!windows) return find_in_sql(text, sink);
  SqlScanner scanner(SqlScanner::Mode::sql, sink);
  for (const SqlWindow& window : *windows) {
    const std::string_view upto = text.substr(0, window.end);
    scanner.read(upto, window.begin, SqlReading::standard(), {});
    find_connect_lines(upto, window.begin, sink);
  }
  SqlStretches stretches(text);
  while (const auto stretch = stretches.next()) {
    if (holds_one_of(places, *stretch)) read_stretch(text, *stretch, scanner);
  }
  settle_doubt(text, scanner, sink);
}

}  // namespace studiosync
