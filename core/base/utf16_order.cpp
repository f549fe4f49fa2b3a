#include "core/base/utf16_order.hpp"

#include <algorithm>

namespace studiosync {
namespace {

// Lead bytes ordered as the first UTF-16 unit of their character: surrogates (from F0…) come before
// EE and EF.
unsigned rank(char byte) noexcept {
  const auto b = static_cast<unsigned char>(byte);
  if (b >= 0xF0) return b - 2U;                  // F0…F4 → EE…F2
  if (b == 0xEE || b == 0xEF) return b + 0x10U;  // after all surrogates
  return b;
}

}  // namespace

bool utf16_less(std::string_view a, std::string_view b) noexcept {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (right == b.end()) return false;
  if (left == a.end()) return true;
  return rank(*left) < rank(*right);
}

}  // namespace studiosync
