// Moving whole databases about in a data folder. Nobody may have them open.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::client {

// With its write-ahead log. Nothing is ever replaced: `store_error` where there is a file in the
// new place.
Result<> move_database(const std::string& from, const std::string& to);

// Whether the database that is there holds anything that a user made: records, and texts that were
// put aside or refused. False when there is none; the store's error where it cannot be told.
Result<bool> has_records(const std::string& path);

// Clears the place of the database: moves it away, and returns the new path; where it is certain
// that it holds nothing that a user made, removes it, and returns nothing.
Result<std::string> keep_aside(const std::string& path);

}  // namespace studiosync::client
