#include "core/sync/taken_back.hpp"

#include <algorithm>

#include "core/protocol/codec.hpp"
#include "core/sync/pull.hpp"

namespace studiosync {
namespace {

bool same_loss(const ConflictCase& a, const ConflictCase& b) {
  return a.type == b.type && a.item_id == b.item_id && a.strategy == b.strategy &&
         a.local.deleted == b.local.deleted && a.local.content == b.local.content &&
         a.local.device == b.local.device;
}

}  // namespace

ChangeId memory_of(EntityType type, std::string_view id) {
  return {hash128("taken back\n" + std::string(to_string(type)) + '\n' + std::string(id))};
}

ChangeId change_of_lost(EntityType type, std::string_view id, const Rev& rev) {
  return {hash128("lost\n" + std::string(to_string(type)) + '\n' + std::string(id) + '\n' +
                  std::to_string(rev.epoch.value) + '\n' + std::to_string(rev.version.value))};
}

std::optional<ChangeId> taken_back_as(UserReader& log, const ConflictCase& conflict) {
  const auto memory = log.applied(memory_of(conflict.type, conflict.item_id));
  if (!memory) return std::nullopt;
  const ChangeId change = change_of_lost(conflict.type, conflict.item_id, memory->rev);
  const std::string id = conflict_id(change);
  const auto record = log.find(EntityType::conflict, id);
  if (!record || record->deleted) return std::nullopt;
  const auto view = conflict_from_content(id, record->content);
  if (!view || !same_loss(view->conflict, conflict)) return std::nullopt;
  return change;
}

bool lost_before(UserReader& log, const ConflictCase& conflict) {
  return std::ranges::any_of(read_conflicts(log, true), [&](const ConflictView& view) {
    return view.conflict.id != conflict.id && same_loss(view.conflict, conflict);
  });
}

}  // namespace studiosync
