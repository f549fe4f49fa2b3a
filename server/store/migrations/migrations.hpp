// The schema of a shard's database, step by step.
#pragma once

#include <span>

#include "sqlite/migrate.hpp"

namespace studiosync::server {

std::span<const sqlite::Migration> shard_migrations() noexcept;

}  // namespace studiosync::server
