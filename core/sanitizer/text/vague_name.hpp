// Names that mean a credential only when their value leaves no doubt: key, clave, PIN. Pure; any
// thread.
#pragma once

#include <optional>

#include "core/sanitizer/text/bare_value.hpp"

namespace studiosync {

// The credential behind the vague name that begins at `at`; nothing when it is no such name.
std::optional<Extent> value_of_vague_name(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
