#include "loadtest/fleet/record_tag.hpp"

#include <cstring>

#include "core/base/ids.hpp"
#include "core/base/sha256.hpp"

namespace studiosync::load {

RecordTag tag_of(EntityType type, std::string_view id) {
  const auto bytes = uuid_bytes(id);
  // An upper-case spelling is another id.
  const bool spelled_alike = bytes && uuid_text(*bytes) == id;
  return {.id = spelled_alike ? *bytes : hash128(id), .type = type};
}

std::string to_string(const RecordTag& tag) {
  return std::string(to_string(tag.type)) + " " + uuid_text(tag.id);
}

}  // namespace studiosync::load

std::size_t std::hash<studiosync::load::RecordTag>::operator()(
    const studiosync::load::RecordTag& tag) const noexcept {
  std::uint64_t tail = 0;  // of a UUIDv7 the random half
  std::memcpy(&tail, tag.id.data() + 8, sizeof tail);
  return tail ^ static_cast<std::size_t>(tag.type);
}
