// The part of MemoryUserTxn that lets go of what is old, and of what a reset ends.
#include <algorithm>

#include "core/base/zoo.hpp"
#include "server/store/epoch.hpp"
#include "server/store/memory/memory_user_txn.hpp"

namespace studiosync::server {

void MemoryUserTxn::set_delete_window(ReplicaId replica, EntityType type,
                                      const DeleteWindow& window) {
  save(&MemoryUser::delete_windows, {replica, type});
  user_.delete_windows.insert_or_assign({replica, type}, window);
}

void MemoryUserTxn::begin_generation() {
  save(&MemoryUser::state);
  UserState& state = user_.state;
  state.generation = generation_after(state.generation, origin_.epoch, state.head);
}

std::size_t MemoryUserTxn::collect_tombstones(CommitTime before, std::size_t rows_max) {
  std::vector<Seq> old;
  for (const auto& [seq, record] : user_.log) {
    if (record.committed >= before || old.size() == rows_max) break;
    if (record.deleted) old.push_back(seq);
  }
  if (old.empty()) return 0;
  save(&MemoryUser::state);
  save(&MemoryUser::floor_at);
  user_.state.floor = SS_ZOO(floor_is_the_first_collected) ? old.front() : old.back();
  user_.floor_at = user_.log.at(user_.state.floor).committed;
  for (const Seq seq : old) {
    const Record& tombstone = user_.log.at(seq);
    const std::pair item(tombstone.type, tombstone.id);
    user_.state.collected = std::max(user_.state.collected, tombstone.rev.version);
    save(&MemoryUser::items, item);
    user_.items.erase(item);
    save(&MemoryUser::log, seq);
    user_.log.erase(seq);
  }
  return old.size();
}

std::size_t MemoryUserTxn::drop_archive(CommitTime before, std::size_t rows_max) {
  undo_.push_back([kept = user_.archive](MemoryUser& user) { user.archive = kept; });
  std::size_t dropped = 0;
  std::erase_if(user_.archive, [&](const ArchiveRow& row) {
    const bool old = row.at < before && dropped < rows_max;
    dropped += old ? 1 : 0;
    return old;
  });
  return dropped;
}

bool MemoryUserTxn::forgettable(const AppliedChange& applied, CommitTime before) const {
  if (applied.replica.nil()) return applied.at < before;
  const auto last = user_.last_pushes.find(applied.replica);
  return last != user_.last_pushes.end() && last->second < before;
}

std::size_t MemoryUserTxn::forget_results(CommitTime before, std::size_t rows_max) {
  save(&MemoryUser::delete_windows);
  std::erase_if(user_.delete_windows,
                [&](const auto& window) { return window.second.start < before; });
  std::vector<ChangeId> old;
  for (const auto& [change, applied] : user_.applied) {
    if (old.size() == rows_max) break;
    if (forgettable(applied, before)) old.push_back(change);
  }
  for (const ChangeId change : old) {
    save(&MemoryUser::applied, change);
    user_.applied.erase(change);
  }
  return old.size();
}

}  // namespace studiosync::server
