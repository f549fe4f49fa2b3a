// Realistic records of every type from one seed: for fixtures, simulated devices and the load
// tester. Each is valid, in its stored form, and free of credentials. One seed gives one sequence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/time.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync {

struct Sample {
  EntityType type{};
  std::string id;
  Json data;
};

// Not thread-safe. References point to records of the same sampler, where it made any of that type
// before. Sizes follow the source's cost study: about 500 bytes a connection or AI message, 1 kB a
// history entry, 2 kB a saved query.
class Sampler {
 public:
  // `random` must outlive the sampler. Times of records lie before `now`.
  Sampler(Random& random, WallTime now);

  // SS_CHECK for `conflict`: the server makes those.
  Sample next(EntityType type);

 private:
  struct KnownConnection {
    std::string id;
    std::string_view database;  // a choice of connection.type
  };

  Json connection(const std::string& id);
  Json preference();
  Json saved_query();
  Json history();
  Json session(const std::string& id);
  Json message();

  // Adds connection_id where a connection is known; returns the database to write a query for.
  std::string_view choose_connection(Json& data);
  std::string past_time(std::int64_t days);

  Random& random_;
  WallTime now_;
  std::vector<KnownConnection> connections_;
  std::vector<std::string> sessions_;
  std::size_t preferences_ = 0;
  std::size_t messages_ = 0;
};

}  // namespace studiosync
