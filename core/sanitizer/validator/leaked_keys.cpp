#include "core/sanitizer/validator/leaked_keys.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>

namespace studiosync {
namespace {

// Names that hold a credential, and all that end like them.
constexpr std::array<std::string_view, 34> endings{
    "password",    "passwd",       "passphrase",    "passcode",    "pwd",       "dbpass",
    "userpass",    "sshpass",      "rootpass",      "adminpass",   "apikey",    "accesskey",
    "secretkey",   "privatekey",   "sshkey",        "sslkey",      "tlskey",    "certkey",
    "clientkey",   "accountkey",   "encryptionkey", "signingkey",  "masterkey", "keymaterial",
    "secret",      "credential",   "authorization", "cookie",      "bearer",    "jwt",
    "accesstoken", "refreshtoken", "authtoken",     "sessiontoken"};

bool equals_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

void append_letter(std::string& letters, std::uint32_t character) {
  if (character >= 'A' && character <= 'Z') character += 'a' - 'A';
  const bool letter = character >= 'a' && character <= 'z';
  const bool digit = character >= '0' && character <= '9';
  if (letter || digit) letters.push_back(static_cast<char>(character));
}

// The character behind `\u`; 0, which is no letter, for anything that is not four hexadecimal
// digits.
std::uint32_t hex_character(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    const auto nibble = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
    if (nibble == std::string_view::npos) return 0;
    value = value << 4 | static_cast<std::uint32_t>(nibble);
  }
  return digits.size() == 4 ? value : 0;
}

bool is_credential_name(std::string_view name) {
  if (name.empty()) return false;
  for (const std::string_view ending : endings) {
    // The last byte alone sorts out nearly all.
    if (ending.back() == name.back() && name.ends_with(ending)) return true;
  }
  return name == "pass";
}

bool is_singular_or_plural(std::string_view name) {
  if (is_credential_name(name)) return true;
  return name.ends_with('s') && is_credential_name(name.substr(0, name.size() - 1));
}

}  // namespace

std::string letters_of(std::string_view raw_string) {
  std::string letters;
  for (std::size_t i = 0; i < raw_string.size(); ++i) {
    if (raw_string[i] != '\\') {
      append_letter(letters, static_cast<unsigned char>(raw_string[i]));
    } else if (++i < raw_string.size() && raw_string[i] == 'u') {
      append_letter(letters, hex_character(raw_string.substr(i + 1, 4)));
      i += 4;
    }
  }
  return letters;
}

bool leaks_credential(std::string_view letters) {
  while (!letters.empty() && letters.back() >= '0' && letters.back() <= '9') {
    letters.remove_suffix(1);
  }
  // One token is a credential, many are the words of a chat.
  if (letters.ends_with("token")) return true;
  if (is_singular_or_plural(letters)) return true;
  for (const std::string_view tail : {"pem", "hash", "value", "header"}) {
    if (!letters.ends_with(tail)) continue;
    return is_singular_or_plural(letters.substr(0, letters.size() - tail.size()));
  }
  return false;
}

bool leaks_credential_within(std::string_view parent, std::string_view letters) {
  return equals_any(letters, {"key", "keys"}) &&
         equals_any(parent, {"ssh", "ssl", "tls", "api", "cert", "certificate", "encryption"});
}

bool is_name_of_setting(std::string_view letters) {
  return equals_any(letters, {"key", "name", "option", "param", "parameter", "property", "header"});
}

bool is_value_of_setting(std::string_view letters) {
  return letters == "value";
}

}  // namespace studiosync
