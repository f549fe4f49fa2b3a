// The command lines that take a password in an option of one letter, or in a fixed place. Data; any
// thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace studiosync {

enum class Takes : std::uint8_t {
  attached,     // -pSECRET only; -p alone asks for it
  value,        // -P SECRET and -PSECRET
  separate,     // -k SECRET only: -kfile is another option
  login,        // -u user:SECRET
  percent,      // -U user%SECRET
  comma,        // -u user,SECRET
  comma_word,   // a word host/user,SECRET
  address,      // a word user:SECRET@host
  oracle,       // a word user/SECRET[@service]
  using_word,   // the word behind `using`
  place,        // the word of that number, options not counted
  htpasswd,     // -b file user SECRET, -nb user SECRET
  named,        // a name and its value: configure set aws_secret_access_key SECRET
  new_password  // the word behind `password`: mysqladmin password SECRET
};

struct Tool {
  std::string_view name;  // in lower case
  Takes takes;
  char option = 0;
  std::uint8_t place = 0;
};

// The tools whose name begins with that letter, in either case; null behind the last.
const Tool* first_tool(char initial) noexcept;
const Tool* next_tool(const Tool& tool) noexcept;

}  // namespace studiosync
