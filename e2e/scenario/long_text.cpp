#include "e2e/scenario/long_text.hpp"

#include <string_view>

namespace studiosync::e2e {

std::string long_text(std::size_t bytes) {
  constexpr std::string_view line = "SELECT id, total FROM orders WHERE day = 7 ORDER BY total;\n";
  std::string text;
  text.reserve(bytes + line.size());
  while (text.size() < bytes) text += line;
  text.resize(bytes);
  return text;
}

Json take_long_texts(Json& data) {
  Json lengths = Json::object();
  Json rest = Json::object();
  for (const auto& [key, value] : data.members()) {
    const std::size_t bytes = value.is_string() ? value.as_string().size() : 0;
    if (bytes >= long_text_bytes_min && value.as_string() == long_text(bytes)) {
      lengths.set(key, static_cast<std::uint64_t>(bytes));
    } else {
      rest.set(key, value);
    }
  }
  data = std::move(rest);
  return lengths;
}

}  // namespace studiosync::e2e
