#include "e2e/history/device_state.hpp"

#include <limits>
#include <set>

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::int32_t>::max();

}  // namespace

DeviceState device_state(DeviceStore& store) {
  const DeviceMeta meta = store.meta();
  DeviceState state{.replica = meta.replica, .cursor = meta.cursor, .queue = store.counts()};
  std::set<RecordKey> listed;
  const auto list = [&](EntityType type) {
    for (DeviceRecord& record : store.list(type, "", all)) {
      listed.insert({type, record.id});
      state.records.push_back(std::move(record));
    }
  };
  for (const EntityType type : user_entity_types) list(type);
  list(EntityType::conflict);
  // Deletes that are not sent yet are not visible any more.
  for (const RecordKey& key : store.pending(all)) {
    if (listed.contains(key)) continue;
    if (auto record = store.find(key.type, key.id)) state.records.push_back(std::move(*record));
  }
  state.rejected = store.rejected();
  state.originals = store.originals();
  return state;
}

}  // namespace studiosync::e2e
