#include "core/sanitizer/value/references.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/word_table.hpp"
#include "core/sanitizer/value/words.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

constexpr WordTable keywords{
    "true"sv,         "false"sv,   "null"sv,     "none"sv,     "nil"sv,       "undefined"sv,
    "yes"sv,          "no"sv,      "on"sv,       "off"sv,      "required"sv,  "optional"sv,
    "enabled"sv,      "enable"sv,  "disabled"sv, "disable"sv,  "default"sv,   "n/a"sv,
    "na"sv,           "unknown"sv, "unset"sv,    "empty"sv,    "missing"sv,   "invalid"sv,
    "expired"sv,      "string"sv,  "text"sv,     "str"sv,      "int"sv,       "integer"sv,
    "char"sv,         "varchar"sv, "varchar2"sv, "nvarchar"sv, "nvarchar2"sv, "bool"sv,
    "boolean"sv,      "byte"sv,    "bytes"sv,    "bytea"sv,    "blob"sv,      "clob"sv,
    "any"sv,          "object"sv,  "number"sv,   "uuid"sv,     "hidden"sv,    "encrypted"sv,
    "hashed"sv,       "never"sv,   "always"sv,   "auto"sv,     "inherit"sv,   "prompt"sv,
    "ask"sv,          "not_set"sv, "notset"sv,   "fail"sv,     "failed"sv,    "sensitive"sv,
    "securestring"sv, "self"sv,    "this"sv,     "nullable"sv, "not null"sv};

constexpr std::array stores{
    "secretkeyref"sv, "vault:"sv,    "file:"sv,  "env:"sv,       "arn:"sv,
    "op://"sv,        "ssm:"sv,      "awssm:"sv, "aws-sm:"sv,    "gcp-sm:"sv,
    "keyring:"sv,     "azurekv:"sv,  "kms:"sv,   "secretref:"sv, "@microsoft.keyvault("sv,
    "keychain:"sv,    "doppler:"sv,  "k8s:"sv,   "ref+"sv,       "classpath:"sv,
    "data.vault"sv,   "{{resolve:"sv};

// Words of which the names of columns and variables that hold a credential are made.
constexpr WordTable name_words{
    "password"sv,     "passwd"sv,     "passphrase"sv, "pwd"sv,      "pw"sv,        "hash"sv,
    "hashed"sv,       "digest"sv,     "salt"sv,       "new"sv,      "old"sv,       "current"sv,
    "user"sv,         "users"sv,      "db"sv,         "database"sv, "encrypted"sv, "confirm"sv,
    "confirmation"sv, "field"sv,      "column"sv,     "value"sv,    "raw"sv,       "plain"sv,
    "input"sv,        "secret"sv,     "token"sv,      "key"sv,      "api"sv,       "access"sv,
    "client"sv,       "auth"sv,       "config"sv,     "settings"sv, "env"sv,       "args"sv,
    "req"sv,          "request"sv,    "body"sv,       "form"sv,     "data"sv,      "self"sv,
    "this"sv,         "params"sv,     "options"sv,    "opts"sv,     "conn"sv,      "connection"sv,
    "account"sv,      "private"sv,    "expires"sv,    "expiry"sv,   "policy"sv,    "reset"sv,
    "length"sv,       "properties"sv, "props"sv,      "process"sv,  "os"sv,        "credentials"sv,
    "creds"sv,        "secrets"sv,    "var"sv,        "vars"sv,     "local"sv,     "module"sv,
    "text"sv,         "cfg"sv};

constexpr WordTable small_words{
    "is"sv,     "are"sv,    "must"sv,   "be"sv,    "the"sv,       "your"sv, "at"sv,
    "should"sv, "cannot"sv, "please"sv, "enter"sv, "of"sv,        "for"sv,  "not"sv,
    "will"sv,   "can"sv,    "to"sv,     "or"sv,    "and"sv,       "was"sv,  "has"sv,
    "have"sv,   "this"sv,   "that"sv,   "from"sv,  "with"sv,      "if"sv,   "it"sv,
    "a"sv,      "an"sv,     "in"sv,     "does"sv,  "characters"sv};

// `password:` and `(the` without what belongs to the sentence.
std::string_view without_marks(std::string_view word) {
  const auto is_mark = [](char c) { return ".,:;!?()\"'`"_bytes.has(c); };
  while (!word.empty() && is_mark(word.front())) word.remove_prefix(1);
  while (!word.empty() && is_mark(word.back())) word.remove_suffix(1);
  return word;
}

bool is_plain_word(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return is_letter(c) || is_beyond_ascii(c) || c == '-' || c == '\'';
  });
}

