#include "core/conflicts/successor.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/removed_fields.hpp"

namespace studiosync {
namespace {

Record written_by(const Incoming& incoming) {
  Record record;
  record.type = incoming.type;
  record.id = incoming.id;
  record.rev.version = Version{1};
  record.origin = incoming.origin;
  record.device = incoming.device;
  return record;
}

// A record's stamp rises with its version, whatever the editor's clock says.
Stamp stamp_after(const Record& stored, const Incoming& incoming) {
  return std::max(incoming.origin.stamp, stored.origin.stamp.next());
}

Record next_version(const Record& stored, const Incoming& incoming) {
  Record record = written_by(incoming);
  record.rev.version = stored.rev.version.next();
  if (SS_ZOO(version_comes_from_the_client)) record.rev.version = incoming.base.next();
  record.origin.stamp = stamp_after(stored, incoming);
  return record;
}

}  // namespace

Record created(const Incoming& incoming, const Fields& fields) {
  Record record = written_by(incoming);
  record.content = fields.content();
  return record;
}

void date_all_fields(Record& record) {
  if (SS_ZOO(new_life_keeps_no_mark)) return;
  record.field_versions = {
      {std::string(any_field), record.rev.version, authored(record.origin, record.device)}};
}

Record recreated(const Record& tombstone, const Incoming& incoming, const Fields& fields) {
  Record record = next_version(tombstone, incoming);
  record.content = fields.content();
  date_all_fields(record);
  return record;
}

Record buried(const Record& stored, const Incoming& incoming) {
  Record record = next_version(stored, incoming);
  if (SS_ZOO(delete_keeps_the_version)) record.rev.version = stored.rev.version;
  record.deleted = true;
  record.reason = incoming.reason;
  return record;
}

Record buried_unseen(const Incoming& incoming) {
  Record record = written_by(incoming);
  record.rev.version = incoming.base.next();
  record.deleted = true;
  record.reason = incoming.reason;
  return record;
}

Record survived(const History& stored, const Incoming& incoming) {
  const Record& before = stored.record();
  Record record = before;
  record.rev = {Epoch{}, before.rev.version.next()};
  record.seq = {};
  record.committed = {};
  record.origin.stamp = stamp_after(before, incoming);
  record.field_versions = stored.last_changes();
  std::erase_if(record.field_versions,
                [](const FieldVersion& change) { return change.field == any_field; });
  // The authors stay: to them these are still their own edits, and none of them may conflict with
  // itself.
  for (FieldVersion& change : record.field_versions) change.version = record.rev.version;
  const Origin deleter = authored(incoming.origin, incoming.device);
  record.field_versions.insert(record.field_versions.begin(),
                               {std::string(any_field), record.rev.version, deleter});
  return record;
}

Successor::Successor(const History& before, const Incoming& incoming)
    : before_(before), incoming_(incoming), fields_(before.fields()) {}

void Successor::apply(const FieldEdit& edit) {
  if (edit.value != nullptr) {
    fields_.set(std::string(edit.field), *edit.value);
  } else {
    fields_.erase(edit.field);
  }
  note(edit.field, authored(incoming_.origin, incoming_.device));
}

void Successor::set(std::string_view field, const std::string& value, Stamp stamp) {
  fields_.set(std::string(field), value);
  note(field, Origin{ReplicaId{}, DeviceSeq{}, stamp});
}

Record Successor::record() const {
  Record next = next_version(before_.record(), incoming_);
  next.content = fields_.content();
  next.field_versions = field_versions(next);
  return next;
}

void Successor::note(std::string_view field, const Origin& origin) {
  FieldVersion change{std::string(field), before_.record().rev.version.next(), origin};
  const auto it = std::ranges::find(changes_, field, &FieldVersion::field);
  if (it == changes_.end()) {
    changes_.push_back(std::move(change));
  } else {
    *it = std::move(change);
  }
}

std::vector<FieldVersion> Successor::field_versions(const Record& next) const {
  std::vector<FieldVersion> versions = changes_;
  for (FieldVersion& old : before_.last_changes()) {
    if (std::ranges::find(changes_, old.field, &FieldVersion::field) == changes_.end()) {
      versions.push_back(std::move(old));
    }
  }
  const Origin implied = authored(next.origin, next.device);
  std::erase_if(versions, [&](const FieldVersion& change) {
    return change.version == next.rev.version && change.origin == implied &&
           change.field != any_field && fields_.find(change.field) != nullptr;
  });
  std::ranges::sort(versions, {}, &FieldVersion::field);
  fold_removed(versions, fields_);
  return versions;
}

}  // namespace studiosync
