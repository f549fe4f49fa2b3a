#include "core/sanitizer/value/words.hpp"

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

bool belongs_to_word(char c) {
  return is_letter(c) || is_digit(c) || is_beyond_ascii(c);
}

// `sshKey` begins a word at K, and so does `APIKey`.
bool starts_camel_word(std::string_view text, std::size_t i) {
  if (i == 0 || !is_upper(text[i])) return false;
  return is_lower(text[i - 1]) || is_digit(text[i - 1]) ||
         (i + 1 < text.size() && is_lower(text[i + 1]));
}

}  // namespace

Words::Words(std::string_view text) noexcept {
  if (text.size() > bytes_max) text.remove_prefix(text.size() - bytes_max);
  bool separated = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!belongs_to_word(text[i])) {
      separated = true;
      continue;
    }
    add(to_lower(text[i]), separated || starts_camel_word(text, i));
    separated = false;
  }
}

void Words::add(char c, bool starts_word) noexcept {
  if (starts_word && count_ < words_max) starts_[count_++] = static_cast<std::uint8_t>(size_);
  flat_[size_++] = c;
}

std::string_view Words::operator[](std::size_t i) const noexcept {
  const std::size_t end = i + 1 < count_ ? starts_[i + 1] : size_;
  return flat().substr(starts_[i], end - starts_[i]);
}

std::string_view Words::from_end(std::size_t i) const noexcept {
  return i < count_ ? (*this)[count_ - 1 - i] : std::string_view{};
}

void Words::drop_last() noexcept {
  if (count_ > 0) size_ = starts_[--count_];
}

void Words::shorten(std::size_t bytes) noexcept {
  size_ -= bytes;
  while (count_ > 0 && starts_[count_ - 1] >= size_) --count_;
}

}  // namespace studiosync
