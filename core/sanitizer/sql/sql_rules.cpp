#include "core/sanitizer/sql/sql_rules.hpp"

#include "core/sanitizer/sql/client_lines.hpp"
#include "core/sanitizer/sql/local_clauses.hpp"
#include "core/sanitizer/sql/sql_reader.hpp"
#include "core/sanitizer/sql/sql_statements.hpp"

namespace studiosync {
namespace {

SqlReader reader_for(Quotes expected, SqlSink& sink) {
  SqlReader reader(SqlScanner::Mode::code, sink);
  if (expected == Quotes::match) reader.expect_no_doubt();
  return reader;
}

// Where quotes do not match, the text is read again without their surroundings.
Quotes settle_doubt(std::string_view text, SqlReader& reader, SqlSink& sink) {
  const bool doubt = reader.is_in_doubt();
  if (doubt) {
    read_statements(text, 0, reader);
    find_local_clauses(text, sink);
  }
  find_connect_lines(text, sink);
  return doubt ? Quotes::unknown : Quotes::match;
}

}  // namespace

Quotes find_in_sql(std::string_view text, SqlSink& sink, Quotes expected) {
  SqlReader reader = reader_for(expected, sink);
  reader.read_all(text);
  return settle_doubt(text, reader, sink);
}

Quotes find_in_sql(std::string_view text, std::span<const std::uint32_t> places, SqlSink& sink,
                   Quotes expected) {
  SqlReader reader = reader_for(expected, sink);
  reader.read_around(text, places);
  return settle_doubt(text, reader, sink);
}

}  // namespace studiosync
