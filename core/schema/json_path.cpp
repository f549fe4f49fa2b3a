#include "core/schema/json_path.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

constexpr std::size_t key_bytes_shown_max = 64;

bool plain_name(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string shown(std::string_view key) {
  if (key.size() <= key_bytes_shown_max) return std::string(key);
  return "<" + std::to_string(key.size()) + " bytes>";
}

}  // namespace

std::string member_path(std::string_view parent, std::string_view key) {
  std::string path(parent);
  std::string name = shown(key);
  if (plain_name(name)) return path.append(".").append(name);
  return path.append("[").append(Json(std::move(name)).dump()).append("]");
}

std::string element_path(std::string_view parent, std::size_t index) {
  return std::string(parent).append("[").append(std::to_string(index)).append("]");
}

}  // namespace studiosync
