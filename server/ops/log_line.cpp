#include "server/ops/log_line.hpp"

#include <algorithm>

#include "core/base/json.hpp"

namespace studiosync::server {
namespace {

// Peers choose some of the texts: what is not UTF-8 is shown as `?`, or the line were no JSON.
std::string json_string(std::string_view text) {
  if (valid_utf8(text)) return Json(text).dump();
  std::string ascii(text);
  std::ranges::replace_if(
      ascii, [](char c) { return static_cast<unsigned char>(c) > 0x7E; }, '?');
  return Json(std::move(ascii)).dump();
}

bool plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > ' ' && c != '"' && c != '=' && c != 0x7F;
  });
}

}  // namespace

std::string json_members(std::string_view event, std::span<const LogField> fields) {
  std::string line = "\"event\":" + json_string(event);
  for (const LogField& field : fields) {
    line.append(",").append(json_string(field.key)).append(":");
    line += field.value.quoted() ? json_string(field.value.text()) : field.value.text();
  }
  return line;
}

std::string readable_line(std::string_view event, std::span<const LogField> fields) {
  std::string line(event);
  for (const LogField& field : fields) {
    const std::string& text = field.value.text();
    line.append(" ").append(field.key).append("=");
    line += plain(text) ? text : json_string(text);
  }
  return line;
}

}  // namespace studiosync::server
