// Only a user's edit makes a device send something.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {

void unasked_change(const Facts& facts, Report& report) {
  for (const Freeze& freeze : facts.freezes) {
    // What was edited before the history began is not known.
    if (freeze.wanted || !facts.lane(freeze.lane).edits_known) continue;
    const bool removes = freeze.what->action == Action::remove;
    report.add(freeze.event, freeze.record,
               std::string(removes ? "a delete" : "a change") +
                   " was queued that no edit of the user asked for");
  }
}

}  // namespace studiosync::e2e::judging
