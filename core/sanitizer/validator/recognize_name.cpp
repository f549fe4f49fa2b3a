// Values of credential names: SQL clauses, assignments, connection strings.
#include <algorithm>
#include <array>

#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/credential_names.hpp"
#include "core/sanitizer/validator/quoted.hpp"
#include "core/sanitizer/validator/recognizers.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/setting_pair.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t key_bytes_min = 12;
constexpr std::size_t long_key_bytes_min = 40;
constexpr std::size_t account_bytes_max = 96;

struct Name {
  std::size_t begin = 0;
  std::size_t end = 0;
  NameKind kind = NameKind::none;
  bool quoted = false;
};

Name name_around(std::string_view text, std::size_t at, std::size_t begin_min) noexcept {
  Name name{.begin = at, .end = run_end(text, at, is_base64url)};
  while (name.begin > begin_min && is_base64url(text[name.begin - 1])) --name.begin;
  name.kind = kind_of_name(text.substr(name.begin, name.end - name.begin));
  name.quoted = name.begin > 0 && is_quote(text[name.begin - 1]);
  return name;
}

// Behind the quotes or the bracket that close around a name.
std::size_t skip_closing(std::string_view text, std::size_t at) noexcept {
  return run_end(
      text, at, [](char c) { return is_quote(c) || c == '\\' || c == ']'; }, 8);
}

// Behind `=`, `==`, `:=`, `=>` or `:`, if one stands at `at`; otherwise `at`.
std::size_t skip_assignment(std::string_view text, std::size_t at) noexcept {
  for (const std::string_view sign : {"=>", ":=", "==", "=", ":"}) {
    if (text.substr(at, sign.size()) == sign) return at + sign.size();
  }
  return at;
}

// The word that ends in front of `at`, with blanks between.
std::string_view word_before(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t bytes_max = 16;
  std::size_t end = at;
  while (end > 0 && at - end < bytes_max && is_blank(text[end - 1])) --end;
  if (end == at) return {};
  std::size_t begin = end;
  while (begin > 0 && end - begin < bytes_max && is_word(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

bool follows_clause_word(std::string_view text, std::size_t at) noexcept {
  constexpr std::array<std::string_view, 5> words{"set", "by", "with", "encrypted", "unencrypted"};
  const std::string_view before = word_before(text, at);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return equals_folded(before, word); });
}

// SET PASSWORD FOR account = '…': where the sign stands.
std::size_t skip_account(std::string_view text, std::size_t at) noexcept {
  const std::size_t word = skip_blanks(text, at);
  if (!has_folded(text, word, "for")) return at;
  const auto in_account = [](char c) { return c != '=' && c != ';'; };
  const std::size_t sign = run_end(text, word, in_account, account_bytes_max);
  return sign < text.size() && text[sign] == '=' ? sign : at;
}

bool is_plain_name(std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(), is_word);
}

bool has_upper_and_lower(std::string_view value) noexcept {
  return std::any_of(value.begin(), value.end(), is_upper) &&
         std::any_of(value.begin(), value.end(), is_lower);
}

// Whether the value stands in a statement that hands out credentials: it needs no looks then. Prose
// about passwords has blanks between its quotes, and writes the keyword in lower case.
bool is_clause(Passage& passage, const Name& name, const QuotedValue& value) noexcept {
  if (name.quoted || name.kind == NameKind::key || value.quote != '\'') return false;
  const std::string_view text = passage.text();
  const std::string_view letters = text.substr(name.begin, name.end - name.begin);
  const bool keyword = std::none_of(letters.begin(), letters.end(), is_lower);
  if (!keyword && std::any_of(value.body.begin(), value.body.end(), is_blank)) return false;
  return (follows_clause_word(text, name.begin) || passage.within_definition(name.begin)) &&
         !is_stand_in(value.body);
}

