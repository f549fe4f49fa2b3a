// What a user hands to syncctl: files, standard input, secrets.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::client {

// A whole file, or standard input for `-`. At most `bytes_max`.
Result<std::string> read_input(const std::string& file, std::size_t bytes_max);

// From the file's first line, else the variable STUDIOSYNC_PASSWORD. Never from an argument, which
// others can see.
Result<std::string> read_password(const std::string& file);

// The variable's value, or empty.
std::string environment(const char* name);

}  // namespace studiosync::client
