#include "core/base/cbor_head.hpp"

#include <bit>
#include <cmath>

namespace studiosync {
namespace {

// IEEE 754 binary16 (RFC 8949 appendix D).
double half_float(std::uint64_t bits) noexcept {
  const auto exponent = static_cast<int>(bits >> 10 & 0x1F);
  const auto mantissa = static_cast<double>(bits & 0x3FF);
  double value = std::ldexp(mantissa + 1024, exponent - 25);
  if (exponent == 0) value = std::ldexp(mantissa, -24);
  if (exponent == 31) value = mantissa == 0 ? INFINITY : NAN;
  return (bits & 0x8000) != 0 ? -value : value;
}

}  // namespace

std::optional<CborHead> take_cbor_head(std::string_view& rest) noexcept {
  if (rest.empty()) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(rest[0]);
  rest.remove_prefix(1);
  CborHead head{static_cast<CborMajor>(first >> 5), static_cast<std::uint8_t>(first & 0x1F), 0};
  if (head.info < 24) {
    head.argument = head.info;
    return head;
  }
  if (head.info > 27) return std::nullopt;
  const std::size_t width = 1U << (head.info - 24);
  if (rest.size() < width) return std::nullopt;
  for (std::size_t i = 0; i < width; ++i) {
    head.argument = head.argument << 8 | static_cast<std::uint8_t>(rest[i]);
  }
  rest.remove_prefix(width);
  return head;
}

double cbor_float(const CborHead& head) noexcept {
  if (head.info == cbor_half) return half_float(head.argument);
  if (head.info == cbor_single) {
    return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.argument)));
  }
  return std::bit_cast<double>(head.argument);
}

}  // namespace studiosync
