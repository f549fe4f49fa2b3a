#include "server/store/memory/memory_user_txn.hpp"

#include <algorithm>

#include "core/base/limits.hpp"

namespace studiosync::server {

void MemoryUserTxn::undo() {
  for (; !undo_.empty(); undo_.pop_back()) undo_.back()(user_);
}

void MemoryUserTxn::put(Record& record) {
  UserState& state = user_.state;
  if (state.head.value >= limits::seq_max && !error_)
    error_ = Error{.code = ErrorCode::store_error, .message = "the user's log is full"};
  if (error_) return;
  save(&MemoryUser::state);
  remove_replaced(record);
  state.head = state.head.next();
  state.last_commit = {std::max(origin_.now.unix_us, state.last_commit.unix_us + 1)};
  record.seq = state.head;
  record.committed = state.last_commit;
  if (!record.rev.epoch) record.rev.epoch = origin_.epoch;
  if (user_.epochs.empty() || user_.epochs.back().epoch != origin_.epoch) {
    save(&MemoryUser::epochs);
    user_.epochs.push_back({origin_.epoch, state.head});
  }
  if (!record.deleted) count_live(record, +1);
  save(&MemoryUser::items, {record.type, record.id});
  user_.items.insert_or_assign({record.type, record.id}, record.seq);
  save(&MemoryUser::log, record.seq);
  user_.log.insert_or_assign(record.seq, record);
  ++rows_written_;
  bytes_written_ += record.content.size();
}

void MemoryUserTxn::remove_replaced(const Record& record) {
  const auto item = user_.items.find(std::pair(record.type, record.id));
  if (item == user_.items.end()) return;
  const auto row = user_.log.find(item->second);
  if (!row->second.deleted) count_live(row->second, -1);
  save(&MemoryUser::log, row->first);
  user_.log.erase(row);
}

void MemoryUserTxn::count_live(const Record& record, int by) {
  const auto one = static_cast<std::uint64_t>(by);  // wraps: minus one
  save(&MemoryUser::live, record.type);
  user_.live[record.type] += one;
  user_.state.bytes += one * record.content.size();
  if (record.type != EntityType::conflict) user_.state.records += one;
}

void MemoryUserTxn::set_replica(ReplicaId replica, const DeviceId&, const ReplicaMark& mark) {
  save(&MemoryUser::replicas, replica);
  save(&MemoryUser::last_pushes, replica);
  user_.replicas.insert_or_assign(replica, mark);
  user_.last_pushes.insert_or_assign(replica, origin_.now);
}

void MemoryUserTxn::remember(ChangeId change, const AppliedChange& applied) {
  save(&MemoryUser::applied, change);
  user_.applied.insert_or_assign(change, applied);
}

void MemoryUserTxn::set_policies(const Policies& policies) {
  save(&MemoryUser::policies);
  user_.policies = policies;
}

void MemoryUserTxn::conflict_opened(const std::string& conflict_id, EntityType type,
                                    std::string_view item_id, std::string_view losing) {
  save(&MemoryUser::conflicts, conflict_id);
  std::size_t last = 0;
  for (const auto& [id, conflict] : user_.conflicts) last = std::max(last, conflict.ordinal);
  const MemoryConflict opened{.type = type,
                              .item_id = std::string(item_id),
                              .losing = std::string(losing),
                              .ordinal = last + 1};
  user_.conflicts.try_emplace(conflict_id, opened).first->second.open = true;
}

void MemoryUserTxn::conflict_closed(const std::string& conflict_id) {
  const auto found = user_.conflicts.find(conflict_id);
  if (found == user_.conflicts.end()) return;
  save(&MemoryUser::conflicts, conflict_id);
  found->second.open = false;
}

void MemoryUserTxn::conflict_forgotten(const std::string& conflict_id) {
  save(&MemoryUser::conflicts, conflict_id);
  user_.conflicts.erase(conflict_id);
}

std::vector<std::string> MemoryUserTxn::scrub(EntityType type, std::string_view item_id) {
  std::vector<std::string> ids;
  for (const auto& [id, conflict] : user_.conflicts) {
    if (conflict.type == type && conflict.item_id == item_id) ids.push_back(id);
  }
  for (const std::string& id : ids) conflict_forgotten(id);
  undo_.push_back([before = user_.archive](MemoryUser& user) { user.archive = before; });
  std::erase_if(user_.archive, [&](const ArchiveRow& row) {
    return row.conflict.type == type && row.conflict.item_id == item_id;
  });
  return ids;
}

void MemoryUserTxn::archive(const ArchiveRow& row) {
  user_.archive.push_back(row);
  // The archive names devices by their ids, as on a disk.
  user_.archive.back().conflict.local.device_name.clear();
  user_.archive.back().conflict.remote.device_name.clear();
  undo_.push_back([](MemoryUser& user) { user.archive.pop_back(); });
}

}  // namespace studiosync::server
