#include "core/sync/lost_record.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/conflicts/deletes.hpp"
#include "core/conflicts/removed_fields.hpp"
#include "core/protocol/codec.hpp"
#include "core/sync/admission.hpp"
#include "core/sync/stamps.hpp"

namespace studiosync {
namespace {

constexpr std::string_view data_path = "$.data";

Unexpected no_row(const char* why) {
  return fail(ErrorCode::validation_error, why);
}

// What names a device is shown to people, and needed by nobody else.
void screen_device(DeviceId& device) {
  if (!admit_id(device.value, "$.device_id")) device = {};
}

Result<std::string> admit_content(EntityType type, std::string_view id, std::string_view content) {
  const EntitySpec& spec = spec_of(type);
  SS_ASSIGN(Json json, parse_json(content));
  SS_ASSIGN(RedactedData data, RedactedData::from(spec, std::move(json), data_path));
  SS_ASSIGN(Admitted admitted, admit(spec, id, std::move(data), Completeness::stored, data_path));
  if (admitted.id != id) return no_row("this content belongs under another id");
  return admitted.fields.content();
}

Result<> admit_side(const ConflictCase& conflict, Side& side) {
  screen_device(side.device);
  side.device_name = without_credentials(side.device_name);
  if (side.deleted) return {};
  SS_ASSIGN(side.content, admit_content(conflict.type, conflict.item_id, side.content));
  return {};
}

Result<std::string> admit_conflict(UserReader& log, const Record& sent) {
  SS_ASSIGN(ConflictView view, conflict_from_content(sent.id, sent.content));
  ConflictCase& conflict = view.conflict;
  if (conflict.type == EntityType::conflict) return no_row("a conflict has no conflicts");
  SS_TRY(admit_id(conflict.item_id, data_path));
  const auto item = log.find(conflict.type, conflict.item_id);
  if (item && absorbing(*item)) return no_row("the record of this conflict was withdrawn");
  SS_TRY(admit_side(conflict, conflict.local));
  SS_TRY(admit_side(conflict, conflict.remote));
  return conflict_content(view).content();
}

void clamp(Record& record, WallTime now) {
  const WallTime latest = now + Millis{limits::skew_ms_max};
  record.origin.stamp = clamp_to(record.origin.stamp, latest);
  for (FieldVersion& change : record.field_versions) {
    change.origin.stamp = clamp_to(change.origin.stamp, latest);
  }
}

// A device could name more fields than a record can have had.
void bound_history(Record& record, const Fields& fields) {
  auto& changes = record.field_versions;
  std::ranges::stable_sort(changes, {}, &FieldVersion::field);
  const auto repeated = std::ranges::unique(changes, {}, &FieldVersion::field);
  changes.erase(repeated.begin(), repeated.end());
  fold_removed(changes, fields);
}

bool known_reason(std::string_view reason) {
  return reason.empty() || reason == reason_private || reason == reason_expired;
}

}  // namespace

Result<Record> admit_lost(UserReader& log, const Record& sent, WallTime now) {
  if (!sent.rev.epoch || !sent.rev.version) return no_row("a stored row has a rev");
  if (!log.find(sent.type, sent.id)) SS_TRY(admit_id(sent.id, "$.item_id"));
  Record lost = sent;
  lost.seq = {};
  lost.committed = {};
  screen_device(lost.device);
  std::erase_if(lost.field_versions, [](const FieldVersion& change) {
    return without_credentials(change.field) != change.field;
  });
  clamp(lost, now);
  if (lost.deleted) {
    if (!known_reason(lost.reason)) return no_row("not a reason of a delete");
    bound_history(lost, {});
    return lost;
  }
  lost.reason.clear();
  if (lost.type == EntityType::conflict) {
    SS_ASSIGN(lost.content, admit_conflict(log, sent));
  } else {
    SS_ASSIGN(lost.content, admit_content(lost.type, lost.id, sent.content));
  }
  bound_history(lost, Fields::from_content(lost.content));
  return lost;
}

}  // namespace studiosync
