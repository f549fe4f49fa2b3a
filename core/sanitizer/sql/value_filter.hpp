// Whether what stands in a position is a credential after all. Pure; any thread.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

bool is_credential(std::string_view value, const Position& position) noexcept;

// Nothing but signs: what is left of an expression, as the ?; of 'PASSWORD ''' || pw || ''';'.
bool is_signs(std::string_view value) noexcept;

}  // namespace studiosync
