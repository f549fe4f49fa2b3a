// The schema of accounts.db, step by step.
#pragma once

#include <span>

#include "sqlite/migrate.hpp"

namespace studiosync::server {

std::span<const sqlite::Migration> account_migrations() noexcept;

}  // namespace studiosync::server
