// JSON web tokens: signed (three parts), encrypted (five) and unsigned, and other JSON in base64
// that carries credentials. Any thread.
#pragma once

#include <span>

#include "core/sanitizer/text/anchor.hpp"

namespace studiosync {

std::span<const Anchor> jwt_anchors() noexcept;
std::span<const Rule* const> jwt_rules() noexcept;

}  // namespace studiosync
