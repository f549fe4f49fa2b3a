// One run by several processes, whose results add up to one.
#pragma once

#include <cstddef>
#include <string>

#include "loadtest/run/run_options.hpp"

namespace studiosync::load {

// Users and rate are dealt out to `count` processes of `program` (syncload), which prepare
// themselves and then measure together. Judged as a whole. Their own reports are not shown; what
// they complain of goes to standard error.
Result<Results> run_in_workers(const RunOptions& options, std::size_t count,
                               const std::string& program);

// The command of worker `number`, which writes its results to `json_file`.
std::vector<std::string> worker_command(const RunOptions& options, std::size_t count,
                                        std::size_t number, const std::string& program,
                                        const std::string& json_file);

}  // namespace studiosync::load
