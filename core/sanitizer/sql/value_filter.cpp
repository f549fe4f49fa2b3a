#include "core/sanitizer/sql/value_filter.hpp"

#include <algorithm>

#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/word_tables.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

// '$.user.password', '{user,password}'
bool is_json_path(std::string_view value) noexcept {
  return value.starts_with("$.") || value.starts_with("$[");
}

// LIKE '$2y$%', ~ '^[a-f0-9]{32}$'
bool has_wildcards(std::string_view value) noexcept {
  return value.find_first_of("%^[]{}*\\") != std::string_view::npos;
}

// LIKE '%k7Rt9xWv2LpZ8%': part of a credential, where '$2y$%' asks for a kind of hash.
bool is_random_fragment(std::string_view value) noexcept {
  value.remove_prefix(std::min(value.find_first_not_of('%'), value.size()));
  value = value.substr(0, value.find_last_not_of('%') + 1);
  const bool begins_as_word = !value.empty() && is_word_char(value.front());
  return begins_as_word && !has_wildcards(value) && is_secret(value, Claim::hinted);
}

// $2y$, $argon2id$
bool is_kind_of_hash(std::string_view value) noexcept {
  return is_algorithm_name(value) || (value.starts_with('$') && value.ends_with('$'));
}

// v9Kq2tLm: what is no word, and says no algorithm either.
bool mixes_letters_and_digits(std::string_view value) noexcept {
  constexpr std::size_t bytes_min = 4;
  return value.size() >= bytes_min && std::any_of(value.begin(), value.end(), is_digit) &&
         std::any_of(value.begin(), value.end(), is_letter) &&
         std::none_of(value.begin(), value.end(), is_space) && !is_kind_of_hash(value);
}

std::string_view without_quotes(std::string_view item) noexcept {
  const bool quoted = item.size() >= 2 && item.front() == '"' && item.back() == '"';
  return quoted ? item.substr(1, item.size() - 2) : item;
}

// = ANY('{hunter2secret,v9Kq2tLm}'): an array of PostgreSQL's. '{password1}' stands for a value,
// and '{user,password}' is a path.
bool is_array_of_credentials(std::string_view value, Claim claim) noexcept {
  if (!value.starts_with('{') || !value.ends_with('}')) return false;
  value = value.substr(1, value.size() - 2);
  const bool several = value.find(',') != std::string_view::npos;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    const std::string_view item = without_quotes(value.substr(0, end));
    if (mixes_letters_and_digits(item) && !claim_of_name(item) &&
        is_secret(item, several ? claim : Claim::hinted)) {
      return true;
    }
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return false;
}

// hunterTwo
bool has_inner_capital(std::string_view value) noexcept {
  const auto camel = std::adjacent_find(value.begin(), value.end(), [](char left, char right) {
    return is_lower(left) && is_upper(right);
  });
  return camel != value.end();
}

// 'Password', 'Mot de passe': the text of a form, whose key says password as well.
bool is_label(std::string_view value) noexcept {
  return !value.empty() && !has_inner_capital(value) &&
         (is_upper(value.front()) || is_beyond_ascii(value.front())) &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return is_letter(c) || is_beyond_ascii(c) || c == ' ' || c == '.' || c == ':' ||
                  c == '-';
         });
}

// More than letters, or written as nobody writes a word.
bool is_unlike_a_word(std::string_view value) noexcept {
  // What ends a sentence does not count.
  value = value.substr(0, value.find_last_not_of(".,:;!?") + 1);
  if (!std::all_of(value.begin(), value.end(),
                   [](char c) { return is_letter(c) || c == '_' || c == '-'; })) {
    return true;
  }
  return has_inner_capital(value);
}

}  // namespace

bool is_signs(std::string_view value) noexcept {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return is_word_char(c) || is_beyond_ascii(c); });
}

bool is_credential(std::string_view value, const Position& position) noexcept {
  if (position.wrapped && (is_algorithm_name(value) || is_json_path(value) || is_signs(value))) {
    return false;
  }
  if (position.or_format && is_format_or_structure(value)) return false;
  const bool may_be_label =
      position.rule == &sql_rule::setting_pair && position.claim != Claim::certain;
  if (may_be_label && is_label(value)) return false;
  if (position.pattern && has_wildcards(value)) return is_random_fragment(value);
  const bool must_stand_out = position.pattern || position.stands_out;
  if (must_stand_out && !mixes_letters_and_digits(value)) return false;
  // '?;' of 'PASSWORD ''' || pw || ''';', where ? stands for pw.
  if (value.starts_with('?') && is_signs(value)) return false;
  if (position.doubtful && !is_unlike_a_word(value)) return false;
  return is_secret(value, position.claim) || is_array_of_credentials(value, position.claim);
}

}  // namespace studiosync
