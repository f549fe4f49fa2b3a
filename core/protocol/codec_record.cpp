// A row of the log, as `changes` and `pushed` carry it.
#include "core/base/answer_limits.hpp"
#include "core/base/object_text.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

Json field_versions_json(const std::vector<FieldVersion>& versions) {
  Json list = Json::array();
  for (const FieldVersion& version : versions) {
    Json json = Json::object();
    json.set("field", version.field).set("version", version.version.value);
    write_origin(version.origin, json);
    list.push_back(std::move(json));
  }
  return list;
}

std::vector<FieldVersion> read_field_versions(const ObjectReader& in) {
  std::vector<FieldVersion> versions;
  if (!in.has("fields")) return versions;
  in.each("fields", [&](const ObjectReader& item) {
    versions.push_back({.field = item.text("field"),
                        .version = {item.number("version")},
                        .origin = read_origin(item)});
  });
  return versions;
}

// Behind what `front` holds.
std::string row_text(std::string front, const Record& record) {
  ObjectText row(std::move(front));
  row.set("item_type", to_string(record.type));
  row.set("item_id", record.id);
  row.set("seq", std::to_string(record.seq.value));
  row.set("rev", rev_json(record.rev));
  row.set("sync_version", record.rev.version.value);
  write_origin(record.origin, row);
  row.set("device_id", record.device.value);
  row.set("deleted", record.deleted);
  write_if("reason", record.reason, row);
  if (!record.field_versions.empty() && !SS_ZOO(field_versions_are_not_sent)) {
    row.set("fields", field_versions_json(record.field_versions));
  }
  row.set("updated_at", to_rfc3339(record.committed));
  if (!record.deleted)
    row.splice("data", record.content.empty() ? std::string_view("null") : record.content);
  return std::move(row).text();
}

std::size_t text_bytes(const Record& record) {
  return row_bytes(record) + limits::row_frame_bytes;
}

}  // namespace

Json to_json(const Record& record) {
  std::string text;
  text.reserve(text_bytes(record));
  return Json::raw(row_text(std::move(text), record));
}

Record read_record(const ObjectReader& in) {
  Record record{.type = read_type(in, "item_type"),
                .id = in.text("item_id"),
                .deleted = in.flag("deleted"),
                .reason = in.text_or_empty("reason"),
                .rev = read_rev(in, "rev"),
                .origin = read_origin(in),
                .device = {in.text("device_id")},
                .seq = read_seq(in, "seq"),
                .committed = read_commit_time(in, "updated_at"),
                .field_versions = read_field_versions(in),
                .content = {}};
  if (!record.deleted) record.content = in.canonical_object("data");
  return record;
}

Json records_json(const std::vector<Record>& records) {
  std::size_t bytes = 2;
  for (const Record& record : records) bytes += text_bytes(record);
  std::string text;
  text.reserve(bytes);
  text += '[';
  for (const Record& record : records) {
    if (text.size() > 1) text += ',';
    text = row_text(std::move(text), record);
  }
  text += ']';
  return Json::raw(std::move(text));
}

std::vector<Record> read_records(const ObjectReader& in, std::string_view key) {
  std::vector<Record> records;
  in.each(key, [&](const ObjectReader& row) { records.push_back(read_record(row)); });
  return records;
}

}  // namespace studiosync
