// Every bug that can be planted: what a programmer did wrong, and who has to notice. Constant; any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace studiosync::e2e {

// Where a bug has an effect that the checkers can see.
enum class Habitat : std::uint8_t {
  simulation,
  sqlite,     // only with databases on simulated disks, not with stores in memory
  invisible,  // nothing that a rule forbids: another kind of test judges it, which `where` names
};

struct Bug {
  std::string_view name;    // the switch that the sources ask for
  std::string_view defect;  // one sentence
  std::string_view rules;  // that are expected to catch it, apart by blanks; the first is the cause
  std::string_view faults;  // as in `syncsim soak --faults`: without them it does not show
  Habitat habitat = Habitat::simulation;
  std::string_view where;  // who judges an invisible one
};

// By name.
std::span<const Bug> bugs() noexcept;
const Bug* find_bug(std::string_view name) noexcept;

// Whether one of the bug's rules is `rule`.
bool expects(const Bug& bug, std::string_view rule) noexcept;

}  // namespace studiosync::e2e
