#include "core/sanitizer/validator/json_string.hpp"

#include <cstdint>
#include <cstring>
#include <optional>

namespace studiosync::validator {
namespace {

std::optional<std::uint32_t> hex_digits(std::string_view digits) {
  if (digits.size() != 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : digits) {
    const auto nibble = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
    if (nibble == std::string_view::npos) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(nibble);
  }
  return value;
}

// UTF-8. Halves of surrogate pairs come out as three bytes each: nothing looks for those.
char* put(char* out, std::uint32_t unit) {
  const auto byte = [&](std::uint32_t value) { *out++ = static_cast<char>(value); };
  if (unit < 0x80) {
    byte(unit);
  } else if (unit < 0x800) {
    byte(0xc0U | unit >> 6);
    byte(0x80U | (unit & 0x3fU));
  } else {
    byte(0xe0U | unit >> 12);
    byte(0x80U | (unit >> 6 & 0x3fU));
    byte(0x80U | (unit & 0x3fU));
  }
  return out;
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return c;
  }
}

// Writes what the escape at `in` stands for, and moves behind it.
char* take_escape(std::string_view raw, std::size_t& in, char* out) {
  if (in + 1 >= raw.size()) {
    *out++ = raw[in++];
    return out;
  }
  const char kind = raw[in + 1];
  if (const auto unit = kind == 'u' ? hex_digits(raw.substr(in + 2, 4)) : std::nullopt) {
    in += 6;
    return put(out, *unit);
  }
  in += 2;
  *out++ = unescaped(kind);
  return out;
}

}  // namespace

std::string_view decode_json_string(std::string_view raw, std::string& buffer) {
  std::size_t in = raw.find('\\');
  if (in == std::string_view::npos) return raw;
  // No escape is shorter than what it stands for.
  if (buffer.size() < raw.size()) buffer.resize(raw.size());
  char* out = buffer.data();
  std::memcpy(out, raw.data(), in);
  out += in;
  while (in < raw.size()) {
    out = take_escape(raw, in, out);
    std::size_t end = raw.find('\\', in);
    if (end == std::string_view::npos) end = raw.size();
    std::memcpy(out, raw.data() + in, end - in);
    out += end - in;
    in = end;
  }
  return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

}  // namespace studiosync::validator
