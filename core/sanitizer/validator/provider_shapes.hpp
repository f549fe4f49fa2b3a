// The formats of keys that providers hand out, as they document them. Only such that cannot be
// mistaken for anything else.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace studiosync::validator {

struct ProviderShape {
  std::string_view id;     // rows of one rule follow each other
  std::string_view title;  // a noun phrase
  std::string_view shape;
  // From which cell on four cells are rare in ordinary text: there the search takes hold.
  std::uint8_t anchor = 0;
};

std::span<const ProviderShape> provider_shapes() noexcept;

}  // namespace studiosync::validator
