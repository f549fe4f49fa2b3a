#include "core/conflicts/copy_name.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/zoo.hpp"

namespace studiosync {
namespace {

constexpr std::string_view opening = "(conflicted copy - ";
constexpr std::string_view closing = ")";
constexpr std::string_view unnamed_device = "unnamed device";

// A name taken apart. `label` stands between opening and closing of a copy's suffix.
struct Parts {
  std::string_view original;
  std::optional<std::string_view> label;
};

Parts take_apart(std::string_view name) {
  const std::size_t at = name.rfind(opening);
  if (at == std::string_view::npos || !name.ends_with(closing)) return {name, std::nullopt};
  const std::size_t begin = at + opening.size();
  const std::string_view label = name.substr(begin, name.size() - closing.size() - begin);
  if (at == 0) return {{}, label};
  if (name[at - 1] != ' ') return {name, std::nullopt};
  return {name.substr(0, at - 1), label};
}

// Which copy on this device a label names: `laptop` is 1, `laptop 2` is 2; 0 for another device's.
unsigned copy_number(std::string_view label, std::string_view device) {
  if (!label.starts_with(device)) return 0;
  label.remove_prefix(device.size());
  if (label.empty()) return 1;
  unsigned number = 0;
  const char* end = label.data() + label.size();
  if (label.front() != ' ') return 0;
  const auto [stop, error] = std::from_chars(label.data() + 1, end, number);
  return error == std::errc{} && stop == end ? number : 0;
}

// UTF-8 continuation bytes (RFC 3629) are never the first of a character.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  while (bytes_max > 0 && continues(text[bytes_max])) --bytes_max;
  return text.substr(0, bytes_max);
}

}  // namespace

std::string copy_name(std::string_view name, std::string_view device_name, std::size_t bytes_max) {
  if (device_name.empty()) device_name = unnamed_device;
  const Parts parts = SS_ZOO(copy_names_are_nested) ? Parts{name, {}} : take_apart(name);
  const unsigned number = parts.label ? copy_number(*parts.label, device_name) : 0;

  std::string suffix(parts.original.empty() ? "" : " ");
  suffix += opening;
  suffix += device_name;
  if (number > 0) suffix += ' ' + std::to_string(number + 1);
  suffix += closing;

  // The original is cut first: two names that cannot be told apart are worse than a shorter one.
  const std::size_t room = bytes_max - std::min(bytes_max, suffix.size());
  const std::string copy = std::string(cut(parts.original, room)) + suffix;
  return std::string(cut(copy, bytes_max));
}

}  // namespace studiosync
