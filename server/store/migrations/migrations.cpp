#include "server/store/migrations/migrations.hpp"

#include <array>

#include "server/store/migrations/v1_log.hpp"

namespace studiosync::server {

std::span<const sqlite::Migration> shard_migrations() noexcept {
  static constexpr std::array<sqlite::Migration, 1> all{{
      {1, "log", migrations::v1_log},
  }};
  return all;
}

}  // namespace studiosync::server
