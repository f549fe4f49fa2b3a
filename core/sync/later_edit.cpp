#include "core/sync/later_edit.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"

namespace studiosync {
namespace {

// Of those in which others' values came in: a delete replaces all of them, another edit those that
// it writes, too, and not the same.
std::vector<std::string> contested_fields(const PendingEdit& edit, const RebaseInput& input) {
  const Fields theirs = fields_of(input.new_shadow);
  std::vector<std::string> fields = changed_keys(fields_of(input.old_shadow), theirs);
  if (edit.action == Action::remove) return fields;
  const Fields mine = fields_of(input.local);
  std::erase_if(fields, [&](const std::string& field) {
    return !std::binary_search(edit.changed.begin(), edit.changed.end(), field) ||
           value_of(mine, field) == value_of(theirs, field);
  });
  return fields;
}

// An edit that keeps the base of a creation would pass for one: with every field, others' too.
// What is older than what it has not seen is no news to its user; version 0 of an epoch is older
// than all of the record.
Rev base_before(const Record& shadow, const std::vector<std::string>& unseen) {
  Version first = shadow.rev.version;
  for (const std::string& field : unseen) {
    first = std::min(first, shadow.last_change_of(field).version);
  }
  return {shadow.rev.epoch, Version{first.value - 1}};
}

}  // namespace

Rev base_behind_answer(const DeviceRecord& record, const RebaseInput& input) {
  if (!record.shadow) return {};
  const PendingEdit& edit = *record.edit;
  const std::vector<std::string> unseen = contested_fields(edit, input);
  if (unseen.empty() && !SS_ZOO(own_changes_conflict)) return record.shadow->rev;
  const bool creation = !edit.base.version && edit.action == Action::upsert;
  if (!creation || record.shadow->deleted) return edit.base;
  return base_before(*record.shadow, unseen);
}

}  // namespace studiosync
