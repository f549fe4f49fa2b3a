#include "core/sync/own_version.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/successor.hpp"

namespace studiosync {
namespace {

Incoming as_incoming(const FrozenChange& change, const ChangeResult& result,
                     const DeviceMeta& author) {
  Incoming incoming;
  incoming.type = change.type;
  incoming.id = result.item_id;
  incoming.action = change.action;
  incoming.reason = change.reason;
  incoming.origin = {author.replica, change.seq, result.stamp};
  incoming.device = author.device;
  return incoming;
}

Record edited(const Record& before, const FrozenChange& change, const Incoming& incoming) {
  const History history(before);
  const Fields sent = Fields::from_content(change.content);
  Successor next(history, incoming);
  for (const std::string& field : change.changed) {
    const std::string* value = sent.find(field);
    const std::string* old = history.fields().find(field);
    const bool same = value == old || (value != nullptr && old != nullptr && *value == *old);
    if (!same) next.apply({field, value});
  }
  return next.record();
}

Record successor(const Record& before, const FrozenChange& change, const Incoming& incoming) {
  if (change.action == Action::remove) return buried(before, incoming);
  if (before.deleted) return recreated(before, incoming, Fields::from_content(change.content));
  return edited(before, change, incoming);
}

}  // namespace

Rev rev_as_made(const Record& copy, const Origin& sent) {
  if (SS_ZOO(copies_count_as_seen)) return copy.rev;
  // Later than 1 where a tombstone had been collected before: all its fields were dated then. Where
  // removed fields were folded that is not known any more, nor where the copy was deleted since and
  // made anew by another edit: nothing of others counts as seen then.
  const FieldVersion dated = copy.last_change_of(any_field);
  const Origin& by = dated.origin;
  const bool of_stream = by.replica == sent.replica && by.device_seq == sent.device_seq;
  const bool as_made = !by.replica.nil() && (of_stream || by.stamp == sent.stamp);
  const bool known = as_made || copy.deleted;  // a tombstone has no text of others
  const Version made = known ? dated.version : Version{1};
  return {copy.rev.epoch, std::min(made, copy.rev.version)};
}

Record own_version(const std::optional<Record>& before, const FrozenChange& change,
                   const ChangeResult& result, const DeviceMeta& author, Seq head) {
  const Incoming incoming = as_incoming(change, result, author);
  const bool met = before && before->rev.version.next() == result.rev.version;
  Record record = met ? successor(*before, change, incoming) : created(incoming, {});
  // A creation may have found its place empty again, though the device had seen somebody in it.
  const bool empty = !before || before->deleted || (!met && change.base == Rev{});
  const bool anew = empty && change.action == Action::upsert;
  record.deleted = change.action == Action::remove;
  record.reason = change.reason;
  record.content = change.content;
  record.rev = result.rev;
  if (SS_ZOO(both_sides_count_versions)) record.rev.version = result.rev.version.next();
  record.origin.stamp = result.stamp;
  // Its place was another record's once, whose tombstone may be collected by now.
  if (anew && record.rev.version > Version{1}) date_all_fields(record);
  record.seq = head;
  record.committed = result.committed;
  return record;
}

}  // namespace studiosync
