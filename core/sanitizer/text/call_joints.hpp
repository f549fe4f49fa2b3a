// Names that a call joins to their value: `conf.set("password", "…")`, `setPassword("…")`. Pure;
// any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

std::optional<Joined> joined_by_call(std::string_view text, const CredentialName& name) noexcept;

}  // namespace studiosync
