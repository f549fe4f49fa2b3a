// The bytes in which the log keeps a record's field versions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/conflicts/version.hpp"

namespace studiosync::server {

// One entry after another: name length and name, version, 16 bytes of replica, device_seq, 8 bytes
// of stamp (little end first); lengths and numbers as LEB128. Empty for no entries.
std::vector<std::uint8_t> encode_field_versions(const std::vector<FieldVersion>& fields);
// Nothing for bytes that encode_field_versions cannot have written.
std::optional<std::vector<FieldVersion>> decode_field_versions(std::span<const std::uint8_t> bytes);

}  // namespace studiosync::server
