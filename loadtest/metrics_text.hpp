// What a server says at /metrics (Prometheus' text exposition format).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace studiosync::load {

// The value of a sample without labels: `NAME VALUE`, at the begin of a line.
std::optional<std::uint64_t> metric_value(std::string_view text, std::string_view name);

}  // namespace studiosync::load
