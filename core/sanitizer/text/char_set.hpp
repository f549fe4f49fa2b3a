// Sets of bytes, written as in a bracket expression: "A-Za-z0-9_". A '-' that stands for itself
// comes first. Values; any thread.
#pragma once

#include <array>
#include <string_view>

namespace studiosync {

class CharSet {
 public:
  explicit constexpr CharSet(std::string_view expression) {
    for (std::size_t i = 0; i < expression.size(); ++i) {
      const bool range = i + 2 < expression.size() && expression[i + 1] == '-';
      const auto first = static_cast<unsigned char>(expression[i]);
      const auto last = range ? static_cast<unsigned char>(expression[i + 2]) : first;
      for (unsigned c = first; c <= last; ++c) members_[c] = true;
      if (range) i += 2;
    }
  }

  constexpr bool has(char c) const noexcept { return members_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> members_{};
};

namespace chars {

inline constexpr CharSet digit("0-9");
inline constexpr CharSet hex("0-9a-f");
inline constexpr CharSet hex_any("0-9a-fA-F");
inline constexpr CharSet upper_digit("A-Z0-9");
inline constexpr CharSet lower_digit("a-z0-9");
inline constexpr CharSet upper_groups("-A-Z0-9");
inline constexpr CharSet alnum("A-Za-z0-9");
inline constexpr CharSet word("A-Za-z0-9_");
inline constexpr CharSet dashed("-A-Za-z0-9");
inline constexpr CharSet dash_digit("-0-9");
inline constexpr CharSet base64("A-Za-z0-9+/");
inline constexpr CharSet base64url("-A-Za-z0-9_");
inline constexpr CharSet base64_any("-A-Za-z0-9_+/=");
inline constexpr CharSet dotted("-A-Za-z0-9_.");
inline constexpr CharSet padding("=");
inline constexpr CharSet path("-A-Za-z0-9_/@");
inline constexpr CharSet new_relic("a-z0-9F");        // FFFFNRAL ends those of today
inline constexpr CharSet az_secret("-A-Za-z0-9_.~");  // Microsoft Entra

}  // namespace chars
}  // namespace studiosync
