// The head of a CBOR item (RFC 8949 section 3): its kind, and a value or a count of what follows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace studiosync {

enum class CborMajor : std::uint8_t {
  natural = 0,
  negative = 1,
  bytes = 2,
  text = 3,
  array = 4,
  map = 5,
  tag = 6,
  simple = 7,
};

struct CborHead {
  CborMajor major{};
  std::uint8_t info = 0;       // the low five bits: how long the argument is
  std::uint64_t argument = 0;  // the number itself, or a length, or a float's bits
};

// Removes the head from the front. Nothing when the bytes end early, for an indefinite length and
// for reserved forms; `rest` is then undefined.
std::optional<CborHead> take_cbor_head(std::string_view& rest) noexcept;

// The values of major type `simple` that JSON has (RFC 8949 section 3.3).
inline constexpr std::uint8_t cbor_false = 20;
inline constexpr std::uint8_t cbor_true = 21;
inline constexpr std::uint8_t cbor_null = 22;
inline constexpr std::uint8_t cbor_half = 25;
inline constexpr std::uint8_t cbor_single = 26;
inline constexpr std::uint8_t cbor_double = 27;

// The number behind a head of 16, 32 or 64 float bits.
double cbor_float(const CborHead& head) noexcept;

// Why these bytes are not one item that a decoder may trust; nullptr when they are. Iterative, and
// without any allocation: nested and oversized claims cost nothing.
const char* cbor_flaw(std::string_view bytes) noexcept;

}  // namespace studiosync
