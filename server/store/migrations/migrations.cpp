#include "server/store/migrations/migrations.hpp"

#include <array>

#include "server/store/migrations/v1_log.hpp"
#include "server/store/migrations/v2_retention.hpp"
#include "server/store/migrations/v3_collected.hpp"
#include "server/store/migrations/v4_contents.hpp"
#include "server/store/migrations/v5_conflicts.hpp"
#include "server/store/migrations/v6_floor.hpp"

namespace studiosync::server {

std::span<const sqlite::Migration> shard_migrations() noexcept {
  static constexpr std::array<sqlite::Migration, 6> all{{
      {1, "log", migrations::v1_log},
      {2, "retention", migrations::v2_retention},
      {3, "collected", migrations::v3_collected},
      {4, "contents", migrations::v4_contents},
      {5, "conflicts", migrations::v5_conflicts},
      {6, "floor", migrations::v6_floor},
  }};
  return all;
}

}  // namespace studiosync::server
