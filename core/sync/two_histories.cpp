#include "core/sync/two_histories.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/edit.hpp"
#include "core/conflicts/history.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

// Whether both sides have what was set there, and by the same change, though perhaps upon different
// versions. Clones can make different changes of one place and one moment.
bool is_the_same(const FieldVersion& change, const History& lost, const History& stored) {
  return change.origin == stored.last_change(change.field).origin &&
         value_of(lost.fields(), change.field) == value_of(stored.fields(), change.field);
}

// A delete that lost dated it anew: its own version is not known here any more.
bool dated_by_a_lost_delete(const FieldVersion& change, const History& stored) {
  const FieldVersion all = stored.last_change(any_field);
  return all.version == change.version && all.origin != change.origin;
}

// What was dated anew has the version of others, too.
bool is_of_one_edit(const FieldVersion& change, const History& history) {
  return std::ranges::none_of(history.last_changes(), [&](const FieldVersion& other) {
    return other.version == change.version && other.origin != change.origin;
  });
}

// Whether its version on the lost side says what both share.
bool has_a_common_version(const FieldVersion& change, const History& lost, const History& stored) {
  const FieldVersion here = stored.last_change(change.field);
  if (change.version == here.version) return true;
  return change.version < here.version && dated_by_a_lost_delete(here, stored) &&
         is_of_one_edit(change, lost);
}

// The newest change that both sides have is part of what they share, and all before it; where its
// version is not known, that is the beginning at least. One that was made again tells that only if
// it stands upon a version that they share.
Version newest_common_change(const History& lost, const History& stored, Version shared,
                             const std::function<bool(const FieldVersion&)>& made_again) {
  std::vector<Version> again;
  for (const FieldVersion& change : lost.last_changes()) {
    if (!is_the_same(change, lost, stored)) continue;
    const bool dated = has_a_common_version(change, lost, stored);
    if (made_again(change)) {
      if (dated) again.push_back(change.version);
    } else if (dated) {
      shared = std::max(shared, change.version);
    } else if (!change.origin.replica.nil() && change.field != any_field) {
      shared = std::max(shared, Version{1});
    }
  }
  std::ranges::sort(again);
  for (const Version version : again) {
    if (version == shared.next()) shared = version;
  }
  return shared;
}

bool differs(const History& lost, const History& stored, std::string_view field) {
  const std::string* ours = stored.fields().find(field);
  const std::string* theirs = lost.fields().find(field);
  if (ours == nullptr || theirs == nullptr) return ours != theirs;
  return *ours != *theirs;
}

// What both had at `base` and the lost record has no more, though not when it was removed: that was
// folded. What is stored since may never have been there.
std::vector<std::string> removed_fields(const History& lost, const History& stored, Version base) {
  std::vector<std::string> removed;
  for (const auto& [field, value] : stored.fields()) {
    const FieldVersion last = lost.last_change(field);
    const bool folded = lost.fields().find(field) == nullptr && last.origin.replica.nil();
    const bool gone = folded && last.version > base;
    if (gone && stored.last_change(field).version <= base) removed.push_back(field);
  }
  return removed;
}

std::vector<std::string> edited_fields(const History& lost, const History& stored, Version base) {
  std::vector<std::string> edited = removed_fields(lost, stored, base);
  for (const FieldVersion& change : lost.last_changes()) {
    const bool counts = change.field != any_field && change.version > base;
    if (counts && differs(lost, stored, change.field)) edited.push_back(change.field);
  }
  return edited;
}

}  // namespace

bool began_beyond(const Epochs& epochs, Epoch epoch, Seq fork) {
  return std::ranges::any_of(
      epochs, [&](const EpochMark& mark) { return mark.epoch == epoch && mark.first_seq > fork; });
}

Kinship kinship(const Record& lost, const Record& stored, const Epochs& ours, Seq fork) {
  if (lost.rev == stored.rev) return Kinship::same;
  const bool one_writer = lost.rev.epoch == stored.rev.epoch;
  if (!one_writer && began_beyond(ours, stored.rev.epoch, fork)) return Kinship::concurrent;
  // Two lost histories: neither knew of the other.
  if (lost.rev.version == stored.rev.version) return Kinship::concurrent;
  return lost.rev.version > stored.rev.version ? Kinship::descendant : Kinship::ancestor;
}

bool contains(const Record& record, const Incoming& change) {
  const Origin& origin = change.origin;
  if (origin.replica.nil()) return false;
  // Stamps are compared, too: a clone of the replica gives the same numbers to other changes.
  const bool named = record.origin == origin ||
                     std::ranges::find(record.field_versions, origin, &FieldVersion::origin) !=
                         record.field_versions.end();
  if (!named || record.deleted || change.action == Action::remove) return named;
  // And values: clones can edit a record at one moment.
  const History history(record);
  return std::ranges::all_of(history.last_changes(), [&](const FieldVersion& last) {
    return last.origin != origin || last.field == any_field ||
           value_of(history.fields(), last.field) == value_of(change.fields, last.field);
  });
}

Incoming as_change(const Record& lost, const Record& stored, Version shared,
                   const std::function<bool(const FieldVersion&)>& made_again) {
  const History theirs(lost);
  const History ours(stored);
  Incoming change;
  change.type = lost.type;
  change.id = lost.id;
  change.action = lost.deleted ? Action::remove : Action::upsert;
  change.reason = lost.reason;
  change.base = newest_common_change(theirs, ours, shared, made_again);
  if (!lost.deleted) {
    change.fields = theirs.fields();
    change.changed = edited_fields(theirs, ours, change.base);
    change.authors = theirs.last_changes();
  }
  change.origin = lost.origin;
  change.device = lost.device;
  return change;
}

Record with_authors_of(const Record& lost, Record record) {
  if (record.deleted || lost.deleted || SS_ZOO(last_author_takes_all)) return record;
  const History theirs(lost);
  const Fields fields = Fields::from_content(record.content);
  const Origin last = authored(lost.origin, lost.device);
  std::vector<FieldVersion> changes = History(record).last_changes();
  for (FieldVersion& change : changes) {
    const bool taken = change.origin == last && change.field != any_field &&
                       value_of(fields, change.field) == value_of(theirs.fields(), change.field);
    if (taken) change.origin = theirs.last_change(change.field).origin;
  }
  record.field_versions = std::move(changes);
  return record;
}

Record beyond(Record record, Version shared, Version both) {
  const Version next = both.next();
  std::vector<FieldVersion> changes;
  if (!record.deleted) changes = History(record).last_changes();
  for (FieldVersion& change : changes) {
    if (change.version > shared && !SS_ZOO(epochs_are_not_compared)) change.version = next;
  }
  record.rev = {Epoch{}, next};
  const Origin implied = authored(record.origin, record.device);
  // Two records under one id: what one of them lacks, editors of the other have not seen missing.
  const bool unrelated = !shared && !record.deleted;
  if (unrelated && std::ranges::find(changes, any_field, &FieldVersion::field) == changes.end()) {
    changes.insert(changes.begin(), {std::string(any_field), next, implied});
  }
  const Fields fields = record.deleted ? Fields{} : Fields::from_content(record.content);
  std::erase_if(changes, [&](const FieldVersion& change) {
    return change.version == next && change.origin == implied && change.field != any_field &&
           fields.find(change.field) != nullptr;
  });
  record.field_versions = std::move(changes);
  return record;
}

}  // namespace studiosync
