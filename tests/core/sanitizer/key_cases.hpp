// Keys that name a credential, and keys that only sound like it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace studiosync {

// Both implementations must catch these.
std::span<const std::string_view> credential_keys();
// Neither may touch these.
std::span<const std::string_view> harmless_keys();

// {"metadata":{key:"x"}}, escaped.
std::string record_with(std::string_view key);

}  // namespace studiosync
