#include "core/sanitizer/value/trigger_word.hpp"

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

bool belongs_to_name(char c) noexcept {
  return is_word_char(c) || is_beyond_ascii(c) || c == '.' || c == '-' || c == ' ';
}

}  // namespace

bool ends_word(std::string_view text, std::size_t end) noexcept {
  if (end >= text.size() || !is_letter(text[end])) return true;
  if (!is_upper(text[end])) return false;
  return !is_upper(text[end - 1]) || (end + 1 < text.size() && is_lower(text[end + 1]));
}

bool stands_in_credential_name(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t name_bytes_max = 48;
  std::size_t begin = at;
  while (begin > 0 && at - begin < name_bytes_max && belongs_to_name(text[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text.size() && end - at < name_bytes_max && is_word_char(text[end])) ++end;
  return claim_of_name(text.substr(begin, end - begin)).has_value();
}

bool counts_at(const TriggerWord& word, std::string_view text, std::size_t at) noexcept {
  switch (word.counts) {
    case TriggerWord::Counts::at_word_end:
      return ends_word(text, at + word.letters.size());
    case TriggerWord::Counts::in_name:
      return stands_in_credential_name(text, at);
    case TriggerWord::Counts::anywhere:
      break;
  }
  return true;
}

}  // namespace studiosync
