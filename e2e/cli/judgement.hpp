// A run and what the checkers say of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "e2e/checkers/check.hpp"
#include "e2e/sim/world.hpp"

namespace studiosync::e2e {

// The rule of an expectation that is not met.
inline constexpr std::string_view rule_expectation = "expectation";

struct Judgement {
  RunResult run;
  std::vector<Violation> violations;  // unmet expectations come last

  bool fine() const noexcept { return violations.empty(); }
};
Judgement judge(const Scenario& scenario, RunOptions options = {.hashed = false});
// Of a history, whoever made it.
std::vector<Violation> judge(const Scenario& scenario, const History& history,
                             const std::vector<Unmet>& unmet);

Json to_json(const Violation& violation);
// `lost-edit at event 512 on laptop: …`, with the record.
std::string to_text(const Violation& violation);
// The line with the first of them, and with how many there are; as it is where there are none.
Json with_violations(Json line, const std::vector<Violation>& violations);
// One line of `soak --json`; the trace hash is in it where the run has one.
Json to_json(std::uint64_t seed, const Judgement& judgement);

}  // namespace studiosync::e2e
