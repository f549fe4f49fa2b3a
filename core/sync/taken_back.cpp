#include "core/sync/taken_back.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/conflicts/edit.hpp"
#include "core/conflicts/history.hpp"
#include "core/protocol/codec.hpp"
#include "core/sync/pull.hpp"

namespace studiosync {
namespace {

// A stamp is corrected exactly but for the time that its push was on its way.
constexpr Millis correction_error{2'000};

bool same_loss(const ConflictCase& a, const ConflictCase& b) {
  return a.type == b.type && a.item_id == b.item_id && a.strategy == b.strategy &&
         a.local.deleted == b.local.deleted && a.local.content == b.local.content &&
         a.local.device == b.local.device;
}

// What a device made of a record, whatever the number and the stamp.
Hash128 deed(const DeviceId& device, bool deleted, const std::string& content) {
  return hash128(device.value + (deleted ? "\ndeleted\n" : "\nlive\n") + content);
}

// As a cursor's text.
std::string text_of(Epoch epoch, Seq seq) {
  return to_string(Cursor{epoch, seq, {}});
}

LostPlace place_from(const AppliedChange& taken) {
  const auto place = parse_cursor(taken.copy_id);
  if (!place) return {};
  return {place->epoch, place->seq, {taken.content}};
}

// Each epoch as the place of its first row.
std::string text_of(const Epochs& epochs) {
  std::string text;
  for (const EpochMark& mark : epochs) text += text_of(mark.epoch, mark.first_seq) + '\n';
  return text;
}

Epochs epochs_from(std::string_view text) {
  Epochs epochs;
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    if (const auto first = parse_cursor(text.substr(0, end))) {
      epochs.push_back({first->epoch, first->seq});
    }
    text.remove_prefix(end + 1);
  }
  return epochs;
}

ChangeId memory_of_line(const Epochs& epochs) {
  return {hash128("line\n" + text_of(epochs))};
}

// Whether a history with these epochs has the place in it.
bool passes(const Epochs& epochs, const LostPlace& place) {
  return cursor_valid({place.epoch, place.seq, {}}, epochs, Seq{limits::seq_max});
}

std::string text_of(const ReplicaId& replica) {
  return {reinterpret_cast<const char*>(replica.bytes.data()), replica.bytes.size()};
}

ChangeId memory_of_stream(const ReplicaId& replica) {
  return {hash128("stream\n" + text_of(replica))};
}

ChangeId memory_of_place(const ReplicaId& replica, DeviceSeq seq) {
  return {hash128("place\n" + text_of(replica) + std::to_string(seq.value))};
}

// The value that an edit gave to a field; a record has seldom two edits of one moment.
ChangeId memory_of_value(EntityType type, std::string_view id, std::string_view field,
                         Stamp stamp) {
  return {hash128("value\n" + std::string(to_string(type)) + '\n' + std::string(id) + '\n' +
                  to_string(stamp) + '\n' + std::string(field))};
}

// What the change makes of the record.
Hash128 deed(const Incoming& change) {
  const bool deletes = change.action == Action::remove;
  return deed(change.device, deletes, deletes ? std::string() : change.fields.content());
}

// What it made of the record is what was taken back last, so that it is known by whatever number
// and stamp it has now. After others have replaced that its user can have done the same again.
std::optional<Status> taken_as_whole(UserReader& log, const Incoming& change,
                                     const Record& stored) {
  const auto memory = log.applied(memory_of(change.type, change.id));
  if (!memory || memory->status != Status::applied) return std::nullopt;
  const bool same = change.base < memory->rev.version && memory->payload == deed(change);
  const WallTime made = change.origin.stamp.wall();
  const bool again =
      memory->rev != stored.rev && made > stored.origin.stamp.wall() + correction_error;
  return same && !again ? std::optional(memory->status) : std::nullopt;
}

// Whether an edit that was taken back is known to be of another device than this change.
bool made_elsewhere(UserReader& log, const AppliedChange& edit, const Incoming& change) {
  const ReplicaId its{edit.content};
  if (its == change.origin.replica) return false;
  const auto stream = log.applied(memory_of_stream(its));
  const bool known = stream && stream->payload != Hash128{};
  return known ? stream->payload != hash128(change.device.value)
               : !of_one_line(its, change.origin.replica);
}

// Others had edited the record, too. What is known of the edit must be all the same: two devices
// can make an edit at one moment, and give one field the same value.
std::optional<Status> taken_as_part(UserReader& log, const Incoming& change) {
  std::optional<Status> taken;
  for (const FieldEdit& edit : edits_of(change, {})) {
    const auto value =
        log.applied(memory_of_value(change.type, change.id, edit.field, change.origin.stamp));
    if (!value) continue;
    const bool same = edit.value != nullptr && value->payload == hash128(*edit.value);
    if (!same || made_elsewhere(log, *value, change)) return std::nullopt;
    taken = value->status;
  }
  return taken;
}

// As the memory of a stream keeps it; version 0: no clone is known.
std::optional<DeviceSeq> cloned_from(const AppliedChange& stream) {
  const DeviceSeq first{stream.rev.version.value};
  return first ? std::optional(first) : std::nullopt;
}

// A record tells the device of its last author only.
void remember_stream(UserTxn& log, const Record& lost, const ReplicaId& replica,
                     AppliedChange place) {
  const auto known = log.applied(memory_of_stream(replica));
  if (known) {
    place.device_seq = std::max(place.device_seq, known->device_seq);
    place.payload = known->payload;
    place.rev = known->rev;
  }
  if (replica == lost.origin.replica) place.payload = hash128(lost.device.value);
  const bool same =
      known && place.device_seq == known->device_seq && place.payload == known->payload;
  if (!same) log.remember(memory_of_stream(replica), place);
}

void remember_place(UserTxn& log, const Record& lost, const Origin& origin, CommitTime at) {
  if (origin.replica.nil()) return;
  const AppliedChange place{.device_seq = origin.device_seq,
                            .type = lost.type,
                            .item_id = lost.id,
                            .stamp = origin.stamp,
                            .at = at};
  log.remember(memory_of_place(origin.replica, origin.device_seq), place);
  remember_stream(log, lost, origin.replica, place);
}

}  // namespace

ChangeId memory_of(EntityType type, std::string_view id) {
  return {hash128("taken back\n" + std::string(to_string(type)) + '\n' + std::string(id))};
}

LostPlace place_in(const Epochs& epochs, Seq seq) {
  const Epoch epoch = epoch_at(epochs, seq);
  return epoch ? LostPlace{epoch, seq, memory_of_line(epochs)} : LostPlace{};
}

void remember_line(UserTxn& log, const Epochs& epochs, CommitTime at) {
  log.remember(memory_of_line(epochs), {.copy_id = text_of(epochs), .at = at});
}

bool apart(UserReader& log, const AppliedChange& taken, const LostPlace& lost,
           const Epochs& theirs) {
  const LostPlace known = place_from(taken);
  if (!known.seq || !lost.seq || known.epoch == lost.epoch) return false;
  if (passes(theirs, known)) return false;
  const auto line = log.applied(known.line);
  return !line || !passes(epochs_from(line->copy_id), lost);
}

void remember_record(UserTxn& log, const Record& taken, const LostPlace& place, Status status,
                     CommitTime at) {
  log.remember(memory_of(taken.type, taken.id),
               {.payload = deed(taken.device, taken.deleted, taken.content),
                .content = place.line.bytes,
                .type = taken.type,
                .item_id = taken.id,
                .status = status,
                .rev = taken.rev,
                .stamp = taken.field_versions.empty() ? taken.origin.stamp : Stamp{},
                .copy_id = place.seq ? text_of(place.epoch, place.seq) : std::string(),
                .at = at});
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

void remember_places(UserTxn& log, const Record& lost, CommitTime at) {
  remember_place(log, lost, lost.origin, at);
  for (const FieldVersion& change : lost.field_versions) {
    remember_place(log, lost, change.origin, at);
  }
}

void remember_clone(UserTxn& log, const Origin& change) {
  auto stream = log.applied(memory_of_stream(change.replica));
  if (!stream) return;
  const auto known = cloned_from(*stream);
  if (known && *known <= change.device_seq) return;
  stream->rev.version = Version{change.device_seq.value};
  log.remember(memory_of_stream(change.replica), *stream);
}

void remember_values(UserTxn& log, const Record& taken, Version since, Status status,
                     CommitTime at) {
  if (taken.deleted || taken.type == EntityType::conflict) return;
  const History history(taken);
  for (const auto& [field, value] : history.fields()) {
    const FieldVersion change = history.last_change(field);
    if (change.version <= since || change.origin.replica.nil()) continue;
    log.remember(memory_of_value(taken.type, taken.id, field, change.origin.stamp),
                 {.payload = hash128(value),
                  .content = change.origin.replica.bytes,
                  .type = taken.type,
                  .item_id = taken.id,
                  .status = status,
                  .stamp = change.origin.stamp,
                  .at = at});
  }
}

bool value_taken_back(UserReader& log, const Record& lost, const FieldVersion& change,
                      const std::string& value) {
  const auto known =
      log.applied(memory_of_value(lost.type, lost.id, change.field, change.origin.stamp));
  return known && known->payload == hash128(value);
}

PlacesTakenBack::PlacesTakenBack(UserReader& log, const ReplicaId& replica)
    : log_(log), replica_(replica) {
  const auto stream = log.applied(memory_of_stream(replica));
  if (!stream) return;
  last_ = stream->device_seq;
  cloned_from_ = studiosync::cloned_from(*stream);
}

bool PlacesTakenBack::belongs_to_another(const Candidate& change) const {
  const Origin& origin = change.origin;
  if (origin.device_seq > last_) return false;
  const auto place = log_.applied(memory_of_place(origin.replica, origin.device_seq));
  if (!place || (place->type == change.type && place->item_id == change.item_id)) return false;
  // The stamps of clones can be equal.
  const bool may_be_its_own =
      place->type == EntityType::conflict || place->item_id == copy_id(change.change);
  return place->stamp != origin.stamp || !may_be_its_own;
}

std::optional<Stamp> stamp_taken_back(UserReader& log, const Origin& change) {
  if (change.replica.nil()) return std::nullopt;
  const auto place = log.applied(memory_of_place(change.replica, change.device_seq));
  if (!place) return std::nullopt;
  return place->stamp;
}

std::optional<Status> taken_back_before(UserReader& log, const Incoming& change,
                                        const Record& stored) {
  // The base of a plain client need not be what its user saw.
  if (change.origin.replica.nil()) return std::nullopt;
  const auto whole = taken_as_whole(log, change, stored);
  return whole ? whole : taken_as_part(log, change);
}

bool another_was_taken_back(UserReader& log, const Incoming& change) {
  const auto memory = log.applied(memory_of(change.type, change.id));
  const bool of_one_edit = memory && memory->stamp != Stamp{};
  return of_one_edit && memory->stamp == change.origin.stamp && memory->payload != deed(change);
}

bool met_before(UserReader& log, const ConflictCase& conflict, const Record& stored) {
  const auto record = log.find(EntityType::conflict, conflict.id);
  if (!record || record->deleted) return false;
  const auto view = conflict_from_content(conflict.id, record->content);
  // It can have come without the record, whose versions of before know nothing of the change.
  return view && same_loss(view->conflict, conflict) &&
         stored.rev.version > view->conflict.remote.version;
}

bool lost_before(UserReader& log, const ConflictCase& conflict) {
  return std::ranges::any_of(read_conflicts(log, true), [&](const ConflictView& view) {
    return view.conflict.id != conflict.id && same_loss(view.conflict, conflict);
  });
}

}  // namespace studiosync
