#include "core/sync/local_edit.hpp"

#include "core/base/check.hpp"
#include "core/conflicts/hybrid_clock.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/schema/validate.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

Stamp mint(DeviceStore& store, WallTime now) {
  DeviceMeta meta = store.meta();
  HybridClock clock(meta.clock);
  clock.reseed(now);
  const Stamp stamp = clock.mint(now);
  meta.clock = stamp;
  store.set_meta(meta);
  return stamp;
}

// What the user was looking at when an edit began.
Rev base_of(DeviceStore& store, const DeviceRecord& record) {
  if (record.edit) return record.edit->base;
  if (record.in_flight) {
    // Replaced when the answer comes and the edit is rebased onto it.
    const auto frozen = store.find_frozen(*record.in_flight);
    return frozen ? frozen->base : Rev{};
  }
  return record.shadow ? record.shadow->rev : Rev{};
}

void queue(DeviceStore& store, DeviceRecord& record, Action action,
           std::vector<std::string> changed, WallTime now) {
  PendingEdit edit;
  edit.base = base_of(store, record);
  edit.queued = record.edit ? record.edit->queued : now;
  edit.action = action;
  edit.changed = std::move(changed);
  edit.stamp = mint(store, now);
  record.edit = std::move(edit);
}

bool undoes_delete(const DeviceRecord& record) {
  return record.edit && record.edit->action == Action::remove;
}

// What an edit is compared with: what the user saw, where that is newer than the server's version;
// else the server's version, so that a refused edit's fields go along with the next one.
Fields reference(const DeviceRecord& record, std::string_view before) {
  const bool newer = record.in_flight || (record.edit && !undoes_delete(record));
  if (newer) return outgoing(record.type, before);
  const bool live = record.shadow && !record.shadow->deleted;
  return live ? Fields::from_content(record.shadow->content) : Fields{};
}

bool known_to_server(const DeviceRecord& record) {
  return record.in_flight.has_value() || (record.shadow && !record.shadow->deleted);
}

// A record that turns private leaves the server and the other devices, and stays here.
void make_local(DeviceStore& store, DeviceRecord& record, WallTime now) {
  const bool withdraw = known_to_server(record);
  record.local_only = true;
  if (withdraw) {
    queue(store, record, Action::remove, {}, now);
    record.edit->reason = "private";
  } else {
    record.edit.reset();
  }
}

std::string id_of(EntityType type, std::string_view id, const Fields& fields,
                  const DeviceMeta& meta) {
  const std::string* key = type == EntityType::preference ? fields.find("key") : nullptr;
  if (key == nullptr) return std::string(id);
  const auto text = parse_json(*key);
  SS_CHECK(text.has_value());
  const bool local = stays_local(type, fields);
  return preference_id(text->as_string(), local ? meta.device.value : std::string());
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

Fields outgoing(EntityType type, std::string_view content) {
  if (content.empty()) return {};
  auto data = parse_json(content);
  SS_CHECK(data.has_value());  // we wrote it
  sanitize(spec_of(type), *data);
  return Fields::from_json(*data);
}

Result<EditOutcome> put_record(DeviceStore& store, EntityType type, std::string_view id, Json data,
                               WallTime now) {
  SS_TRY(validate_id(id, "$.id"));
  if (!data.is_object()) return fail(ErrorCode::validation_error, "a record is an object", "$");
  SS_ASSIGN(const Fields fields,
            validate(spec_of(type), id, std::move(data), Completeness::whole, "$"));
  EditOutcome outcome;
  outcome.id = id_of(type, id, fields, store.meta());
  outcome.local_only = stays_local(type, fields);

  DeviceRecord record = store.find(type, outcome.id).value_or(DeviceRecord{});
  record.type = type;
  record.id = outcome.id;
  const bool deleting = undoes_delete(record);
  const std::string before = std::move(record.content);
  record.content = fields.content();
  if (outcome.local_only) {
    if (!record.local_only) make_local(store, record, now);
  } else {
    const bool was_local = std::exchange(record.local_only, false);
    auto changed = changed_keys(reference(record, before), outgoing(type, record.content));
    outcome.queued = !changed.empty() || was_local || deleting;
    if (outcome.queued) {
      if (record.edit) changed = join(changed, record.edit->changed);
      queue(store, record, Action::upsert, std::move(changed), now);
    }
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
  record->content.clear();
  if (!record->local_only) {
    if (known_to_server(*record)) {
      queue(store, *record, Action::remove, {}, now);
    } else {
      record->edit.reset();  // the server never heard of it
    }
  }
  record->local_only = false;
  outcome.queued = record->edit.has_value();
  store.put(*record);
  delete_children(store, type, id, now);
  return outcome;
}

}  // namespace studiosync
