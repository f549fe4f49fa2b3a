#include "loadtest/metrics_text.hpp"

#include <algorithm>
#include <charconv>

namespace studiosync::load {

std::optional<double> metric_value(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ') continue;
    line.remove_prefix(name.size() + 1);
    double value = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), value);
    if (parsed.ec == std::errc() && value >= 0) return value;
  }
  return std::nullopt;
}

}  // namespace studiosync::load