bool is_file_path(std::string_view value) {
  if (value.starts_with("@/") || value.starts_with("@.")) value.remove_prefix(1);
  const bool drive = value.size() > 3 && is_letter(value[0]) && value[1] == ':' &&
                     (value[2] == '\\' || value[2] == '/');
  if (drive || value.starts_with("\\\\")) return true;
  if (value.starts_with("./") || value.starts_with("../") || value.starts_with("~/")) return true;
  return value.starts_with('/') && value.size() > 3 && find_first_of(value, " +="_bytes) == npos &&
         is_composed_of_words(value.substr(1));
}

bool is_address(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme != npos && scheme > 1) {
    return std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(scheme),
                       [](char c) { return is_word_char(c) || c == '+' || c == '-' || c == '.'; });
  }
  // What all but the first of the stores have.
  if (find_first_of(value, ":+(."_bytes) == npos) return starts_folded(value, stores.front());
  return std::any_of(stores.begin(), stores.end(),
                     [&](std::string_view store) { return starts_folded(value, store); });
}

// Bytes of a chain of names: `os.environ`, `this->config`, `$row`.
std::size_t chain_bytes(std::string_view value) {
  std::size_t i = value.starts_with('$') ? 1 : 0;
  const std::size_t first = i;
  while (i < value.size()) {
    if (is_letter(value[i]) || value[i] == '_' || value[i] == '.' || (i > first && value[i] == ':'))
      ++i;
    else if (value.substr(i).starts_with("->") && i > first)
      i += 2;
    else
      break;
  }
  return i;
}

// char(60), VARCHAR2(64 CHAR)
bool is_sized_type(std::string_view value) {
  const std::size_t open = value.find('(');
  return open != npos && value.ends_with(')') && is_keyword(value.substr(0, open));
}

// getenv("PW"), os.environ["PW"], $row['password']
bool is_call_or_subscript(std::string_view value) {
  const std::size_t head = chain_bytes(value);
  if (head < 3 || head >= value.size()) return false;
  return (value[head] == '(' && value.find(')') != npos) ||
         (value[head] == '[' && value.find(']') != npos);
}

// process.env.PGPASSWORD, $this->password
bool is_member_of_object(std::string_view value) {
  // What stands in front of the member's name.
  if (find_first_of(value, ".>"_bytes) == npos) return false;
  for (const std::string_view object :
       {"process.env."sv, "import.meta.env."sv, "os.environ."sv, "self."sv, "this."sv, "var."sv,
        "local."sv, "data."sv, "module."sv, "secrets."sv, "config."sv, "settings."sv, "env."sv,
        "ENV."sv, "args."sv, "req."sv}) {
    if (begins_with(value, object) && value.size() > object.size() &&
        std::all_of(value.begin(), value.end(),
                    [](char c) { return is_word_char(c) || c == '.'; })) {
      return true;
    }
  }
  return value.starts_with('$') && value.find("->") != npos && chain_bytes(value) == value.size();
}

// password_hash, user.password, newPassword, DB_PASSWORD
bool is_name_of_credential(std::string_view value) {
  const bool name = std::all_of(value.begin(), value.end(),
                                [](char c) { return is_letter(c) || c == '_' || c == '.'; });
  if (!name) return false;
  const Words words(value);
  if (words.count() < 2) return false;
  for (std::size_t i = 0; i < words.count(); ++i) {
    if (!name_words.has(words[i])) return false;
  }
  return true;
}

}  // namespace

bool points_elsewhere(std::string_view value) noexcept {
  // What takes more than letters and digits.
  const bool has_signs = find_first_of(value, "(/\\[.>"_bytes) != npos;
  return (has_signs && (is_sized_type(value) || is_file_path(value) ||
                        is_call_or_subscript(value) || is_member_of_object(value))) ||
         is_address(value) || is_name_of_credential(value);
}

bool is_keyword(std::string_view value) noexcept {
  // Laravel writes the rules of a field in one text: required|min:8.
  value = value.substr(0, value.find('|'));
  // GraphQL's String!, TypeScript's string?
  if (value.ends_with('!') || value.ends_with('?')) value.remove_suffix(1);
  return keywords.has_folded(value);
}

bool is_sentence(std::string_view value) noexcept {
  if (value.find(' ') == npos) return false;
  std::size_t count = 0;
  std::size_t plain = 0;
  std::size_t small = 0;
  bool names_password = false;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find(' ', at), value.size());
    const std::string_view word = without_marks(value.substr(at, end - at));
    at = end + 1;
    count += word.empty() ? 0 : 1;
    // Of one letter there are few words: a, I.
    plain += is_plain_word(word) && (word.size() > 1 || small_words.has_folded(word)) ? 1 : 0;
    small += small_words.has_folded(word) ? 1 : 0;
    names_password =
        names_password || equals_folded(word, "password") || equals_folded(word, "passwords");
  }
  return plain * 3 >= count * 2 && (small >= 2 || names_password || (small == 1 && count >= 4));
}

}  // namespace studiosync
