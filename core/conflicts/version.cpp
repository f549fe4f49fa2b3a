#include "core/conflicts/version.hpp"

#include "core/conflicts/history.hpp"

namespace studiosync {

ReplicaId author_of(const Origin& origin, const DeviceId& device) noexcept {
  if (!origin.replica.nil()) return origin.replica;
  return ReplicaId{hash128(device.value)};
}

FieldVersion Record::last_change_of(std::string_view field) const {
  return History(*this).last_change(field);
}

Hash128 content_hash(const Record& record) noexcept {
  return hash128(record.content);
}

}  // namespace studiosync
