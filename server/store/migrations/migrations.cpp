#include "server/store/migrations/migrations.hpp"

#include <array>

#include "server/store/migrations/v1_log.hpp"
#include "server/store/migrations/v2_retention.hpp"

namespace studiosync::server {

std::span<const sqlite::Migration> shard_migrations() noexcept {
  static constexpr std::array<sqlite::Migration, 2> all{{
      {1, "log", migrations::v1_log},
      {2, "retention", migrations::v2_retention},
  }};
  return all;
}

}  // namespace studiosync::server
