#include "core/sanitizer/text/pem_body.hpp"

#include <algorithm>

#include "core/sanitizer/text/token_format.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr CharSet body_chars("A-Za-z0-9+/=");

// A line of a key; shorter words are prose or headers until a line has been seen.
constexpr std::size_t line_bytes_min = 20;
constexpr std::size_t piece_bytes_min = 4;
constexpr std::size_t header_bytes_max = 256;
// All headers together, known or not.
constexpr std::size_t headers_bytes_max = 1024;

// Bytes of a line end or blank at `at`, real or escaped: \n, \\n, \r, \u000a, %0A, %20; 0 for
// others.
std::size_t gap_bytes(std::string_view text, std::size_t at) noexcept {
  if (is_space(text[at])) return 1;
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("%0") || rest.starts_with("%20"))
    return std::min<std::size_t>(3, rest.size());
  if (!rest.starts_with('\\')) return 0;
  const std::size_t letter = rest.find_first_not_of('\\');
  if (letter == std::string_view::npos) return rest.size();
  if (rest.substr(letter).starts_with("u00")) return std::min(letter + 5, rest.size());
  return "nrt"_bytes.has(rest[letter]) ? letter + 1 : 0;
}

// The end of the base64 at `at`. In JSON a slash may be written \/.
std::size_t piece_end(std::string_view text, std::size_t at, std::size_t end) noexcept {
  while (at < end) {
    if (const std::size_t bytes = char_bytes(text, at, body_chars)) {
      at += bytes;
    } else if (text.substr(at).starts_with("\\/")) {
      at += 2;
    } else {
      break;
    }
  }
  return std::min(at, end);
}

// The end of a header line (Proc-Type: 4,ENCRYPTED) that begins at `at`; `at` when there is none.
std::size_t header_end(std::string_view text, std::size_t at) noexcept {
  for (const std::string_view name : {"Proc-Type:"sv, "DEK-Info:"sv, "Version:"sv, "Comment:"sv,
                                      "Subject:"sv, "Hash:"sv, "Charset:"sv, "MessageID:"sv}) {
    if (!text.substr(at).starts_with(name)) continue;
    const std::size_t limit = std::min(text.size(), at + header_bytes_max);
    while (at < limit && (gap_bytes(text, at) == 0 || is_blank(text[at]))) ++at;
    return at;
  }
  return at;
}

// What may stand between two lines: "…" + "…", -- …, > …, // …
bool joins_lines(char c) noexcept {
  return "\"',.|>#*-;&()"_bytes.has(c);
}

class BodyReader {
 public:
  BodyReader(Hits& hits, const Rule& rule, std::string_view text, const BodyLimits& limits)
      : hits_(hits), rule_(rule), text_(text), limits_(limits) {
    limits_.end = std::min(limits_.end, text.size());
  }

  std::size_t read(std::size_t at) {
    const std::size_t headers_end = at + headers_bytes_max;
    while (at < limits_.end && lines_ < limits_.lines && (lines_ > 0 || at < headers_end)) {
      if (lines_ == 0 && !has_known_lines()) at = skip_header(at);
      if (at >= limits_.end) break;
      const std::size_t gap = gap_bytes(text_, at);
      const std::size_t end = gap != 0 ? at + gap : piece_end(text_, at, limits_.end);
      if (end == at || is_sign(at, end)) {
        if (!may_stand_between(at, end)) break;
        alone_ = true;
      } else if (gap == 0 && !take(at, end)) {
        break;
      }
      at = std::max(end, at + 1);
    }
    flush();
    return at;
  }

 private:
  // The + between two literals, the // before a comment.
  bool is_sign(std::size_t at, std::size_t end) const noexcept {
    return end - at <= 2 && (text_[at] == '+' || text_[at] == '/') && gap_bytes(text_, at) == 0;
  }

  // DEK-Info: AES-128-CBC,2B71…: the salt belongs to the key that it protects.
  std::size_t skip_header(std::size_t at) {
    constexpr std::size_t salt_digits_min = 16;
    constexpr std::size_t salt_digits_max = 64;
    const std::size_t end = header_end(text_, at);
    const std::string_view header = text_.substr(at, end - at);
    const std::size_t comma = header.find(',');
    if (!header.starts_with("DEK-Info:") || comma == std::string_view::npos) return end;
    const Run salt = read_run(text_, at + comma + 1, chars::hex_any, salt_digits_max);
    if (salt.count >= salt_digits_min) add_hit(hits_, rule_, at + comma + 1, salt.end);
    return end;
  }

  bool has_known_lines() const noexcept { return limits_.lines != BodyLimits{}.lines; }

  bool may_stand_between(std::size_t at, std::size_t end) const noexcept {
    if (limits_.closed) return true;
    return !has_known_lines() && (is_sign(at, end) || joins_lines(text_[at]));
  }

  // False when the body ended before this word.
  bool take(std::size_t begin, std::size_t end) {
    const bool is_line = end - begin >= line_bytes_min;
    if (lines_ == 0 && !is_line) return limits_.closed;
    if (!is_line && !may_be_last_line(end)) return false;
    if (alone_ || size_ == 0) {
      flush();
      begin_ = begin;
    }
    size_ = end - begin_;
    alone_ = false;
    ++lines_;
    return true;
  }

  bool may_be_last_line(std::size_t end) const noexcept {
    if (limits_.closed || end == text_.size()) return true;
    if (has_known_lines()) return gap_bytes(text_, end) != 0;
    return text_[end - 1] == '=' || (!alone_ && (text_[end] == '"' || text_[end] == '\''));
  }

  void flush() {
    if (size_ >= piece_bytes_min) add_hit(hits_, rule_, begin_, begin_ + size_);
    size_ = 0;
  }

  Hits& hits_;
  const Rule& rule_;
  std::string_view text_;
  BodyLimits limits_;
  std::size_t lines_ = 0;
  // The lines since begin_, between which only line ends stand.
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
  bool alone_ = false;  // something else stood before the line to come
};

}  // namespace

std::size_t add_body_hits(Hits& hits, const Rule& rule, std::string_view text, std::size_t at,
                          const BodyLimits& limits) {
  return BodyReader(hits, rule, text, limits).read(at);
}

}  // namespace studiosync
