// What a server says at /metrics (Prometheus' text exposition format).
#pragma once

#include <optional>
#include <string_view>

namespace studiosync::load {

// The value of a sample without labels: `NAME VALUE`, at the begin of a line.
std::optional<double> metric_value(std::string_view text, std::string_view name);

}  // namespace studiosync::load
