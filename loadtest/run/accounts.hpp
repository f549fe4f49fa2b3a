// The accounts of a run: made beforehand, or registered now.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "loadtest/fleet/account.hpp"
#include "loadtest/run/run_options.hpp"

namespace studiosync::load {

// Told how many of how many are ready.
using AccountProgress = std::function<void(std::size_t done, std::size_t all)>;

// `options.users` accounts whose tokens last beyond `until`. Those of a file whose token does not
// are logged in again; without a file new ones are registered. Slow either way: the server hashes
// each password for a fifth of a second by default. `not_found` for a file that is none,
// `bad_request` for one that has too few or is none of ours, else what the server said.
Result<std::vector<Account>> prepare_accounts(const RunOptions& options, WallTime until,
                                              const AccountProgress& progress);

// A line of `syncd users create`.
Result<Account> parse_account(std::string_view line);

}  // namespace studiosync::load
