// The second opinion: an implementation of its own over the bytes that would be stored. It shares
// no code and no table with the other layers, so that a gap in the one is covered by the other. It
// is the narrower one: what it refuses is refused for good. Pure; any thread; linear time.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync {

// `content` is serialized JSON. A hit is `credential_leaked` with rule and path, never the secret
// (a key that is itself a credential is left out of the path).
Result<> check_clean(std::string_view content);

// Whether a string of that text would be accepted, without writing it down: what check_clean
// refuses is refused here. Allocates nothing.
bool is_clean_text(std::string_view text) noexcept;

}  // namespace studiosync
