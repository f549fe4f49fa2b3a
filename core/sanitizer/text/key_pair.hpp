// Secrets without a mark of their own that stand near the id of their pair, as in AKIA…:<secret>.
// Any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> key_pair_anchors() noexcept;
std::span<const Rule* const> key_pair_rules() noexcept;

}  // namespace studiosync
