#include "core/sanitizer/sql/client_lines.hpp"
#include "core/sanitizer/sql/local_clauses.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/sql_statements.hpp"

namespace studiosync {

void find_sql_in_prose(std::string_view text, SqlSink& sink) {
  find_statements_in_prose(text, sink);
  find_local_clauses(text, sink);
  find_connect_lines(text, sink);
}

}  // namespace studiosync
