// One account of a run with everything that its devices share.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/schema/sample.hpp"
#include "loadtest/fleet/account.hpp"
#include "loadtest/fleet/ledger.hpp"
#include "loadtest/fleet/propagation.hpp"

namespace studiosync::load {

class VirtualDevice;

// What a user's records are like.
enum class Contents : std::uint8_t {
  mixed,  // as in the product: mostly history and queries, about 1.2 kB
  small,  // 300 to 500 bytes each
};
std::optional<Contents> parse_contents(std::string_view name) noexcept;
std::string_view to_string(Contents contents) noexcept;

// What a device that keeps nothing has read from the beginning on.
struct ReadOut {
  std::uint64_t rows = 0;
  Seq to;
};

// All devices of a user live on one thread.
struct User {
  struct Nature {
    std::uint64_t seed = 0;
    WallTime now;  // records are older
    Contents contents = Contents::mixed;
  };
  User(Account with, Nature nature);
  ~User();
  User(const User&) = delete;
  User& operator=(const User&) = delete;

  // Those that listen now, but for number `place`.
  DeviceSet listening_but(std::size_t place) const;

  const Account account;
  const Contents contents;
  Ledger ledger;
  Propagation propagation;
  Random random;
  Sampler sampler;               // draws from `random`
  std::deque<RecordKey> recent;  // records that the user works with; the newest last
  std::uint64_t edits = 0;
  std::optional<ReadOut> least_read;  // of all that have read everything
  std::vector<std::unique_ptr<VirtualDevice>> devices;
};

}  // namespace studiosync::load
