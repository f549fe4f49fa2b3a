// A right history made wrong: what everybody holds at its end is another thing.
#pragma once

#include <string>
#include <string_view>

#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {

// Everybody's last word on a record becomes another one, at the same rev.
void rewrite_end(History& history, const std::string& id, const std::string& content);
// The server's first row is withdrawn in the end.
void withdraw_row(History& history);
// Nobody has the records any more whose ids begin so.
void erase_rows(History& history, std::string_view prefix);

}  // namespace studiosync::e2e::testing
