// A run of real processes and what the checkers say of it; and many of them, reported as they come.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "e2e/cli/judgement.hpp"
#include "e2e/real/run_real.hpp"

namespace studiosync::e2e {

struct RealJudgement {
  RealRun run;
  std::vector<Violation> violations;  // a process that failed is `process`
  std::chrono::milliseconds took{};

  bool fine() const noexcept { return violations.empty(); }
  // A scenario with expectations, of which none was fair: that its run is fine says little.
  bool unjudged() const noexcept { return run.judged == 0 && run.left_out.expectations > 0; }
  std::string_view verdict() const noexcept;  // `ok`, `violation`, `not started` or `unjudged`
  int exit_code() const noexcept;
};
RealJudgement judge_real(const Scenario& scenario, const RealOptions& options);

// One line of `real --json`.
Json to_json(std::uint64_t seed, const Scenario& scenario, const RealJudgement& judgement);

// A line a seed, and a sum at the end.
class RealReport {
 public:
  explicit RealReport(bool json) : json_(json) {}

  // `line` is the seed's of to_json; nothing where its process died.
  void take(std::uint64_t seed, const std::optional<std::string>& line);
  int finish() const;  // the exit code

 private:
  using Clock = std::chrono::steady_clock;

  const bool json_;
  const Clock::time_point begun_ = Clock::now();
  std::uint64_t seeds_ = 0;
  std::uint64_t bad_ = 0;
  std::uint64_t not_started_ = 0;
};

}  // namespace studiosync::e2e
