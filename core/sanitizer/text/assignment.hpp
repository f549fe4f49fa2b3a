// Credentials that are assigned to a name: password = 'x', "clientSecret": "x", DB_PASSWORD=x,
// <password>x</password>, `the password is x`. Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> assignment_anchors() noexcept;
std::span<const Rule* const> assignment_rules() noexcept;

}  // namespace studiosync
