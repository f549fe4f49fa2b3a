#include "core/sanitizer/value/secret_value.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/references.hpp"

namespace studiosync {

namespace {

// "password": "Password", "secret": "Secret key": what a form shows in front of its field.
bool is_label(std::string_view value) {
  constexpr std::size_t label_bytes_max = 32;
  const bool letters = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_beyond_ascii(c) || c == ' ';
  });
  const bool words = value.find(' ') != std::string_view::npos;
  return letters && is_upper(value.front()) && (words || is_lower(value.back())) &&
         value.size() <= label_bytes_max && claim_of_name(value).has_value();
}

// 1.302164: digits around full stops.
bool is_version(std::string_view value) {
  return value.find('.') != std::string_view::npos &&
         find_first_not_of(value, "0123456789."_bytes) == std::string_view::npos;
}

bool is_lone_sign(std::string_view value) {
  return value.size() == 1 && !is_letter(value.front()) && !is_digit(value.front());
}

}  // namespace

bool is_secret(std::string_view value, Claim claim) noexcept {
  // First what is told fastest.
  if (claim == Claim::hinted && !looks_random(value)) return false;
  if (std::all_of(value.begin(), value.end(), is_space)) return false;
  if (is_placeholder(value)) return false;
  if (claim == Claim::certain) return true;
  if (is_version(value) || is_lone_sign(value)) return false;
  if (is_keyword(value) || points_elsewhere(value) || is_sentence(value) || is_label(value)) {
    return false;
  }
  return true;
}

}  // namespace studiosync
