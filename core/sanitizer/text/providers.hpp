// Keys and tokens that are known by their form alone, as their providers document it. Any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> provider_anchors();
std::span<const Rule* const> provider_rules();

}  // namespace studiosync
