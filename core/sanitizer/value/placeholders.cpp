#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"
#include "core/sanitizer/value/word_table.hpp"
#include "core/sanitizer/value/words.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;

struct Brackets {
  std::string_view open;
  std::string_view close;
  bool words_only;  // what stands inside must read like a name: `[hunter2!]` is a password
};

// Longer openings first.
constexpr std::array brackets{Brackets{"{{", "}}", false},
                              Brackets{"${{", "}}", false},
                              Brackets{"${", "}", false},
                              Brackets{"$(", ")", false},
                              Brackets{"#{", "}", false},
                              Brackets{"<%", "%>", false},
                              Brackets{"%{", "}", false},
                              Brackets{"&{", "}", false},
                              Brackets{"@{", "}", false},
                              Brackets{"%s", "", false},
                              Brackets{"<<", ">>", true},
                              Brackets{"[[", "]]", true},
                              Brackets{"((", "))", true},
                              Brackets{"__", "__", true},
                              Brackets{"<", ">", true},
                              Brackets{"[", "]", true},
                              Brackets{"{", "}", true},
                              Brackets{"%(", ")s", true},
                              Brackets{"&lt;", "&gt;", true},
                              Brackets{"\\u003c", "\\u003e", true},
                              Brackets{"\\u003C", "\\u003E", true},
                              Brackets{"«", "»", true},
                              Brackets{"‹", "›", true}};

// Ciphertext that only its own tool can open is no credential in the clear.
constexpr std::array ciphertexts{
    Brackets{"ENC[", "]", false}, Brackets{"ENC(", ")", false}, Brackets{"{cipher}", "", false},
    Brackets{"$ANSIBLE_VAULT", "", false}, Brackets{"!vault", "", false}};

constexpr WordTable whole_values{
    "?"sv,        "..."sv,         "…"sv,    "redacted"sv, "masked"sv, "censored"sv, "scrubbed"sv,
    "filtered"sv, "placeholder"sv, "todo"sv, "fixme"sv,    "tbd"sv,    "%s"sv,       "%d"sv,
    "%v"sv,       "%q"sv,          "{}"sv,   "[]"sv,       "<>"sv,     "%@"sv};

// Texts of manuals: `your_password_here` has a marker and a word for what belongs there.
constexpr WordTable markers{"your"sv,   "example"sv, "placeholder"sv, "dummy"sv, "sample"sv,
                            "insert"sv, "replace"sv, "here"sv,        "enter"sv, "goes"sv,
                            "fill"sv,   "put"sv,     "paste"sv,       "some"sv,  "redacted"sv,
                            "todo"sv,   "ihr"sv,     "dein"sv,        "votre"sv, "tu"sv};
constexpr std::array subjects{"password"sv,   "passwd"sv,      "pass"sv,     "pwd"sv,   "pw"sv,
                              "passphrase"sv, "secret"sv,      "token"sv,    "key"sv,   "apikey"sv,
                              "credential"sv, "credentials"sv, "auth"sv,     "value"sv, "string"sv,
                              "me"sv,         "changeme"sv,    "passwort"sv, "jwt"sv,   "cookie"sv};

std::size_t utf8_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xc0) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

// xxxx, XXXX-XXXX, ****, ••••, ....: one sign that masks, over and over.
bool is_mask(std::string_view value) {
  const std::size_t size = std::min(utf8_size(value.front()), value.size());
  const std::string_view sign = value.substr(0, size);
  const bool is_x = sign == "x" || sign == "X";
  if (!is_x && size == 1 && "*.#_-?~+0"sv.find(sign) == npos) return false;
  std::size_t signs = 0;
  for (std::size_t i = 0; i < value.size();) {
    if (value.substr(i, size) == sign) {
      i += size;
      ++signs;
    } else if (is_x && (value[i] == '-' || value[i] == '_' || value[i] == ' ')) {
      ++i;
    } else {
      return false;
    }
  }
  return sign == "0" ? signs >= 8 : !is_x || signs >= 3;
}

bool reads_like_a_key(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_word_char(c) || c == '-' || c == ':' || c == ' '; });
}

