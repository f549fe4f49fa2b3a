// One account of a run with everything that its devices share.
#pragma once

#include <memory>
#include <vector>

#include "core/schema/sample.hpp"
#include "loadtest/fleet/account.hpp"
#include "loadtest/fleet/ledger.hpp"
#include "loadtest/fleet/propagation.hpp"

namespace studiosync::load {

class VirtualDevice;

// All devices of a user live on one thread.
struct User {
  User(Account with, std::uint64_t seed, WallTime now);
  ~User();
  User(const User&) = delete;
  User& operator=(const User&) = delete;

  // Those that listen now, but for number `place`.
  DeviceSet listening_but(std::size_t place) const;

  const Account account;
  Ledger ledger;
  Propagation propagation;
  Random random;
  Sampler sampler;               // draws from `random`
  std::deque<RecordKey> recent;  // records that the user works with; the newest last
  std::uint64_t edits = 0;
  std::vector<std::unique_ptr<VirtualDevice>> devices;
};

}  // namespace studiosync::load
