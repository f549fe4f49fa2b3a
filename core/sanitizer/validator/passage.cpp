#include "core/sanitizer/validator/passage.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/validator/bytes.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t definition_bytes_max = 400;

constexpr std::array<std::string_view, 3> verbs{"create", "alter", "change"};

// What stands between the verb and its object, and the objects that have credentials.
constexpr std::array<std::string_view, 9> fillers{
    "or", "replace", "if", "not", "exists", "temp", "temporary", "external", "persistent"};
constexpr std::array<std::string_view, 28> objects{
    "user",        "role",         "login",      "group",       "server",    "credential",
    "credentials", "database",     "master",     "certificate", "symmetric", "asymmetric",
    "secret",      "subscription", "stage",      "storage",     "named",     "foreign",
    "replication", "application",  "connection", "account",     "profile",   "endpoint",
    "integration", "dictionary",   "security",   "resource"};

constexpr int fillers_max = 4;

template <class Words>
bool is_one_of(std::string_view word, const Words& words) noexcept {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view other) { return equals_folded(word, other); });
}

bool defines_credentials(std::string_view text, std::size_t at) noexcept {
  for (int i = 0; i <= fillers_max; ++i) {
    at = skip_blanks(text, at);
    const std::size_t end = run_end(text, at, is_word);
    const std::string_view word = text.substr(at, end - at);
    if (!is_one_of(word, fillers)) return is_one_of(word, objects);
    at = end;
  }
  return false;
}

}  // namespace

bool Passage::within_definition(std::size_t at) noexcept {
  if (at > definition_bytes_max) read_to_ = std::max(read_to_, at - definition_bytes_max);
  while (read_to_ < at) {
    const std::size_t end = run_end(text_, read_to_, is_word, at - read_to_);
    read_word(read_to_, end);
    read_to_ = end > read_to_ ? end : read_to_ + 1;
  }
  return definition_at_ != std::string_view::npos && at - definition_at_ <= definition_bytes_max;
}

void Passage::read_word(std::size_t begin, std::size_t end) noexcept {
  if (begin == end) {
    if (text_[begin] == ';') definition_at_ = std::string_view::npos;
    return;
  }
  const std::string_view word = text_.substr(begin, end - begin);
  if (is_one_of(word, verbs) && defines_credentials(text_, end)) definition_at_ = begin;
}

}  // namespace studiosync::validator
