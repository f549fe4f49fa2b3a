#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/base/utf16_order.hpp"

namespace studiosync {
namespace {

// How many bytes from `at` on need no escape. Eight at once: nearly all of a record's text is such.
std::size_t plain_run(std::string_view text, std::size_t at) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = 0x8080808080808080;
  const std::size_t begin = at;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    // The classic test for a zero byte; a false alarm above a real one is looked at below.
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    const std::uint64_t escapes = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                                  ((backslash - ones) & ~backslash);
    if ((escapes & tops) != 0) break;
  }
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == '"' || c == '\\') break;
    ++at;
  }
  return at - begin;
}

// RFC 8785 section 3.2.2.2: short escapes where there are any, \u00xx for other control characters.
void write_text(std::string_view text, std::string& out) {
  static constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t i = 0;
  for (;; ++i) {
    const std::size_t plain = plain_run(text, i);
    out.append(text, i, plain);
    i += plain;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
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
  out += '"';
}

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
    if (order_ == Order::canonical) {
      std::vector<const Json::Member*> sorted;
      sorted.reserve(members.size());
      for (const Json::Member& member : members) sorted.push_back(&member);
      std::sort(sorted.begin(), sorted.end(),
                [](const auto* a, const auto* b) { return utf16_less(a->key, b->key); });
      for (std::size_t i = 0; i < sorted.size(); ++i) write_member(i, *sorted[i]);
    } else {
      for (std::size_t i = 0; i < members.size(); ++i) write_member(i, members[i]);
    }
    close('}', members.empty());
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

}  // namespace

std::string Json::dump() const {
  std::string out;
  dump_to(out);
  return out;
}

void Json::dump_to(std::string& out) const {
  Writer(out, Order::as_is, 0).write(*this);
}

std::string Json::canonical() const {
  std::string out;
  Writer(out, Order::canonical, 0).write(*this);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  Writer(out, Order::as_is, 2).write(*this);
  return out;
}

}  // namespace studiosync
