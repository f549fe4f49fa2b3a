#include "core/schema/json_path.hpp"

#include <algorithm>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

constexpr std::size_t key_bytes_shown_max = 64;

bool plain_name(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// Cuts between characters, never inside one.
std::string_view shown(std::string_view key) {
  if (key.size() <= key_bytes_shown_max) return key;
  std::size_t end = key_bytes_shown_max;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) --end;
  return key.substr(0, end);
}

}  // namespace

std::string member_path(std::string_view parent, std::string_view key) {
  std::string path(parent);
  if (plain_name(shown(key))) return path.append(".").append(shown(key));
  return path.append("[").append(Json(shown(key)).dump()).append("]");
}

std::string element_path(std::string_view parent, std::size_t index) {
  return std::string(parent).append("[").append(std::to_string(index)).append("]");
}

}  // namespace studiosync
