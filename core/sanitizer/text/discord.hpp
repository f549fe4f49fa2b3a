// Tokens of Discord's bots: three parts, of which the first is the bot's number in base64. Any
// thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> discord_anchors() noexcept;
std::span<const Rule* const> discord_rules() noexcept;

}  // namespace studiosync
