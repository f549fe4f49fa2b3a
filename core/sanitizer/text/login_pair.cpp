#include "core/sanitizer/text/login_pair.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {

const Rule login_pair_rule{
    .id = "text.login_pair",
    .title = "Password behind a user's name",
    .why =
        "People pass on a login as `user / password`, behind a word such as login or "
        "credentials.",
    .example = "credentials: app / Wq7hT2pZk1L"};

namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t pair_bytes_max = 256;

constexpr std::array joining_words{"is"sv, "are"sv, "with"sv, "sind"sv, "mit"sv, "son"sv, "sont"sv};

std::size_t skip(std::string_view text, std::size_t at, std::string_view set) {
  while (at < text.size() && set.find(text[at]) != npos) ++at;
  return at;
}

std::size_t user_end(std::string_view text, std::size_t at) {
  constexpr std::size_t user_bytes_max = 64;
  std::size_t end = at;
  while (end < text.size() && end - at < user_bytes_max &&
         (is_word_char(text[end]) || is_beyond_ascii(text[end]) || ".@-\\"_bytes.has(text[end])))
    ++end;
  return end;
}

// Behind the sign or verb that leads to the pair; npos when there is none.
std::size_t behind_joint(std::string_view text, std::size_t at) {
  at = skip(text, at, " \t*");
  if (at >= text.size()) return npos;
  if (text[at] == ':' || text[at] == '=') return skip(text, at + 1, " \t*");
  for (const std::string_view word : joining_words) {
    const std::string_view rest = text.substr(at);
    if (starts_folded(rest, word) && rest.size() > word.size() && rest[word.size()] == ' ')
      return skip(text, at + word.size(), " ");
  }
  return npos;
}

void recognize_login(TextScan& scan, std::size_t at) {
  if (at > 0 && is_letter(scan.text[at - 1])) return;
  std::size_t end = at;
  while (end < scan.text.size() && is_letter(scan.text[end])) ++end;
  if (starts_folded(scan.text.substr(at), "log in")) end = at + "log in"sv.size();
  find_login_pair(scan, end);
}

constexpr std::array anchors{
    Anchor{"login:", recognize_login, false},       Anchor{"logins:", recognize_login, false},
    Anchor{"login is ", recognize_login, false},    Anchor{"login with ", recognize_login, false},
    Anchor{"log in with ", recognize_login, false}, Anchor{"credentials", recognize_login, false},
    Anchor{"creds", recognize_login, false},        Anchor{"zugangsdaten", recognize_login, false},
    Anchor{"anmeldedaten", recognize_login, false}, Anchor{"identifiants", recognize_login, false},
    Anchor{"credenciales", recognize_login, false}, Anchor{"credenziali", recognize_login, false},
};
constexpr std::array rules{&login_pair_rule};

}  // namespace

bool find_login_pair(TextScan& scan, std::size_t at) {
  const std::string_view text = scan.text.substr(0, at + pair_bytes_max);
  at = behind_joint(text, at);
  if (at == npos) return false;
  const std::size_t user = skip(text, at, "`'\"");
  std::size_t end = user_end(text, user);
  if (end == user) return false;
  end = skip(text, skip(text, end, "`'\""), " ");
  if (end >= text.size() || !"/|:"_bytes.has(text[end])) return false;
  const std::size_t begin = skip(text, end + 1, " `'\"");
  const std::string_view rest = text.substr(begin);
  std::string_view value = rest.substr(0, find_first_of(rest, " \t\r\n`\"'"_bytes));
  while (!value.empty() && ".,;:)"_bytes.has(value.back())) value.remove_suffix(1);
  if (!stands_out(value) || !is_secret(value, Claim::named)) return false;
  add_hit(scan.hits, login_pair_rule, begin, begin + value.size());
  scan.word_end = std::max(scan.word_end, begin + value.size());
  return true;
}

bool ends_login_heading(std::string_view text, const CredentialName& name) noexcept {
  std::string_view before = text.substr(0, name.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (!before.ends_with('/')) return false;
  before.remove_suffix(1);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return ends_folded(before, "user") || ends_folded(before, "username") ||
         ends_folded(before, "login");
}

std::span<const Anchor> login_pair_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> login_pair_rules() noexcept {
  return rules;
}

}  // namespace studiosync
