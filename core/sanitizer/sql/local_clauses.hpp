// Credential clauses whose surroundings are lost: inside of a string of another language, behind an
// unterminated quote, in a chat. Looks at nothing but the clause and the quotes behind it, which
// may be doubled or escaped once more. Pure; any thread; linear time.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {

void find_local_clauses(std::string_view text, SqlSink& sink);

}  // namespace studiosync
