// Everything a MemoryStore holds, as plain values: a copy is a backup.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/sync/user_log.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

struct MemoryConflict {
  EntityType type{};
  std::string item_id;
  std::string losing;
  std::uint64_t ordinal = 0;  // in the order in which they were opened
  bool open = true;
};

struct MemoryUser {
  UserState state;
  CommitTime floor_at;  // of the tombstone at `state.floor`
  Epochs epochs;
  Policies policies;
  std::map<Seq, Record> log;
  std::map<std::pair<EntityType, std::string>, Seq, std::less<>> items;
  std::map<EntityType, std::uint64_t> live;
  std::map<ReplicaId, ReplicaMark> replicas;
  std::map<ReplicaId, CommitTime> last_pushes;
  std::map<std::pair<ReplicaId, EntityType>, DeleteWindow> delete_windows;
  std::map<ChangeId, AppliedChange> applied;
  std::map<std::string, MemoryConflict> conflicts;
  std::vector<ArchiveRow> archive;
};

using MemoryImage = std::map<UserRef, MemoryUser>;

}  // namespace studiosync::server
