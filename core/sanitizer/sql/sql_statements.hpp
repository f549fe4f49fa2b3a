// Statements that stand in something else: in prose, in a text whose quotes do not match.
// Pure; any thread; linear time.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/sql_reader.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {

// Reads `text` from each word behind `begin` that can begin a statement to that statement's end.
// Where quotes do not match, as in `it's`, each line that begins like a statement counts as the
// beginning of one.
void read_statements(std::string_view text, std::size_t begin, SqlReader& reader);

// The same for each paragraph and fenced block of a prose.
void find_statements_in_prose(std::string_view text, SqlSink& sink);

}  // namespace studiosync
