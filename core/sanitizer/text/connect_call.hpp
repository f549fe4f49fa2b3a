// Passwords and keys that are known by their place in a call: new PDO(dsn, user, password),
// jwt.sign(payload, key). Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> connect_call_anchors() noexcept;
std::span<const Rule* const> connect_call_rules() noexcept;

}  // namespace studiosync
