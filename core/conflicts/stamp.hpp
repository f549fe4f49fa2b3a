// When an edit was made, in an order that all replicas share.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace studiosync {

// A hybrid logical clock's value (Kulkarni et al., 2014): 48 bits of Unix milliseconds, 16 of a
// counter. On the wire 16 hex digits, which order as the values do. Ties are broken by replica.
struct Stamp {
  std::uint64_t bits = 0;
  friend constexpr auto operator<=>(Stamp, Stamp) = default;

  static constexpr Stamp at(WallTime t, std::uint16_t counter = 0) noexcept {
    return {static_cast<std::uint64_t>(t.unix_ms < 0 ? 0 : t.unix_ms) << 16 | counter};
  }
  // The smallest greater one: a full counter carries into the milliseconds.
  constexpr Stamp next() const noexcept { return {bits + 1}; }
  constexpr WallTime wall() const noexcept { return {static_cast<std::int64_t>(bits >> 16)}; }
  constexpr std::uint16_t counter() const noexcept { return static_cast<std::uint16_t>(bits); }
};

std::string to_string(Stamp stamp);
// Nothing for anything but 16 hex digits.
std::optional<Stamp> parse_stamp(std::string_view hex) noexcept;

}  // namespace studiosync
