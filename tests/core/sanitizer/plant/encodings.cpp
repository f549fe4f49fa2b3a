#include "tests/core/sanitizer/plant/encodings.hpp"

#include <cctype>
#include <cstdint>

namespace studiosync::test {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    count += 8;
    for (; count >= 6; count -= 6) out.push_back(alphabet[bits >> (count - 6) & 63]);
  }
  if (count > 0) out.push_back(alphabet[bits << (6 - count) & 63]);
  return out;
}

std::uint32_t next_code_point(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8.front());
  std::size_t size = 1;
  std::uint32_t point = first;
  if (first >= 0xF0) {
    size = 4;
    point = first & 0x07U;
  } else if (first >= 0xE0) {
    size = 3;
    point = first & 0x0FU;
  } else if (first >= 0xC0) {
    size = 2;
    point = first & 0x1FU;
  }
  for (std::size_t i = 1; i < size; ++i) {
    point = point << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
  }
  utf8.remove_prefix(size);
  return point;
}

}  // namespace

std::string hex_of(std::string_view text, std::string_view digits) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}

std::string url_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      out += "%" + hex_of({&c, 1}, "0123456789ABCDEF");
    }
  }
  return out;
}

std::string utf16(std::string_view utf8, bool little) {
  std::string out;
  const auto unit = [&](std::uint32_t value) {
    const char high = static_cast<char>(value >> 8);
    const char low = static_cast<char>(value & 0xFF);
    out.push_back(little ? low : high);
    out.push_back(little ? high : low);
  };
  while (!utf8.empty()) {
    std::uint32_t point = next_code_point(utf8);
    if (point < 0x10000) {
      unit(point);
      continue;
    }
    point -= 0x10000;
    unit(0xD800 + (point >> 10));
    unit(0xDC00 + (point & 0x3FF));
  }
  return out;
}

std::vector<std::string> base64_alignments(std::string_view text) {
  std::vector<std::string> forms;
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const std::string all = base64(std::string(offset, '\0') + std::string(text));
    // Characters that bytes before or behind have a part in are left out.
    const std::size_t first = (offset * 8 + 5) / 6;
    const std::size_t last = (offset + text.size()) * 8 / 6;
    forms.push_back(all.substr(first, last - first));
  }
  return forms;
}

}  // namespace studiosync::test
