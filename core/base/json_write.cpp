#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/base/json_text.hpp"
#include "core/base/utf16_order.hpp"

namespace studiosync {
namespace {

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// RFC 8785 section 3.2.2.2: short escapes where there are any, \u00xx for other control characters.
void write_escape(unsigned char c, std::string& out) {
  static constexpr std::string_view digits = "0123456789abcdef";
  static constexpr std::string_view letters = "btn\0fr";  // 0x08, 0x09, 0x0A, -, 0x0C, 0x0D
  out += '\\';
  if (c == '"' || c == '\\') {
    out += static_cast<char>(c);
  } else if (c >= 0x08 && c <= 0x0D && c != 0x0B) {
    out += letters[c - 0x08U];
  } else {
    out.append("u00");
    out += digits[c >> 4];
    out += digits[c & 15];
  }
}

// Of eight characters: the top bit of each byte that must be escaped.
std::uint64_t escaped_of_eight(const char* text) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t lows = ones * 0x7FU;
  const auto zero_bytes = [](std::uint64_t v) { return ~(((v & lows) + lows) | v | lows); };
  std::uint64_t v = 0;
  std::memcpy(&v, text, sizeof v);
  return zero_bytes(v & (ones * 0xE0U)) | zero_bytes(v ^ (ones * '"')) |
         zero_bytes(v ^ (ones * '\\'));
}

}  // namespace

std::size_t find_escaped(std::string_view text, std::size_t from) noexcept {
  static_assert(std::endian::native == std::endian::little, "the first character is the lowest");
  for (; from + 8 <= text.size(); from += 8) {
    if (const std::uint64_t marks = escaped_of_eight(text.data() + from)) {
      return from + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    }
  }
  if (text.size() < 8 || from >= text.size()) {
    while (from < text.size() && !needs_escape(text[from])) ++from;
    return from;
  }
  // The rest is the end of the last eight, the others of which do not count.
  const std::size_t last = text.size() - 8;
  const std::uint64_t marks = escaped_of_eight(text.data() + last) & (~0ULL << 8 * (from - last));
  return marks ? last + static_cast<std::size_t>(std::countr_zero(marks)) / 8 : text.size();
}

void write_text(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t written = 0;; ++written) {
    const std::size_t plain = find_escaped(text, written);
    out.append(text, written, plain - written);
    if (plain == text.size()) break;
    write_escape(static_cast<unsigned char>(text[plain]), out);
    written = plain;
  }
  out += '"';
}

