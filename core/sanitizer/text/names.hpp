// The name around an anchor, as settings, variables, members and prose write it. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {

struct CredentialName {
  std::size_t begin = 0;
  std::size_t end = 0;
  Claim claim = Claim::hinted;

  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

inline constexpr std::size_t name_bytes_max = 64;

// The end of the identifier in which `at` stands, whatever it names.
std::size_t name_end(std::string_view text, std::size_t at) noexcept;

// The whole identifier in which `at` stands, `spring.datasource.password`, or two words of prose,
// `API key`; nothing when it names no credential. `end` is its name_end.
std::optional<CredentialName> credential_name_at(std::string_view text, std::size_t at,
                                                 std::size_t end) noexcept;

}  // namespace studiosync
