// Reads the command line of a tool up to its password. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/tools.hpp"

namespace studiosync {

extern const Rule tool_rule;
extern const Rule piped_rule;

// Adds a hit for a value that stands where a tool expects its password, unless it is a placeholder.
void report_command_secret(TextScan& scan, const Rule& rule, std::size_t begin, std::size_t end);

// `at` is behind the tool's name.
void read_command(TextScan& scan, const Tool& tool, std::size_t at);

}  // namespace studiosync
