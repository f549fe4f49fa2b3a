// Credentials in HTTP headers: Authorization (RFC 9110 section 11), Cookie (RFC 6265). Pure; any
// thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> header_anchors() noexcept;
std::span<const Rule* const> header_rules() noexcept;

}  // namespace studiosync
