#include "client/cli/situation.hpp"

#include <algorithm>

#include "core/protocol/codec.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t all = 100'000;
constexpr std::size_t page = 500;

RecordKey key_of(const DeviceRecord& record) {
  return {record.type, record.id};
}

}  // namespace

Situations::Situations(DeviceStore& store, DeviceSituation device)
    : store_(store), device_(std::move(device)) {
  for (const FrozenChange& change : store.frozen({}, all)) frozen_.push_back(change.seq);
  for (RecordKey& key : store.pending(all)) pending_.emplace(std::move(key), pending_.size());
  for (RejectedChange& rejected : store.rejected()) {
    const RecordKey key{rejected.change.type, rejected.change.id};
    refused_.insert_or_assign(key, std::move(rejected));
  }
  read_conflicts();
}

void Situations::read_conflicts() {
  std::string after;
  for (auto some = store_.list(EntityType::conflict, after, page); !some.empty();
       some = store_.list(EntityType::conflict, after, page)) {
    after = some.back().id;
    for (const DeviceRecord& one : some) {
      const auto view = conflict_from_content(one.id, one.content);
      if (!view || view->resolved) continue;
      conflicts_.emplace(RecordKey{view->conflict.type, view->conflict.item_id}, one.id);
    }
  }
}

Situation Situations::of(const DeviceRecord& record) const {
  const RecordKey key = key_of(record);
  Situation situation{.device = device_, .record = record};
  if (record.in_flight) {
    const auto place = std::ranges::lower_bound(frozen_, *record.in_flight);
    situation.ahead = static_cast<std::size_t>(place - frozen_.begin());
  } else if (const auto place = pending_.find(key); place != pending_.end()) {
    situation.ahead = frozen_.size() + place->second;
  }
  if (const auto found = refused_.find(key); found != refused_.end()) {
    situation.rejected = found->second;
  }
  if (const auto found = conflicts_.find(key); found != conflicts_.end()) {
    situation.open_conflict = found->second;
  }
  return situation;
}

std::vector<Situation> Situations::unsynced() const {
  std::vector<Situation> found;
  RecordKey after;
  for (auto some = store_.records(after, page); !some.empty(); some = store_.records(after, page)) {
    after = key_of(some.back());
    for (const DeviceRecord& record : some) {
      if (record.type == EntityType::conflict) continue;
      Situation situation = of(record);
      if (sync_reason(situation).code != "synced") found.push_back(std::move(situation));
    }
  }
  return found;
}

}  // namespace studiosync::client
