// Credentials in files of settings that have a form of their own: .pgpass, .netrc, directives such
// as Redis' requirepass. Settings that assign with a sign are found by assignment.hpp. Pure; any
// thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> settings_anchors() noexcept;
std::span<const Rule* const> settings_rules() noexcept;

}  // namespace studiosync