// Whether a quoted value is one without the help of a statement around it.
bool is_assigned_secret(NameKind kind, const QuotedValue& value, bool by_equals) noexcept {
  switch (kind) {
    case NameKind::password:
    case NameKind::secret:
      // Between double quotes SQL also has the names of columns.
      if (by_equals && value.quote == '"' && is_plain_name(value.body) &&
          !has_upper_and_lower(value.body)) {
        return false;
      }
      return looks_chosen(value.body);
    case NameKind::key:
      return looks_generated(value.body, key_bytes_min) && looks_chosen(value.body);
    case NameKind::long_key:
      return looks_generated(value.body, long_key_bytes_min);
    case NameKind::none:
      break;
  }
  return false;
}

const Rule* judge_quoted(Passage& passage, const Name& name, const QuotedValue& value,
                         bool by_equals) noexcept {
  if (by_equals && is_clause(passage, name, value)) return &clause_rule;
  return is_assigned_secret(name.kind, value, by_equals) ? &assignment_rule : nullptr;
}

// PASSWORD '…' without a sign between.
const Rule* judge_clause(Passage& passage, const Name& name) noexcept {
  const std::string_view text = passage.text();
  const std::size_t begin = skip_blanks(text, name.end);
  if (begin == name.end) return nullptr;
  const auto value = quoted_value(text, begin);
  return value && is_clause(passage, name, *value) ? &clause_rule : nullptr;
}

// Pwd={value};, as ODBC writes it. What a program fills in has no digits.
const Rule* judge_braced(Passage& passage, const Name& name, std::size_t at) noexcept {
  constexpr std::size_t value_bytes_max = 128;
  const std::string_view text = passage.text();
  const NamedSetting pair{.text = text, .name_begin = name.begin, .value_begin = at};
  const std::size_t end = run_end(
      text, at + 1, [](char c) { return c != '}' && c != '{' && c != '\n'; }, value_bytes_max);
  if (end >= text.size() || text[end] != '}' || name.kind != NameKind::password) return nullptr;
  if (!ends_as_setting(pair, end + 1) || !stands_among_settings(pair, end + 1)) return nullptr;
  const std::string_view value = text.substr(at + 1, end - at - 1);
  return is_bare_password(value) && looks_chosen(value) ? &pair_rule : nullptr;
}

// name=value without blanks and quotes.
const Rule* judge_bare(Passage& passage, const Name& name, std::size_t at) noexcept {
  if (at < passage.text().size() && passage.text()[at] == '{') {
    return judge_braced(passage, name, at);
  }
  const NamedSetting pair{.text = passage.text(), .name_begin = name.begin, .value_begin = at};
  const std::size_t end = value_end(pair);
  passage.names_end = std::max(passage.names_end, end);
  const std::string_view value = passage.text().substr(at, end - at);
  if (!ends_as_setting(pair, end) || is_stand_in(value)) return nullptr;
  bool secret = false;
  if (name.kind == NameKind::long_key) {
    secret = looks_generated(value, long_key_bytes_min);
  } else if (name.kind != NameKind::password) {
    secret = stands_among_settings(pair, end) && looks_generated(value, key_bytes_min);
  } else {
    secret = stands_among_settings(pair, end) ? is_bare_password(value)
                                              : is_unmistakable_password(value);
  }
  return secret ? &pair_rule : nullptr;
}

}  // namespace

const Rule* recognize_name(Passage& passage, std::size_t at) {
  const std::string_view text = passage.text();
  if (at < passage.names_end) return nullptr;
  const Name name = name_around(text, at, passage.names_end);
  passage.names_end = name.end;
  if (name.kind == NameKind::none) return nullptr;
  std::size_t sign = skip_blanks(text, name.quoted ? skip_closing(text, name.end) : name.end);
  if (follows_clause_word(text, name.begin)) sign = skip_account(text, sign);
  const std::size_t begin = skip_assignment(text, sign);
  if (begin == sign) return judge_clause(passage, name);
  const bool by_equals = text[sign] == '=';
  if (const auto value = quoted_value(text, skip_blanks(text, begin))) {
    return judge_quoted(passage, name, *value, by_equals);
  }
  return by_equals && sign == name.end && begin == sign + 1 ? judge_bare(passage, name, begin)
                                                            : nullptr;
}

}  // namespace studiosync::validator
