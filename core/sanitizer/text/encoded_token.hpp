// Keys and tokens of providers in base64, as the secrets of Kubernetes and of CI systems keep them.
// Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> encoded_token_anchors() noexcept;
std::span<const Rule* const> encoded_token_rules() noexcept;

}  // namespace studiosync
