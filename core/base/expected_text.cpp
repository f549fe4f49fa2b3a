#include "core/base/expected_text.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/canonical_text.hpp"
#include "core/base/json_text.hpp"

namespace studiosync {
namespace {

constexpr std::size_t digits_max = 15;

}  // namespace

void ExpectedText::expect(std::string_view piece) noexcept {
  if (!take(piece)) good_ = false;
}

bool ExpectedText::take(std::string_view piece) noexcept {
  if (!good_ || !rest_.starts_with(piece)) return false;
  rest_.remove_prefix(piece.size());
  return true;
}

std::string_view ExpectedText::plain_string() noexcept {
  expect("\"");
  if (!good_) return {};
  const std::string_view string = cut(find_escaped(rest_, 0));
  expect("\"");
  return string;
}

std::uint64_t ExpectedText::number() noexcept {
  const auto end = std::ranges::find_if(rest_, [](char c) { return c < '0' || c > '9'; });
  const std::string_view digits = cut(static_cast<std::size_t>(end - rest_.begin()));
  const bool plain = digits.size() == 1 || (!digits.empty() && digits[0] != '0');
  good_ = good_ && plain && digits.size() <= digits_max;
  std::uint64_t value = 0;
  if (good_) std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool ExpectedText::flag() noexcept {
  if (take("true")) return true;
  expect("false");
  return false;
}

std::string_view ExpectedText::canonical_object() noexcept {
  if (!good_ || !rest_.starts_with('{')) {
    good_ = false;
    return {};
  }
  const std::size_t length = canonical_length(rest_);
  good_ = length > 0;
  return cut(length);
}

std::string_view ExpectedText::cut(std::size_t length) noexcept {
  const std::string_view front = rest_.substr(0, length);
  rest_.remove_prefix(front.size());
  return front;
}

}  // namespace studiosync
