// The masking of what a client sends (RFC 6455 section 5.3).
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace studiosync {

using MaskKey = std::array<char, 4>;

// Masks what is plain and unmasks what is masked, in place; `payload` begins where the mask does.
// A key of zeros changes nothing.
void apply_mask(std::span<char> payload, const MaskKey& key) noexcept;

}  // namespace studiosync
