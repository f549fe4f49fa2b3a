#include "core/sanitizer/text/bare_judge.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/references.hpp"
#include "core/sanitizer/value/word_table.hpp"
#include "core/sanitizer/value/words.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

constexpr std::array technical{"sha"sv,      "md5"sv,    "aes"sv,    "bcrypt"sv,  "argon2"sv,
                               "pbkdf2"sv,   "scrypt"sv, "base64"sv, "utf"sv,     "oauth"sv,
                               "rfc"sv,      "hmac"sv,   "rsa"sv,    "scram"sv,   "pkcs"sv,
                               "totp"sv,     "2fa"sv,    "mfa"sv,    "varchar"sv, "char"sv,
                               "nvarchar"sv, "x509"sv,   "http"sv,   "int4"sv,    "int8"sv};
// Arguments of examples and parameters of functions.
constexpr WordTable generic_words{"value"sv,  "data"sv,   "input"sv,  "argument"sv, "variable"sv,
                                  "field"sv,  "column"sv, "result"sv, "await"sv,    "key"sv,
                                  "keys"sv,   "yield"sv,  "else"sv,   "new"sv,      "return"sv,
                                  "values"sv, "here"sv,   "below"sv,  "above"sv};

// `use the --password option to …`
constexpr WordTable option_prose{
    "has"sv,  "have"sv,   "can"sv,     "will"sv,   "must"sv,      "should"sv,   "of"sv,
    "flag"sv, "option"sv, "options"sv, "switch"sv, "parameter"sv, "argument"sv, "prompt"sv,
    "is"sv,   "to"sv,     "and"sv,     "or"sv,     "for"sv,       "with"sv,     "from"sv,
    "in"sv,   "on"sv,     "if"sv,      "when"sv,   "instead"sv,   "as"sv};

template <class Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}
template <class Test>
bool none(std::string_view text, Test test) {
  return std::none_of(text.begin(), text.end(), test);
}
template <class Test>
bool any(std::string_view text, Test test) {
  return std::any_of(text.begin(), text.end(), test);
}

bool is_upper_name(std::string_view name) {
  return all(name, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
}

// What can only be a password, even where no sign joins it to its name: password Hunter2!23.
bool is_mixed(std::string_view value) {
  // Another setting: capacity=16.
  const std::size_t equals = value.find('=');
  if (equals != npos && value.substr(equals).find_first_not_of('=') != npos &&
      all(value.substr(0, equals), is_word_char))
    return false;
  constexpr std::size_t mixed_bytes_min = 6;
  const auto digits = std::count_if(value.begin(), value.end(), is_digit);
  const bool signs = any(value, [](char c) { return "!@#$%^&*+=~?"_bytes.has(c); });
  return value.size() >= mixed_bytes_min && digits > 0 &&
         find_first_of(value, "()[]_,"_bytes) == npos && !value.starts_with("0x") &&
         !value.starts_with('-') && any(value, is_lower) &&
         (digits > 1 || signs || any(value, is_upper));
}

// user.password, row.pass2: the last member names a credential.
bool is_path_of_names(std::string_view value) {
  const std::size_t dot = value.rfind('.');
  if (dot == npos || dot == 0 || !all(value, [](char c) { return is_word_char(c) || c == '.'; }))
    return false;
  const bool words = none(value, is_digit);
  return words || claim_of_name(value.substr(dot + 1)).has_value();
}

// getenv(…, config["x"], Optional[str]: a name that a bracket follows.
bool opens_call(std::string_view value) {
  std::size_t i = 0;
  while (i < value.size() && (is_word_char(value[i]) || value[i] == '.')) ++i;
  return i > 0 && i < value.size() && (value[i] == '(' || value[i] == '[') &&
         !is_digit(value.front());
}

// What no column, parameter or number is called: letters of both cases and digits in disorder.
bool is_unlike_an_identifier(std::string_view value) {
  constexpr std::size_t bytes_min = 8;
  if (value.size() < bytes_min || "@:$&?#%"_bytes.has(value.front())) return false;
  if (value.starts_with("0x") || value.starts_with("0X")) return false;
  if (looks_random(value)) return true;
  if (find_first_of(value, "_."_bytes) != npos || is_composed_of_words(value)) return false;
  return any(value, is_upper) && any(value, is_lower) && any(value, is_digit);
}

// openssl -passin pass:SECRET, env:NAME, file:PATH: read by the rule of that tool.
bool says_source(std::string_view value) {
  return value.starts_with("pass:") || value.starts_with("env:") || value.starts_with("file:");
}

// password_ptr, tokenStore: the name of something that has to do with credentials.
bool is_name_of_relative(std::string_view value) {
  const Words words(value);
  return words.count() > 1 && claim_of_name(words[0]).has_value();
}

bool has_sign_as_word(std::string_view value) {
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(' ', begin), value.size());
    const std::string_view word = value.substr(begin, end - begin);
    if (!word.empty() && none(word, [](char c) { return is_word_char(c) || is_beyond_ascii(c); }))
      return true;
    begin = end + 1;
  }
  return false;
}

