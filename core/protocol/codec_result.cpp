// What became of one change, for HTTP and WebSocket alike.
#include "core/base/object_text.hpp"
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

constexpr std::size_t result_bytes = 512;  // about, of most

void write_refusal(const Error& error, ObjectText& result) {
  result.set("code", wire_name(error.code));
  write_if("path", error.path, result);
  write_if("rule", error.rule, result);
  write_if("message", error.message, result);
}

Error read_refusal(const ObjectReader& in) {
  return {.code = error_code_from(in.text("code")),
          .message = in.text_or_empty("message"),
          .path = in.text_or_empty("path"),
          .rule = in.text_or_empty("rule")};
}

}  // namespace

Json to_json(const ChangeResult& result) {
  ObjectText json(result_bytes);
  json.set("id", result.change_id);
  if (result.device_seq) json.set("device_seq", result.device_seq.value);
  json.set("item_type", result.item_type);
  json.set("item_id", result.item_id);
  json.set("status", to_string(result.status));
  if (result.first_status) json.set("first_status", to_string(*result.first_status));
  json.set("sync_version", result.rev.version.value);
  json.set("rev", rev_json(result.rev));
  json.set("hlc", to_string(result.stamp));
  if (result.committed != CommitTime{}) json.set("updated_at", to_rfc3339(result.committed));
  json.set("content_hash", hash_text(result.hash));
  write_if("conflict_id", result.conflict_id, json);
  write_if("copy_id", result.copy_id, json);
  if (result.strategy) json.set("strategy", to_string(*result.strategy));
  if (result.error) write_refusal(*result.error, json);
  if (result.record) json.set("record", to_json(*result.record));
  return std::move(json).take();
}

ChangeResult read_result(const ObjectReader& in) {
  ChangeResult result{.change_id = in.text("id"),
                      .device_seq = {in.number_or("device_seq", 0)},
                      .item_type = in.text("item_type"),
                      .item_id = in.text("item_id"),
                      .status = in.parsed("status", parse_status, "a status"),
                      .first_status = in.parsed_if("first_status", parse_status, "a status"),
                      .rev = read_rev(in, "rev"),
                      .stamp = in.parsed("hlc", parse_stamp, "16 hex digits"),
                      .hash = read_hash(in, "content_hash"),
                      .conflict_id = in.text_or_empty("conflict_id"),
                      .copy_id = in.text_or_empty("copy_id"),
                      .strategy = in.parsed_if("strategy", parse_strategy, "a strategy")};
  if (in.has("updated_at")) result.committed = read_commit_time(in, "updated_at");
  // Whoever shows a rejected change must be able to say why.
  if (in.has("code") || result.status == Status::rejected) result.error = read_refusal(in);
  if (in.has("record")) result.record = read_record(in.object("record"));
  return result;
}

}  // namespace studiosync
