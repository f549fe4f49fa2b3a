// The half of MemoryUserTxn that only reads.
#include <algorithm>

#include "core/conflicts/row_bytes.hpp"
#include "server/store/memory/memory_user_txn.hpp"

namespace studiosync::server {
namespace {

template <class Wanted>
std::vector<std::string> ids_by_age(const MemoryUser& user, const Wanted& wanted) {
  std::map<std::uint64_t, std::string> by_age;
  for (const auto& [id, conflict] : user.conflicts) {
    if (wanted(conflict)) by_age.emplace(conflict.ordinal, id);
  }
  std::vector<std::string> ids;
  for (auto& [ordinal, id] : by_age) ids.push_back(std::move(id));
  return ids;
}

}  // namespace

std::optional<Record> MemoryUserTxn::find(EntityType type, std::string_view id) {
  const auto item = user_.items.find(std::pair(type, std::string(id)));
  if (item == user_.items.end()) return std::nullopt;
  return user_.log.at(item->second);
}

std::vector<Record> MemoryUserTxn::page(Seq after, PageLimits limits) {
  std::vector<Record> records;
  std::size_t bytes = 0;
  for (auto row = user_.log.upper_bound(after); row != user_.log.end(); ++row) {
    bytes += row_bytes(row->second);
    if (records.size() >= limits.rows_max) break;
    if (bytes > limits.bytes_max && !records.empty()) break;
    records.push_back(row->second);
  }
  return records;
}

Seq MemoryUserTxn::seq_at(CommitTime t) {
  const auto later = std::find_if(user_.log.begin(), user_.log.end(),
                                  [&](const auto& row) { return row.second.committed > t; });
  const UserState& state = user_.state;
  const Seq found = later == user_.log.end() ? state.head : Seq{later->first.value - 1};
  return state.floor && t < user_.floor_at ? std::min(found, Seq{state.floor.value - 1}) : found;
}

std::uint64_t MemoryUserTxn::live(EntityType type) {
  const auto found = user_.live.find(type);
  return found == user_.live.end() ? 0 : found->second;
}

std::vector<Record> MemoryUserTxn::live_page(EntityType type, Seq after, std::size_t rows_max) {
  std::vector<Record> records;
  for (auto row = user_.log.upper_bound(after); row != user_.log.end(); ++row) {
    if (records.size() == rows_max) break;
    if (row->second.type == type && !row->second.deleted) records.push_back(row->second);
  }
  return records;
}

void MemoryUserTxn::each_live(const std::function<void(const Record&)>& visit) {
  for (const auto& [seq, record] : user_.log)
    if (!record.deleted) visit(record);
}

std::optional<ReplicaMark> MemoryUserTxn::replica(ReplicaId replica) {
  const auto found = user_.replicas.find(replica);
  return found == user_.replicas.end() ? std::nullopt : std::optional(found->second);
}

std::optional<AppliedChange> MemoryUserTxn::applied(ChangeId change) {
  const auto found = user_.applied.find(change);
  return found == user_.applied.end() ? std::nullopt : std::optional(found->second);
}

void MemoryUserTxn::each_applied(const std::function<void(const AppliedChange&)>& visit) {
  for (const auto& [id, change] : user_.applied) visit(change);
}

DeleteWindow MemoryUserTxn::delete_window(ReplicaId replica, EntityType type) {
  const auto found = user_.delete_windows.find({replica, type});
  return found == user_.delete_windows.end() ? DeleteWindow{} : found->second;
}

std::vector<std::string> MemoryUserTxn::conflict_ids(bool all) {
  return ids_by_age(user_, [&](const MemoryConflict& conflict) { return all || conflict.open; });
}

std::vector<std::string> MemoryUserTxn::conflicts_of(EntityType type, std::string_view item_id) {
  return ids_by_age(user_, [&](const MemoryConflict& conflict) {
    return conflict.type == type && conflict.item_id == item_id;
  });
}

std::optional<std::string> MemoryUserTxn::open_conflict(EntityType type, std::string_view item_id,
                                                        std::string_view losing) {
  auto ids = ids_by_age(user_, [&](const MemoryConflict& conflict) {
    return conflict.open && conflict.type == type && conflict.item_id == item_id &&
           conflict.losing == losing;
  });
  if (ids.empty()) return std::nullopt;
  return std::move(ids.back());
}

}  // namespace studiosync::server