// What? and wrong! are words.
std::string_view without_exclamation(std::string_view value) {
  return value.substr(0, find_last_not_of(value, "!?"_bytes) + 1);
}

// delta timber maple 612: nothing but words in lower case and numbers, and none that prose needs.
bool is_row_of_words(std::string_view value) {
  const Words words(value);
  return words.count() >= 3 && words.count() <= 12 && !is_sentence(value) &&
         all(value, [](char c) { return is_lower(c) || is_digit(c) || c == ' ' || c == '-'; });
}

bool is_constant(std::string_view value) {
  return value.find('_') != npos && is_upper_name(value);
}

}  // namespace

bool is_unlike_a_word(std::string_view value) noexcept {
  return any(value, [](char c) { return is_digit(c) || "!@#$%^&*+=~?"_bytes.has(c); });
}

bool names_technique(std::string_view value) noexcept {
  constexpr std::size_t term_bytes_max = 16;
  // sha512Crypt, but not mD5O34r5cTB1
  const auto is_generated = [](std::string_view rest) {
    return any(rest, is_digit) && any(rest, is_upper) && any(rest, is_lower);
  };
  return value.size() <= term_bytes_max &&
         std::any_of(technical.begin(), technical.end(), [&](std::string_view term) {
           return starts_folded(value, term) && !is_generated(value.substr(term.size()));
         });
}

BareJudge::BareJudge(std::string_view name, Claim claim, TextKind kind, const Joined& joined,
                     bool begins_line) noexcept
    : name_(name),
      claim_(claim),
      kind_(kind),
      joined_(joined),
      begins_line_(begins_line),
      environment_(is_upper_name(name) && joined.tight && joined.joint == Joint::equals) {}

bool BareJudge::is_credential(std::string_view value, bool more) const noexcept {
  // An ordinary word behind `is` tells what the password is like.
  if (joined_.joint == Joint::copula && !is_unlike_a_word(without_exclamation(value))) return false;
  if (joined_.joint == Joint::beside && claim_ == Claim::named && !is_mixed(value)) return false;
  if (!is_secret(value, claim_) || is_path_of_names(value)) return false;
  if (!environment_ && opens_call(value)) return false;
  if (all(value, is_digit) && value.size() < 4) return false;
  if (kind_ == TextKind::code) {
    const bool setting = joined_.tight && joined_.joint == Joint::equals;
    return (begins_line_ && environment_ && is_unlike_a_word(value)) ||
           (setting && is_unlike_an_identifier(value));
  }
  if (claim_ == Claim::hinted) return true;
  if (joined_.joint == Joint::option && says_source(value)) return false;
  if (is_unlike_a_word(value)) return is_credible(value, more);
  if (joined_.joint == Joint::beside) return false;
  if (joined_.joint == Joint::option) return !option_prose.has_folded(value);
  return (environment_ || !more) && is_credible_word(value);
}

bool BareJudge::is_setting(std::string_view value) const noexcept {
  return is_secret(value, claim_) && !is_path_of_names(value) && !opens_call(value) &&
         !"@:$?#"_bytes.has(value.front()) && !claim_of_name(value);
}

bool BareJudge::is_passphrase(std::string_view value) const noexcept {
  const bool told = kind_ == TextKind::prose && joined_.joint == Joint::colon && begins_line_;
  if (told && ends_folded(name_, "phrase"))
    return is_row_of_words(value) && is_secret(value, claim_);
  if (kind_ == TextKind::code || !begins_line_ || joined_.joint != Joint::equals) return false;
  if (find_first_of(value, "()[]{}<>\"'`=|;?,"_bytes) != npos || !is_secret(value, claim_))
    return false;
  const Words words(value);
  // PGPASSWORD=… psql -h db: a command, not more words.
  if (value.find(" -") != npos || has_sign_as_word(value)) return false;
  const bool setting = environment_ || find_first_of(name_, "_."_bytes) != npos;
  return setting || is_unlike_a_word(value) || words.count() >= 4;
}

bool BareJudge::is_credible(std::string_view value, bool more) const noexcept {
  constexpr std::size_t signs_min = 3;
  if (names_technique(value) || (value.size() < signs_min && none(value, is_digit))) return false;
  const bool letters = any(value, [](char c) { return is_letter(c) || is_beyond_ascii(c); });
  return letters || !more || value.size() >= 6;
}

// A plain word: a credential in settings, hardly one in a sentence or a program.
bool BareJudge::is_credible_word(std::string_view value) const noexcept {
  constexpr std::size_t word_bytes_min = 3;
  if (value.size() < word_bytes_min || generic_words.has_folded(value)) return false;
  if (environment_) return true;
  if (joined_.apart || names_technique(value)) return false;
  if (claim_of_name(value) || is_name_of_relative(value) || is_constant(value)) return false;
  // `PASS: test_login` is a report; `  pass: letmein` is a setting.
  const bool pass = equals_folded(name_, "pass") && !(name_ == "pass" && begins_line_);
  const bool vague = pass || equals_folded(name_, "secret");
  if (joined_.joint == Joint::colon) return !vague;
  return joined_.tight || (begins_line_ && !pass);
}

}  // namespace studiosync
