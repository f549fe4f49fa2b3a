#include <array>
#include <cmath>

#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {

double entropy_bits(std::string_view value) noexcept {
  if (value.empty()) return 0;
  std::array<std::size_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  const auto total = static_cast<double>(value.size());
  double bits = 0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / total;
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace studiosync
