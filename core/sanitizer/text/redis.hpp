// Passwords in the commands of Redis and its kin: AUTH, HELLO, MIGRATE, ACL SETUSER. Pure; any
// thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> redis_anchors() noexcept;
std::span<const Rule* const> redis_rules() noexcept;

}  // namespace studiosync
