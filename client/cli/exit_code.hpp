// What scripts learn from syncctl's end.
#pragma once

#include "core/base/error.hpp"

namespace studiosync::client {

enum ExitCode : int {
  exit_fine = 0,
  exit_usage = 1,
  exit_not_set_up = 2,
  exit_network = 3,
  exit_auth = 4,
  exit_conflicts = 5,  // open ones need a decision, or a sweep does
  exit_rejected = 6,
  exit_store = 7,
  exit_not_found = 8,
  exit_timeout = 9,
  exit_internal = 10,
};

// `scan` ends like a linter.
enum ScanExitCode : int { exit_scan_clean = 0, exit_scan_findings = 1, exit_scan_usage = 2 };

int exit_code_of(const Error& error) noexcept;

}  // namespace studiosync::client
