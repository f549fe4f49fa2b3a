// What a device holds, as JSON.
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"
#include "e2e/history/member_json.hpp"

namespace studiosync::e2e {
namespace {

Json pending_json(const PendingEdit& edit) {
  Json json = Json::object();
  json.set("action", action_name(edit.action)).set("base", rev_json(edit.base));
  write_if("reason", edit.reason, json);
  json.set("changed", names_json(edit.changed)).set("hlc", to_string(edit.stamp));
  json.set("queued", to_rfc3339(edit.queued));
  if (edit.confirmed) json.set("confirmed", true);
  return json;
}

PendingEdit read_pending(const ObjectReader& in) {
  return {.action = read_action(in),
          .reason = in.text_or_empty("reason"),
          .base = read_rev(in, "base"),
          .changed = read_names(in, "changed"),
          .stamp = in.parsed("hlc", parse_stamp, "16 hex digits"),
          .queued = read_time(in, "queued"),
          .confirmed = in.flag("confirmed")};
}

Json kept_json(const DeviceRecord& record) {
  Json json = Json::object();
  json.set("type", to_string(record.type)).set("id", record.id);
  write_content("content", record.content, json);
  if (record.local_only) json.set("local_only", true);
  if (record.shadow) json.set("shadow", to_json(*record.shadow));
  if (record.edit) json.set("edit", pending_json(*record.edit));
  if (record.in_flight) json.set("in_flight", record.in_flight->value);
  if (!record.redacted.empty()) json.set("redacted", names_json(record.redacted));
  return json;
}

DeviceRecord read_kept(const ObjectReader& in) {
  DeviceRecord record{.type = read_type(in, "type"),
                      .id = in.text("id"),
                      .content = read_content(in, "content"),
                      .local_only = in.flag("local_only"),
                      .redacted = read_names(in, "redacted")};
  if (in.has("shadow")) record.shadow = read_record(in.object("shadow"));
  if (in.has("edit")) record.edit = read_pending(in.object("edit"));
  if (in.has("in_flight")) record.in_flight = DeviceSeq{in.number("in_flight")};
  return record;
}

Json kept_list(const std::vector<DeviceRecord>& records) {
  Json list = Json::array();
  for (const DeviceRecord& record : records) list.push_back(kept_json(record));
  return list;
}

std::vector<DeviceRecord> read_kept_list(const ObjectReader& in, std::string_view key) {
  std::vector<DeviceRecord> records;
  in.each(key, [&](const ObjectReader& item) { records.push_back(read_kept(item)); });
  return records;
}

Json rejected_json(const RejectedChange& rejected) {
  Json json = Json::object();
  json.set("change", frozen_json(rejected.change)).set("at", to_rfc3339(rejected.at));
  json.set("code", to_string(rejected.error.code));
  write_if("message", rejected.error.message, json);
  write_if("path", rejected.error.path, json);
  write_if("rule", rejected.error.rule, json);
  if (rejected.made_anew) json.set("made_anew", true);
  if (!rejected.shown.empty()) json.set("shown", names_json(rejected.shown));
  if (!rejected.replaced.empty()) json.set("replaced", names_json(rejected.replaced));
  return json;
}

RejectedChange read_rejected(const ObjectReader& in) {
  const ObjectReader change = in.object("change");
  return {.change = read_frozen(change),
          .error = {.code = error_code_from(in.text("code")),
                    .message = in.text_or_empty("message"),
                    .path = in.text_or_empty("path"),
                    .rule = in.text_or_empty("rule")},
          .at = read_time(in, "at"),
          .made_anew = in.flag("made_anew"),
          .shown = read_names(in, "shown"),
          .replaced = read_names(in, "replaced")};
}

// A field's value may be of any kind, and is kept as it stands.
Json original_json(const Original& original) {
  Json json = Json::object();
  json.set("number", original.number);
  json.set("type", to_string(original.type)).set("id", original.id);
  json.set("field", original.field).set("value", Json::raw(original.value));
  write_content("record", original.record, json);
  json.set("replaced_by", rev_json(original.replaced_by)).set("at", to_rfc3339(original.at));
  return json;
}

Original read_original(const ObjectReader& in) {
  Original original{.number = in.number("number"),
                    .type = read_type(in, "type"),
                    .id = in.text("id"),
                    .field = in.text("field"),
                    .record = read_content(in, "record"),
                    .replaced_by = read_rev(in, "replaced_by"),
                    .at = read_time(in, "at")};
  const Json* value = in.find("value");
  if (value == nullptr) {
    in.fail("value", "is missing");
  } else {
    original.value = value->canonical();
  }
  return original;
}

Json queue_json(const QueueCounts& queue) {
  return Json::object()
      .set("pending", std::uint64_t{queue.pending})
      .set("frozen", std::uint64_t{queue.frozen})
      .set("rejected", std::uint64_t{queue.rejected});
}

QueueCounts read_queue(const ObjectReader& in) {
  return {.pending = in.number("pending"),
          .frozen = in.number("frozen"),
          .rejected = in.number("rejected")};
}

}  // namespace

void write_members(const DeviceState& state, Json& json) {
  json.set("user", state.user).set("replica", to_string(state.replica));
  json.set("cursor", to_string(state.cursor)).set("link", state.link).set("synced", state.synced);
  json.set("queue", queue_json(state.queue)).set("records", kept_list(state.records));
  Json rejected = Json::array();
  for (const RejectedChange& change : state.rejected) rejected.push_back(rejected_json(change));
  Json originals = Json::array();
  for (const Original& original : state.originals) originals.push_back(original_json(original));
  json.set("rejected", std::move(rejected)).set("originals", std::move(originals));
  json.set("aside", kept_list(state.aside));
}

DeviceState read_device_state(const ObjectReader& in) {
  DeviceState state{.user = in.text("user"),
                    .replica = read_replica(in),
                    .cursor = read_cursor(in, "cursor"),
                    .link = in.text("link"),
                    .synced = in.flag("synced"),
                    .queue = read_queue(in.object("queue")),
                    .records = read_kept_list(in, "records"),
                    .aside = read_kept_list(in, "aside")};
  in.each("rejected",
          [&](const ObjectReader& item) { state.rejected.push_back(read_rejected(item)); });
  in.each("originals",
          [&](const ObjectReader& item) { state.originals.push_back(read_original(item)); });
  return state;
}

}  // namespace studiosync::e2e
