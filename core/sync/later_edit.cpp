#include "core/sync/later_edit.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/deletes.hpp"

namespace studiosync {
namespace {

// Whether a field was written by the change: also one without a value, of a record that it made
// anew, and where a clone has sent it first. What the server has is as it was sent, then: a change
// that it knew before can be answered with the version that others made since.
bool written_with(const AnsweredChange& answered, const Record& shadow, const FieldVersion& last) {
  if (last.version != answered.version) return false;
  const Fields stored = fields_of(shadow.content);
  const Fields wrote = fields_of(answered.change.content);
  return std::ranges::any_of(answered.change.changed, [&](const std::string& field) {
    const FieldVersion sent = shadow.last_change_of(field);
    return sent.version == last.version && sent.origin == last.origin &&
           value_of(stored, field) == value_of(wrote, field);
  });
}

// Those which others wrote behind the change's base, or over what it wrote. That may have left the
// values as they were: what was changed and changed back, or added and removed, is somebody's edit
// all the same.
std::vector<std::string> unseen_fields(const DeviceRecord& record, const AnsweredChange& answered,
                                       const RebaseInput& input) {
  const Record& shadow = *record.shadow;
  const Fields theirs = fields_of(input.new_shadow);
  const auto differing = changed_keys(fields_of(input.old_shadow), theirs);
  std::vector<std::string> fields;
  for (const std::string& field : join(changed_keys({}, theirs), record.edit->changed)) {
    const bool sent = std::ranges::binary_search(answered.change.changed, field);
    const Version seen = sent ? answered.version : answered.change.base.version;
    const FieldVersion last = shadow.last_change_of(field);
    const bool own = last.origin.replica == answered.own || written_with(answered, shadow, last);
    if (last.version > seen && !own) fields.push_back(field);
  }
  return join(fields, differing);
}

// Of those the ones that the edit replaces: a delete all of them, another edit those that it
// writes, too, and not the same.
std::vector<std::string> contested_fields(const DeviceRecord& record,
                                          const AnsweredChange& answered,
                                          const RebaseInput& input) {
  const PendingEdit& edit = *record.edit;
  std::vector<std::string> fields = unseen_fields(record, answered, input);
  if (edit.action == Action::remove) return fields;
  const Fields theirs = fields_of(input.new_shadow);
  const Fields mine = fields_of(input.local);
  std::erase_if(fields, [&](const std::string& field) {
    return !std::binary_search(edit.changed.begin(), edit.changed.end(), field) ||
           value_of(mine, field) == value_of(theirs, field);
  });
  return fields;
}

// An edit that keeps the base of a creation would pass for one: with every field, others' too.
// What is older than what it has not seen is no news to its user; version 0 of an epoch is older
// than all of the record. A field that is gone with a restore was never written in this record.
Rev base_before(const Record& shadow, const std::vector<std::string>& unseen) {
  Version first = shadow.rev.version;
  for (const std::string& field : unseen) {
    const Version written = shadow.last_change_of(field).version;
    if (written || SS_ZOO(bases_wrap_below_zero)) first = std::min(first, written);
  }
  return {shadow.rev.epoch, Version{first.value - 1}};
}

}  // namespace

Rev base_behind_answer(const DeviceRecord& record, const AnsweredChange& answered,
                       const RebaseInput& input) {
  const PendingEdit& edit = *record.edit;
  const bool begun_anew =
      record.shadow && edit.action == Action::upsert && absorbing(*record.shadow);
  if (!record.shadow || begun_anew) return {};
  const std::vector<std::string> unseen = contested_fields(record, answered, input);
  if (unseen.empty() && !SS_ZOO(own_changes_conflict)) return record.shadow->rev;
  const bool creation = !edit.base.version && edit.action == Action::upsert;
  if (!creation || record.shadow->deleted) return edit.base;
  return base_before(*record.shadow, unseen);
}

}  // namespace studiosync
