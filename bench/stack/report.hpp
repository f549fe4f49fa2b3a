// What one run found, beside what the machine allows: as a table for people, as JSON for machines.
#pragma once

#include <string>
#include <vector>

#include "bench/stack/first_sync.hpp"
#include "bench/stack/push_latency.hpp"
#include "core/base/json.hpp"

namespace studiosync::bench {

struct Findings {
  Seconds fsync_before{};  // the disk drifts: the same probe at both ends of the run
  Seconds fsync_after{};
  PushLatency push;
  std::vector<FirstSync> first_syncs;  // one a round
  std::size_t records = 0;             // of a first sync
};

// One headline figure against its limit, both measured in this run.
struct Headline {
  std::string name;
  Seconds measured{};
  Seconds limit{};
  std::string limit_meaning;
  Seconds target{};
  bool met() const noexcept { return measured <= target; }
  double ratio() const noexcept { return measured / limit; }
};

// Whether F shows the disk. Where other programs keep the processors busy, the flushing thread
// waits for its turn (a tick of 4 ms at 250 Hz): F grows, and with it the limit and the targets.
bool machine_was_quiet(const Findings& findings);

std::vector<Headline> headlines(const Findings& findings);
bool targets_met(const Findings& findings);

Json to_json(const Findings& findings);
std::string to_table(const Findings& findings);

}  // namespace studiosync::bench
