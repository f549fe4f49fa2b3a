#include "core/sanitizer/unescaped.hpp"

#include <algorithm>

#include "core/sanitizer/sql/escapes.hpp"

namespace studiosync {
namespace {

constexpr std::size_t escape_bytes = 6;  // \u0070

// What the escape at `at` stands for; -1 where none begins, or it is beyond ASCII.
int decoded_at(std::string_view text, std::size_t at) noexcept {
  if (text.size() - at < escape_bytes) return -1;
  int code = 0;
  for (const char digit : text.substr(at + 2, 4)) {
    const int value = hex_value(digit);
    if (value < 0) return -1;
    code = code * 16 + value;
  }
  const bool blank = code == '\t' || code == '\n' || code == '\r';
  return blank || (code >= ' ' && code < 0x7f) ? code : -1;
}

}  // namespace

Unescaped::Unescaped(std::string_view original) {
  text_.reserve(original.size());
  std::size_t copied = 0;
  for (std::size_t at = original.find("\\u"); at != std::string_view::npos;
       at = original.find("\\u", at)) {
    const int decoded = decoded_at(original, at);
    if (decoded < 0) {
      at += 2;
      continue;
    }
    std::size_t begin = at;
    while (begin > copied && original[begin - 1] == '\\') --begin;
    text_.append(original.substr(copied, begin - copied));
    go_on_from(begin);
    text_ += static_cast<char>(decoded);
    at += escape_bytes;
    go_on_from(at);
    copied = at;
  }
  text_.append(original.substr(copied));
}

void Unescaped::go_on_from(std::size_t original) {
  const Step step{.at = static_cast<std::uint32_t>(text_.size()),
                  .original = static_cast<std::uint32_t>(original)};
  // Of two at one place the escapes touch: both say the same.
  if (steps_.back().at != step.at) steps_.push_back(step);
}

std::size_t Unescaped::original_of(std::size_t at) const noexcept {
  const auto behind =
      std::upper_bound(steps_.begin(), steps_.end(), at,
                       [](std::size_t place, const Step& step) { return place < step.at; });
  const Step& step = *std::prev(behind);
  return step.original + (at - step.at);
}

void Unescaped::map_back(const Hits& found, Hits& original_hits) const {
  for (const Hit& hit : found) {
    add_hit(original_hits, *hit.rule, original_of(hit.begin), original_of(hit.end()));
  }
}

}  // namespace studiosync