// ab****yz, ghp_..., eyJ…: too little is left to be of use.
bool is_mostly_masked(std::string_view value) {
  constexpr std::size_t visible_max = 10;
  // What the masks begin with.
  if (find_first_of(value, "*.xX\xe2"_bytes) == npos) return false;
  for (const std::string_view mask :
       {"***"sv, "•••"sv, "●●●"sv, "..."sv, "…"sv, "xxxxxx"sv, "XXXXXX"sv}) {
    const std::size_t begin = value.find(mask);
    if (begin == npos) continue;
    std::size_t end = begin + mask.size();
    while (end < value.size() && value[end] == mask.back()) ++end;
    if (!reads_like_a_key(value.substr(0, begin)) || !reads_like_a_key(value.substr(end))) {
      continue;
    }
    if (value.size() - (end - begin) <= visible_max) return true;
  }
  return false;
}

bool reads_like_a_name(std::string_view text) {
  constexpr std::size_t name_bytes_max = 64;
  return text.size() <= name_bytes_max && std::all_of(text.begin(), text.end(), [](char c) {
           return is_word_char(c) || is_beyond_ascii(c) || " -./:,'|*"_bytes.has(c);
         });
}

// ${file:/etc/secrets:password}: who resolves the reference, not the name of a variable.
constexpr WordTable resolvers{
    "env"sv,    "file"sv,       "files"sv,       "sys"sv,         "ssm"sv, "secretsmanager"sv,
    "vault"sv,  "secret"sv,     "secrets"sv,     "sm"sv,          "cf"sv,  "opt"sv,
    "self"sv,   "kv"sv,         "keyvault"sv,    "credentials"sv, "dir"sv, "directory"sv,
    "config"sv, "configmaps"sv, "securevault"sv, "aws-sm"sv,      "op"sv,  "param"sv,
    "var"sv};

// ${DB_PASSWORD:-hunter2} brings a credential along; ${DB_PASSWORD:?not set} does not.
bool brings_default(std::string_view inside) {
  const std::size_t colon = inside.find(':');
  if (colon == npos || colon + 1 >= inside.size()) return false;
  const std::string_view name = inside.substr(0, colon);
  const bool resolved = resolvers.has_folded(name);
  std::string_view rest = inside.substr(colon + 1);
  if (resolved) {
    const std::size_t marked = rest.find(":-");
    if (marked == npos || marked + 2 >= rest.size()) return false;
    rest.remove_prefix(marked + 1);
  }
  if (rest.front() == '?' || rest.front() == '+') return false;
  if (rest.front() == '-' || rest.front() == '=') rest.remove_prefix(1);
  return !rest.empty() && find_first_of(rest, "${"_bytes) == npos && !is_mask(rest);
}

// Bytes of the bracketed stand-in with which `value` begins; 0 when there is none.
std::size_t bracketed_bytes(std::string_view value) {
  for (const Brackets& pair : brackets) {
    if (!begins_with(value, pair.open)) continue;
    const std::size_t close = value.find(pair.close, pair.open.size());
    if (close == npos) continue;
    const std::string_view inside = value.substr(pair.open.size(), close - pair.open.size());
    if (pair.words_only && !reads_like_a_name(inside)) continue;
    if (pair.open == "${" && brings_default(inside)) continue;
    return close + pair.close.size();
  }
  return 0;
}

// `{user}:{password}`, `<access-token>`: nothing but stand-ins and what joins them.
bool is_bracketed(std::string_view value) {
  bool any = false;
  while (!value.empty()) {
    if (const std::size_t bytes = bracketed_bytes(value)) {
      value.remove_prefix(bytes);
      any = true;
    } else if (any && ":-_./@+ *'\"#"_bytes.has(value.front())) {
      value.remove_prefix(1);
    } else {
      return false;
    }
  }
  return any;
}

bool is_ciphertext(std::string_view value) {
  return std::any_of(ciphertexts.begin(), ciphertexts.end(), [&](const Brackets& kind) {
    return begins_with(value, kind.open) && value.ends_with(kind.close);
  });
}

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_upper_name(std::string_view name) {
  return name.size() > 1 && std::all_of(name.begin(), name.end(), [](char c) {
           return is_upper(c) || is_digit(c) || c == '_';
         });
}

