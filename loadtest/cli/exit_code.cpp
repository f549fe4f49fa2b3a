#include "loadtest/cli/exit_code.hpp"

namespace studiosync::load {

// What is lost is lost, however the load was made.
ExitCode exit_code_of(const Results& results) {
  if (!results.verification.lossless()) return exit_failed;
  if (!results.flaw().empty()) return exit_invalid;
  return results.passed ? exit_passed : exit_failed;
}

ExitCode exit_code_of(const Comparison& comparison) noexcept {
  if (comparison.lost) return exit_failed;
  if (!comparison.valid) return exit_invalid;
  return comparison.regressed ? exit_failed : exit_passed;
}

ExitCode exit_code_of(const Error& error) noexcept {
  switch (error.code) {
    case ErrorCode::connection_refused:
    case ErrorCode::network_error:
    case ErrorCode::timeout:
    case ErrorCode::service_unavailable:
    case ErrorCode::server_error:
      return exit_unreachable;
    default:
      return exit_usage;
  }
}

}  // namespace studiosync::load
