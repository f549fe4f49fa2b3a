#include "core/sanitizer/sql/sql_rules.hpp"

#include "core/sanitizer/sql/client_lines.hpp"
#include "core/sanitizer/sql/local_clauses.hpp"
#include "core/sanitizer/sql/sql_reader.hpp"
#include "core/sanitizer/sql/sql_statements.hpp"

namespace studiosync {
namespace {

// Where quotes do not match, the text is read again without their surroundings.
void settle_doubt(std::string_view text, SqlReader& reader, SqlSink& sink) {
  if (reader.is_in_doubt()) {
    read_statements(text, 0, reader);
    find_local_clauses(text, sink);
  }
  find_connect_lines(text, sink);
}

}  // namespace

void find_in_sql(std::string_view text, SqlSink& sink) {
  SqlReader reader(SqlScanner::Mode::code, sink);
  reader.read_all(text);
  settle_doubt(text, reader, sink);
}

void find_in_sql(std::string_view text, std::span<const std::uint32_t> places, SqlSink& sink) {
  SqlReader reader(SqlScanner::Mode::code, sink);
  reader.read_around(text, places);
  settle_doubt(text, reader, sink);
}

}  // namespace studiosync