// Whether a variable of this name could hold a credential; `$ecret1` is none, but a password.
bool is_variable_name(std::string_view name) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_word_char)) return false;
  if (is_number(name)) return true;
  if (is_digit(name.front())) return false;
  const bool same_case = std::none_of(name.begin(), name.end(), is_digit);
  return is_upper_name(name) || (same_case && claim_of_name(name).has_value());
}

// $VAR, :pw, @pw, &&pw, $1, %VAR%, @TOKEN@, $env:VAR
bool is_variable(std::string_view value) {
  // A shell's $P.
  if (value.size() == 2 && value.front() == '$' && is_upper(value.back())) return true;
  for (const std::string_view sigil : {"$env:"sv, "$"sv, ":"sv, "@@"sv, "@"sv, "&&"sv, "&"sv}) {
    if (begins_with(value, sigil) && is_variable_name(value.substr(sigil.size()))) return true;
  }
  if (value.size() < 3 || value.front() != value.back()) return false;
  const bool framed = "%@#"_bytes.has(value.front());
  return framed && is_variable_name(value.substr(1, value.size() - 2));
}

// Bytes of the joint of two literals at the front: + || & .
std::size_t joint_bytes(std::string_view text) {
  if (text.starts_with("||")) return 2;
  return !text.empty() && "+&."_bytes.has(text.front()) ? 1 : 0;
}

// A quote, a joint and names, as in ' + QUOTENAME(@pw, ': the program that makes up the value.
bool is_concatenation(std::string_view value) {
  const std::size_t begin = find_first_not_of(value, "'\" N"_bytes);
  if (begin == npos || begin == 0) return false;
  // `N+x` without a quote is a value of its own.
  if (value.front() == 'N' && find_first_of(value.substr(0, begin), "'\""_bytes) == npos)
    return false;
  const std::string_view rest = value.substr(begin);
  const std::size_t joint = joint_bytes(rest);
  if (joint == 0 || joint == rest.size()) return false;
  const std::string_view operands = rest.substr(joint);
  // A call, or the literal behind it: a password that begins like one has neither.
  if (find_first_of(operands, "('\""_bytes) == npos) return false;
  return std::all_of(operands.begin(), operands.end(), [](char c) {
    return is_word_char(c) || " @$#.():,'\"+|&[]\r\n\t"_bytes.has(c);
  });
}

bool is_of_manuals(std::string_view value) {
  if (value.size() >= 16 && value.find("EXAMPLE") != npos) return true;
  if (value.size() > Words::bytes_max) return false;
  const bool letters = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_beyond_ascii(c) || c == '_' || c == '-' || c == ' ' || c == '.';
  });
  if (!letters) return false;
  const Words words(value);
  bool marker = words.flat().starts_with("your") && words.count() == 1;
  bool subject = false;
  for (std::size_t i = 0; i < words.count(); ++i) {
    marker = marker || markers.has(words[i]);
    subject = subject || std::any_of(subjects.begin(), subjects.end(), [&](std::string_view word) {
                return words.count() == 1 ? words[i].ends_with(word) : words[i] == word;
              });
  }
  return marker && subject;
}

}  // namespace

bool is_placeholder(std::string_view value) noexcept {
  if (value.empty()) return false;
  // First: what was redacted is read again.
  if (value.starts_with("[REDACTED")) return true;
  if (whole_values.has_folded(value) || is_mask(value) || is_mostly_masked(value) ||
      is_of_manuals(value)) {
    return true;
  }
  // The others take more than letters and digits.
  const bool has_signs =
      std::any_of(value.begin(), value.end(), [](char c) { return !is_letter(c) && !is_digit(c); });
  return has_signs && (is_bracketed(value) || is_ciphertext(value) || is_variable(value) ||
                       is_concatenation(value) || value.find("[REDACTED") != npos ||
                       value.find("***REDACTED***") != npos);
}

}  // namespace studiosync
