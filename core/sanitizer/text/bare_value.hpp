// Values without quotes: how far they reach, and whether they are a credential or go on as prose
// or code. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

inline constexpr std::size_t bare_bytes_max = 512;

// The credential that stands without quotes behind the joint.
std::optional<Extent> bare_secret(std::string_view text, TextKind kind, const CredentialName& name,
                                  const Joined& joined) noexcept;

}  // namespace studiosync
