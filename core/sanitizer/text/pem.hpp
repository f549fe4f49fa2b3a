// Private keys in PEM armour and its relatives: whole or truncated, with real or escaped line ends,
// on one line, in string literals, encoded once more. Any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> pem_anchors() noexcept;
std::span<const Rule* const> pem_rules() noexcept;

}  // namespace studiosync
