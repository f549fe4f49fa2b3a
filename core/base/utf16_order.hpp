// The order in which RFC 8785 sorts object keys: by UTF-16 code units.
#pragma once

#include <string_view>

namespace studiosync {

// For valid UTF-8. Differs from byte order only where a character above U+FFFF meets one in
// U+E000…U+FFFF.
bool utf16_less(std::string_view a, std::string_view b) noexcept;

}  // namespace studiosync