namespace {

// ECMAScript Number::toString (ECMA-262 section 6.1.6.1.20) from the shortest digits that
// round-trip.
void write_double(double d, std::string& out) {
  SS_CHECK(std::isfinite(d));
  if (d == 0) {
    out += '0';
    return;
  }
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(d),
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), end);
  const std::size_t e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 1) digits += text.substr(2, e - 2);
  int exponent = 0;
  const char* exponent_text = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_text, text.data() + text.size(), exponent);
  const int point = exponent + 1;  // digits before the decimal point
  const int count = static_cast<int>(digits.size());
  if (d < 0) out += '-';
  if (count <= point && point <= 21) {
    out += digits;
    out.append(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.insert(static_cast<std::size_t>(point), 1, '.');
  } else if (-6 < point && point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else {
    if (count > 1) digits.insert(1, 1, '.');
    out += digits;
    out += 'e';
    out += exponent < 0 ? '-' : '+';
    out += std::to_string(std::abs(exponent));
  }
}

enum class Order : std::uint8_t { as_is, canonical };

// Recursion is bounded: values come from parsers that enforce limits::depth_max, or from our own
// code.
class Writer {
 public:
  Writer(std::string& out, Order order, int indent) : out_(out), order_(order), indent_(indent) {}

  void write(const Json& json) {
    if (json.is_null()) {
      out_ += "null";
    } else if (json.is_bool()) {
      out_ += json.as_bool() ? "true" : "false";
    } else if (json.is_integer()) {
      write_integer(json);
    } else if (json.is_number()) {
      write_double(json.as_double(), out_);
    } else if (json.is_string()) {
      write_text(json.as_string(), out_);
    } else if (json.is_array()) {
      write_array(json.items());
    } else if (json.is_object()) {
      write_object(json.members());
    } else {
      out_ += json.raw_text();
    }
  }

 private:
  void write_integer(const Json& json) {
    std::array<char, 24> buffer{};
    const auto n = json.as_int();
    const auto end =
        n >= 0 ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), json.as_uint()).ptr
               : std::to_chars(buffer.data(), buffer.data() + buffer.size(), n).ptr;
    out_.append(buffer.data(), end);
  }

  void write_array(const Json::Array& items) {
    open('[');
    for (std::size_t i = 0; i < items.size(); ++i) {
      next_item(i);
      write(items[i]);
    }
    close(']', items.empty());
  }

  void write_object(const Json::Object& members) {
    open('{');
    if (order_ == Order::canonical && !std::is_sorted(members.begin(), members.end(), before)) {
      write_sorted(members);
    } else {
      for (std::size_t i = 0; i < members.size(); ++i) write_member(i, members[i]);
    }
    close('}', members.empty());
  }

  static bool before(const Json::Member& a, const Json::Member& b) {
    return utf16_less(a.key, b.key);
  }

  void write_sorted(const Json::Object& members) {
    std::vector<const Json::Member*> sorted;
    sorted.reserve(members.size());
    for (const Json::Member& member : members) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return before(*a, *b); });
    for (std::size_t i = 0; i < sorted.size(); ++i) write_member(i, *sorted[i]);
  }

  void write_member(std::size_t index, const Json::Member& member) {
    next_item(index);
    write_text(member.key, out_);
    out_ += indent_ > 0 ? ": " : ":";
    write(member.value);
  }

  void open(char bracket) {
    out_ += bracket;
    ++depth_;
  }

  void next_item(std::size_t index) {
    if (index > 0) out_ += ',';
    break_line();
  }

  void close(char bracket, bool empty) {
    --depth_;
    if (!empty) break_line();
    out_ += bracket;
  }

  void break_line() {
    if (indent_ > 0) out_.append("\n").append(static_cast<std::size_t>(indent_ * depth_), ' ');
  }

  std::string& out_;
  Order order_;
  int indent_;
  int depth_ = 0;
};

// Room for a frame's head and the text that is spliced into it: most of what leaves.
std::size_t bytes_expected(const Json& json) {
  constexpr std::size_t beside_spliced = 256;
  if (!json.is_object()) return 0;
  std::size_t bytes = beside_spliced;
  for (const auto& [key, value] : json.members()) {
    if (value.is_raw()) bytes += value.raw_text().size();
  }
  return bytes;
}

// Of a text and of a record's members; what is deeper grows the text as it comes.
std::size_t canonical_bytes_expected(const Json& json) {
  constexpr std::size_t beside_text = 8;  // quotes, colon, comma; or a number
  if (json.is_string()) return json.as_string().size() + 2;
  if (!json.is_object()) return 0;
  std::size_t bytes = 2;
  for (const auto& [key, value] : json.members()) {
    bytes += key.size() + beside_text + (value.is_string() ? value.as_string().size() : 0);
  }
  return bytes;
}

}  // namespace

std::string Json::dump() const {
  std::string out;
  out.reserve(bytes_expected(*this));
  dump_to(out);
  return out;
}

void Json::dump_to(std::string& out) const {
  Writer(out, Order::as_is, 0).write(*this);
}

std::string Json::canonical() const {
  std::string out;
  out.reserve(canonical_bytes_expected(*this));
  Writer(out, Order::canonical, 0).write(*this);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  Writer(out, Order::as_is, 2).write(*this);
  return out;
}

}  // namespace studiosync
