#include "core/conflicts/stamp.hpp"

#include "core/base/hex.hpp"

namespace studiosync {

std::string to_string(Stamp stamp) {
  return hex64(stamp.bits);
}

std::optional<Stamp> parse_stamp(std::string_view hex) noexcept {
  const auto bits = parse_hex64(hex);
  return bits ? std::optional<Stamp>(Stamp{*bits}) : std::nullopt;
}

}  // namespace studiosync
