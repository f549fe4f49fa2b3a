// What joins a name to its value: `=`, `: `, `":"`, `=>`, `is`, `--name value`, `set("name",
// value)`. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/sanitizer/text/names.hpp"

namespace studiosync {

enum class Joint : std::uint8_t {
  equals,  // = := == => and their encoded forms
  colon,
  copula,  // `the password is`
  option,  // --password value
  beside,  // `with password "x"`: nothing but a blank
  call,    // setPassword( and put("password", : only a quoted value belongs to the name
};

struct Joined {
  Joint joint = Joint::equals;
  bool tight = false;        // no white space on either side
  bool quoted_name = false;  // "password": …
  bool apart = false;        // words stand between: `the password for the shop is`
  std::size_t value = 0;     // where the value begins
};

std::optional<Joined> read_joint(std::string_view text, const CredentialName& name) noexcept;

}  // namespace studiosync
