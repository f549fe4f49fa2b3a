// Credentials in URIs: userinfo, query parameters, Oracle's user/password@. Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> uri_anchors() noexcept;
std::span<const Rule* const> uri_rules() noexcept;

}  // namespace studiosync
