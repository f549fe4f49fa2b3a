// Spans of time as people write them: `250ms`, `1m30s`, `60d`, `-5m`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace studiosync {

// The largest units first, each at most once: d, h, m, s, ms. Nothing is `0s`.
std::string duration_text(Millis span);

// Units in that order, each with an integer before it; a `-` in front. Nothing for anything else,
// and for more than 10,000 years.
std::optional<Millis> parse_duration(std::string_view text) noexcept;

}  // namespace studiosync
