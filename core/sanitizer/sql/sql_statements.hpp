// Statements that stand in something else: in prose, in a text whose quotes do not match.
// Pure; any thread; linear time.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/sql_scanner.hpp"

namespace studiosync {

// Reads `text` from each word that can begin a statement to that statement's end. Where quotes do
// not match, as in `it's`, each line that begins like a statement counts as the beginning of one.
void find_statements(std::string_view text, SqlScanner::Mode mode, SqlSink& sink);

}  // namespace studiosync
