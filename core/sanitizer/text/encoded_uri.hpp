// Addresses with a password in base64, as Kubernetes keeps them. Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> encoded_uri_anchors() noexcept;
std::span<const Rule* const> encoded_uri_rules() noexcept;

}  // namespace studiosync
