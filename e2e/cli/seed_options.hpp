// What `soak` and `run --seed` say about a workload, as the workload takes it.
#pragma once

#include "core/base/result.hpp"
#include "e2e/cli/seed_farm.hpp"
#include "e2e/cli/verbs.hpp"

namespace studiosync::e2e {

// `bad_request` for an unknown fault, link or store.
Result<WorkloadOptions> workload_of(const SoakOptions& options);
// `17`, `1..300`; empty: from 1 on. `bad_request` for anything else.
Result<SeedRange> seeds_of(const SoakOptions& options);
// The file's scenario, in the store that is asked for, or without a file the one seed's; several
// are a `bad_request`.
Result<Scenario> scenario_of(const std::string& file, const SoakOptions& of_seed);
// Names in the scenario the bug that is asked for (empty: the file's own; `none`) and looks it up.
Result<> choose_bug(Scenario& scenario, const std::string& bug);
// The command that does the same for one seed.
std::string replay_command(std::uint64_t seed, const SoakOptions& options);

}  // namespace studiosync::e2e
