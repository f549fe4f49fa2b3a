// What became of one change, for HTTP and WebSocket alike.
#include "core/base/object_text.hpp"
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

constexpr std::size_t result_bytes = 512;  // about, of most

Error read_refusal(const ObjectReader& in) {
  return {.code = error_code_from(in.text("code")),
          .message = in.text_or_empty("message"),
          .path = in.text_or_empty("path"),
          .rule = in.text_or_empty("rule")};
}

// Behind what `front` holds; in the order of the keys, so that whoever reads it need not sort them.
std::string result_text(std::string front, const ChangeResult& result) {
  const Error refusal = result.error.value_or(Error{});
  ObjectText json(std::move(front));
  if (result.error) json.set("code", wire_name(refusal.code));
  write_if("conflict_id", result.conflict_id, json);
  json.set("content_hash", hash_text(result.hash));
  write_if("copy_id", result.copy_id, json);
  if (result.device_seq) json.set("device_seq", result.device_seq.value);
  if (result.first_status) json.set("first_status", to_string(*result.first_status));
  json.set("hlc", to_string(result.stamp));
  json.set("id", result.change_id);
  json.set("item_id", result.item_id);
  json.set("item_type", result.item_type);
  write_if("message", refusal.message, json);
  write_if("path", refusal.path, json);
  if (result.record) json.set("record", to_json(*result.record));
  json.set("rev", rev_json(result.rev));
  write_if("rule", refusal.rule, json);
  json.set("status", to_string(result.status));
  if (result.strategy) json.set("strategy", to_string(*result.strategy));
  json.set("sync_version", result.rev.version.value);
  if (result.committed != CommitTime{}) json.set("updated_at", to_rfc3339(result.committed));
  return std::move(json).text();
}

}  // namespace

Json to_json(const ChangeResult& result) {
  std::string text;
  text.reserve(result_bytes);
  return Json::raw(result_text(std::move(text), result));
}

Json results_json(const std::vector<ChangeResult>& results) {
  std::string text;
  text.reserve(2 + results.size() * result_bytes);
  text += '[';
  for (const ChangeResult& result : results) {
    if (text.size() > 1) text += ',';
    text = result_text(std::move(text), result);
  }
  text += ']';
  return Json::raw(std::move(text));
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
