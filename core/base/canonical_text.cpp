#include "core/base/canonical_text.hpp"

#include "core/base/json_text.hpp"
#include "core/base/utf16_order.hpp"

namespace studiosync {
namespace {

// So many decimal digits survive a double, and so does their text: no shorter one means the same.
constexpr std::size_t digits_max = 15;

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Walks over one text from its beginning. After a failure, where it stands means nothing.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }

  // Recursion ends at canonical_depth_max.
  bool value(int depth) {
    switch (next()) {
      case '{':
        return depth < canonical_depth_max && object(depth + 1);
      case '[':
        return depth < canonical_depth_max && array(depth + 1);
      case '"':
        return string();
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        return take("null");
      default:
        return number();
    }
  }

 private:
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(std::string_view piece) {
    if (!text_.substr(at_).starts_with(piece)) return false;
    at_ += piece.size();
    return true;
  }

  bool take(char c) {
    if (next() != c) return false;
    ++at_;
    return true;
  }

  bool object(int depth) {
    ++at_;
    if (take('}')) return true;
    std::string_view last;
    for (bool first = true;; first = false) {
      std::string_view key;
      if (!plain_string(key) || !(first || utf16_less(last, key))) return false;
      if (!take(':') || !value(depth)) return false;
      if (!take(',')) return take('}');
      last = key;
    }
  }

  bool array(int depth) {
    ++at_;
    if (take(']')) return true;
    do {
      if (!value(depth)) return false;
    } while (take(','));
    return take(']');
  }

  bool plain_string(std::string_view& string) {
    if (!take('"')) return false;
    const std::size_t end = find_escaped(text_, at_);
    string = text_.substr(at_, end - at_);
    at_ = end;
    return take('"');
  }

  bool string() {
    for (++at_;;) {
      at_ = find_escaped(text_, at_);
      if (next() != '\\') return take('"');
      if (!escape()) return false;
    }
  }

  // As write_text writes them: the short ones, and \u00xx for what has none.
  bool escape() {
    const char kind = ++at_ < text_.size() ? text_[at_] : '\0';
    if (kind != 'u') {
      ++at_;
      return std::string_view("\"\\bfnrt").find(kind) != std::string_view::npos;
    }
    const std::string_view code = text_.substr(at_, 5);
    at_ += code.size();
    constexpr std::string_view short_ones = "89acd";
    if (code.size() < 5 || !code.starts_with("u00")) return false;
    if (code[3] == '1') return lower_hex(code[4]);
    return code[3] == '0' && lower_hex(code[4]) &&
           short_ones.find(code[4]) == std::string_view::npos;
  }

  static bool lower_hex(char c) { return digit(c) || (c >= 'a' && c <= 'f'); }

  std::string_view digits() {
    const std::size_t begin = at_;
    while (digit(next())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  bool number() {
    const bool negative = take('-');
    const std::string_view whole = digits();
    if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) return false;
    if (!take('.')) return whole.size() <= digits_max && !(negative && whole == "0") && plain_end();
    const std::string_view fraction = digits();
    if (fraction.empty() || fraction.back() == '0') return false;
    if (whole == "0" && fraction[0] == '0') return false;
    return whole.size() + fraction.size() <= digits_max && plain_end();
  }

  bool plain_end() const { return next() != 'e' && next() != 'E' && next() != '.'; }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t canonical_length(std::string_view text) noexcept {
  Scan scan(text);
  return scan.value(0) ? scan.at() : 0;
}

}  // namespace studiosync
