// A database of which one page has gone bad.
#pragma once

#include <string>

namespace studiosync {

// Overwrites the first page of a table or an index, so that whatever reads it fails, and nothing
// else does. Nobody may have the database open. Stops the test when there is no such table.
void damage(const std::string& database, const std::string& table);

}  // namespace studiosync
