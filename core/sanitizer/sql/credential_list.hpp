// A text that the grammar says to be a list of names and values, some of them credentials:
// CREDENTIALS 'aws_access_key_id=…;aws_secret_access_key=…', ATTACH 'file:x?key=…'. Pure; any
// thread.
#pragma once

#include <string_view>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {

void find_in_credential_list(std::string_view text, const SqlToken& list, const Rule& rule,
                             SqlSink& sink);

}  // namespace studiosync
