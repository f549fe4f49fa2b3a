#include "core/sync/local_edit.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/check.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/deletes.hpp"
#include "core/conflicts/hybrid_clock.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/schema/validate.hpp"
#include "core/sync/admission.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/refused.hpp"

namespace studiosync {
namespace {

Stamp mint(DeviceStore& store, WallTime now) {
  DeviceMeta meta = store.meta();
  HybridClock clock(meta.clock);
  clock.reseed(now);
  const Stamp stamp = SS_ZOO(stamps_are_wall_clocks) ? Stamp::at(now) : clock.mint(now);
  meta.clock = stamp;
  store.set_meta(meta);
  return stamp;
}

// Whether the user has made the record here, and has never seen what the server may have under its
// id: another device's, or the tombstone of what was withdrawn.
bool unrelated_to_server(const DeviceRecord& record) {
  return record.local_only && !record.edit && !record.in_flight;
}

// What the user was looking at when an edit began.
Rev base_of(DeviceStore& store, const DeviceRecord& record) {
  if (record.edit) return record.edit->base;
  if (unrelated_to_server(record)) return {};
  if (record.in_flight) {
    // Replaced when the answer comes and the edit is rebased onto it.
    const auto frozen = store.find_frozen(*record.in_flight);
    return frozen ? frozen->base : Rev{};
  }
  return base_at_rest(record);
}

void queue(DeviceStore& store, DeviceRecord& record, Action action, Rev base,
           std::vector<std::string> changed, WallTime now) {
  PendingEdit edit;
  edit.base = base;
  edit.queued = record.edit ? record.edit->queued : now;
  edit.action = action;
  edit.changed = std::move(changed);
  edit.stamp = mint(store, now);
  store.note({.type = record.type,
              .id = record.id,
              .event = JournalEvent::edited,
              .at = now,
              .rev = edit.base,
              .detail = action == Action::remove ? "delete" : "put"});
  record.edit = std::move(edit);
}

bool undoes_delete(const DeviceRecord& record) {
  return record.edit && record.edit->action == Action::remove;
}

// Whether a delete of the user's is queued or on its way.
bool is_being_deleted(DeviceStore& store, const DeviceRecord& record) {
  if (record.edit) return record.edit->action == Action::remove;
  const auto sent = record.in_flight ? store.find_frozen(*record.in_flight) : std::nullopt;
  return sent && sent->action == Action::remove;
}

// What the server will have of the record, once it has what is on its way.
Fields on_its_way(DeviceStore& store, DeviceSeq seq) {
  const auto frozen = store.find_frozen(seq);
  return frozen ? fields_of(frozen->content) : Fields{};
}

// What an edit is compared with: what the user saw, where that is newer than the server's version;
// else the server's version, so that a refused edit's fields go along with the next one. In the
// place of a delete that has not been sent, also of one that keeps the record private, comes all
// that differs from what was.
Fields reference(DeviceStore& store, const DeviceRecord& record, std::string_view before) {
  if (unrelated_to_server(record)) return {};
  if (record.in_flight && undoes_delete(record)) return on_its_way(store, *record.in_flight);
  if (record.in_flight || (record.edit && !undoes_delete(record))) {
    return outgoing(record.type, before);
  }
  const bool live = record.shadow && !record.shadow->deleted;
  return live ? Fields::from_content(record.shadow->content) : Fields{};
}

// Whether what the user sees is the server's version, but for redactions and refused edits.
bool at_rest(const DeviceRecord& record) {
  const bool live = record.shadow && !record.shadow->deleted;
  return live && !record.edit && !record.in_flight && !record.local_only;
}

// Leaves to an edit the fields that the user touched, and those of refused edits. One that differs
// from the server's version all the same was redacted by rules of another time: it gets its mark.
void leave_out_redacted(DeviceStore& store, DeviceRecord& record, std::string_view before,
                        std::vector<std::string>& changed) {
  const auto touched = changed_keys(fields_of(before), fields_of(record.content));
  const auto refused = shown_fields(store, {record.type, record.id});
  std::erase_if(changed, [&](const std::string& field) {
    const bool edited =
        std::ranges::binary_search(touched, field) || std::ranges::binary_search(refused, field);
    if (!edited) mark(record, field);
    return !edited;
  });
}

// What the user has set back to what the server has is not part of what was refused any more.
void note_set_back(DeviceStore& store, const DeviceRecord& record, const Fields& sent) {
  if (record.in_flight || !record.shadow || record.shadow->deleted) return;
  const RecordKey key{record.type, record.id};
  std::vector<std::string> fields = shown_fields(store, key);
  if (fields.empty()) return;
  const Fields stored = fields_of(record.shadow->content);
  std::erase_if(fields, [&](const std::string& field) {
    return value_of(sent, field) != value_of(stored, field);
  });
  note_taken(store, key, fields);
}

bool known_to_server(const DeviceRecord& record) {
  return record.in_flight.has_value() || (record.shadow && !record.shadow->deleted);
}

// What another device has under the id of a local record was hidden by it.
void uncover(DeviceRecord& record) {
  if (record.shadow && !record.shadow->deleted) record.content = record.shadow->content;
}

// A record that turns private leaves the server and the other devices, and stays here.
void make_local(DeviceStore& store, DeviceRecord& record, WallTime now) {
  if (known_to_server(record)) {
    auto touched = record.edit ? std::move(record.edit->changed) : std::vector<std::string>{};
    queue(store, record, Action::remove, base_of(store, record), std::move(touched), now);
    record.edit->reason = "private";
  } else {
    record.edit.reset();
  }
  record.local_only = true;
}

// Leaves to an edit that takes a withdrawal back, which was not sent yet, the fields that the user
// touched. Returns the others: what somebody else wrote meanwhile.
std::vector<std::string> leave_out_others(const DeviceRecord& record,
                                          std::vector<std::string>& changed,
                                          const std::vector<std::string>& touched) {
  const bool taken_back = record.local_only && undoes_delete(record) && !record.in_flight;
  if (!taken_back || !record.shadow || record.shadow->deleted) return {};
  const auto own = join(touched, record.edit->changed);
  std::vector<std::string> theirs;
  std::ranges::set_difference(changed, own, std::back_inserter(theirs));
  if (!theirs.empty()) {
    std::erase_if(changed,
                  [&](const auto& field) { return !std::ranges::binary_search(own, field); });
  }
  return theirs;
}

std::string id_of(EntityType type, std::string_view id, const Fields& fields,
                  const DeviceMeta& meta) {
  const std::string* key = type == EntityType::preference ? fields.find("key") : nullptr;
  if (key == nullptr) return std::string(id);
  const auto text = parse_json(*key);
  SS_CHECK(text.has_value());
  const bool local = stays_local(type, fields) || SS_ZOO(natural_keys_are_ignored);
  return preference_id(text->as_string(), local ? meta.device.value : std::string());
}

// A refusal is shown and logged: its path may hold keys of the user's.
Result<Fields> validate_own(const EntitySpec& spec, std::string_view id, Json data) {
  auto fields = validate(spec, id, std::move(data), Completeness::whole, "$");
  if (!fields) fields.error().path = without_credentials(fields.error().path);
  return fields;
}

// What of a record may leave the device, if its name may.
Result<Fields> admit_own(EntityType type, const Fields& fields, EditOutcome& outcome) {
  const EntitySpec& spec = spec_of(type);
  SS_ASSIGN(Json data, parse_json(fields.content()));
  SS_ASSIGN(RedactedData redacted, RedactedData::from(spec, std::move(data), "$"));
  SS_TRY(admit_id(outcome.id, type == EntityType::preference ? "$.key" : "$.id"));
  outcome.redacted = redacted.findings();
  return Fields::from_json(redacted.json());
}

void delete_children(DeviceStore& store, EntityType parent, std::string_view parent_id,
                     WallTime now) {
  for (const EntitySpec& spec : registry()) {
    if (spec.parent_field.empty() || spec.parent != parent) continue;
    const std::string wanted = Json(parent_id).canonical();
    std::string after;
    for (auto page = store.list(spec.type, after, 500); !page.empty();
         page = store.list(spec.type, after, 500)) {
      after = page.back().id;
      for (const DeviceRecord& child : page) {
        const Fields fields = Fields::from_content(child.content);
        const std::string* value = fields.find(spec.parent_field);
        if (value != nullptr && *value == wanted)
          (void)delete_record(store, spec.type, child.id, now);
      }
    }
  }
}

}  // namespace

Rev base_at_rest(const DeviceRecord& record) {
  return record.shadow && !absorbing(*record.shadow) ? record.shadow->rev : Rev{};
}

Fields outgoing(EntityType type, std::string_view content) {
  if (content.empty()) return {};
  auto data = parse_json(content);
  SS_CHECK(data.has_value());  // we wrote it
  if (!SS_ZOO(devices_do_not_sanitize)) sanitize(spec_of(type), *data);
  return Fields::from_json(*data);
}

Result<EditOutcome> put_record(DeviceStore& store, EntityType type, std::string_view id, Json data,
                               WallTime now) {
  SS_TRY(validate_id(id, "$.id"));
  if (!data.is_object()) return fail(ErrorCode::validation_error, "a record is an object", "$");
  SS_ASSIGN(const Fields fields, validate_own(spec_of(type), id, std::move(data)));
  EditOutcome outcome;
  outcome.id = id_of(type, id, fields, store.meta());
  outcome.local_only = stays_local(type, fields) && !SS_ZOO(private_records_are_pushed);
  Fields sent;
  if (!outcome.local_only) {
    SS_ASSIGN(sent, admit_own(type, fields, outcome));
  }

  DeviceRecord record = store.find(type, outcome.id).value_or(DeviceRecord{});
  record.type = type;
  record.id = outcome.id;
  const auto deleted = note_edited(store, record);
  const bool deleting = undoes_delete(record);
  if (record.content.empty()) {
    if (deleted || is_being_deleted(store, record)) forget_refused(store, {type, outcome.id});
    note_made_anew(store, {type, outcome.id});
    forget_deleted(store, {type, outcome.id});
  }
  const std::string before = std::move(record.content);
  record.content = fields.content();
  if (SS_ZOO(local_copy_is_redacted) && !outcome.local_only) record.content = sent.content();
  std::vector<std::string> touched;
  if (record.local_only || outcome.local_only) touched = changed_keys(fields_of(before), fields);
  if (outcome.local_only) {
    if (!record.local_only) make_local(store, record, now);
    if (record.edit) record.edit->changed = join(record.edit->changed, touched);
    // It has them, and nobody else is to have them.
    note_taken(store, {type, outcome.id}, shown_fields(store, {type, outcome.id}));
    record.redacted.clear();
  } else {
    // Also of a record without any field: no changed one tells of it.
    const bool created = before.empty() && !at_rest(record);
    auto changed = changed_keys(reference(store, record, before), sent);
    // What a new record lacks went with the delete that is held or refused.
    if (at_rest(record) && !before.empty()) leave_out_redacted(store, record, before, changed);
    const auto theirs = leave_out_others(record, changed, touched);
    const bool was_local = record.local_only;
    if (!changed.empty() || was_local || deleting || created) {
      if (record.edit && !deleting && !SS_ZOO(second_edit_hides_the_first)) {
        changed = join(changed, record.edit->changed);
      }
      // Over such a delete: what others wrote since was never shown.
      const bool unseen = deleted && before.empty();
      Rev base = unseen ? *deleted : base_of(store, record);
      // The server must not take it for an edit of what is gone, or nobody would hear of it.
      if (record.shadow && absorbing(*record.shadow)) base = {};
      queue(store, record, Action::upsert, base, std::move(changed), now);
    }
    record.local_only = false;
    note_set_back(store, record, sent);
    put_aside_edited(store, record, before, now);
    mark_edited(record, before, sent);
    if (!theirs.empty()) {
      take_content(store, record, with_fields(record.content, theirs, record.shadow->content), now);
    }
    if (!record.redacted.empty()) forget_returned(store, record);
  }
  outcome.queued = record.edit.has_value();
  store.put(record);
  return outcome;
}

Result<EditOutcome> delete_record(DeviceStore& store, EntityType type, std::string_view id,
                                  WallTime now) {
  auto record = store.find(type, id);
  if (!record || record->content.empty()) {
    return fail(ErrorCode::not_found, "no such record", "$.id");
  }
  EditOutcome outcome{.id = record->id, .local_only = record->local_only};
  note_edited(store, *record);
  if (!record->local_only && known_to_server(*record)) {
    put_aside_deleted(store, *record, now);
  } else {
    forget_refused(store, {type, record->id});
  }
  record->content.clear();
  record->redacted.clear();
  if (unrelated_to_server(*record)) {
    uncover(*record);
  } else if (!record->local_only) {
    if (known_to_server(*record)) {
      queue(store, *record, Action::remove, base_of(store, *record), {}, now);
    } else {
      record->edit.reset();  // the server never heard of it
    }
  }
  record->local_only = false;
  outcome.queued = record->edit.has_value();
  store.put(*record);
  if (!SS_ZOO(children_stay)) delete_children(store, type, id, now);
  return outcome;
}

}  // namespace studiosync
