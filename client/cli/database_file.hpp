// Moving whole databases about in a data folder. Nobody may have them open.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::client {

// With its write-ahead log. What is in the new place is replaced.
Result<> move_database(const std::string& from, const std::string& to);

// Whether the database that is there holds anything that a user made; false when there is none.
Result<bool> has_records(const std::string& path);

// Moves the database out of the way where it holds anything that a user made. Returns the new path,
// or nothing.
Result<std::string> keep_aside(const std::string& path);

}  // namespace studiosync::client
