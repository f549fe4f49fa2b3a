#include "core/protocol/codec.hpp"
#include "core/protocol/wire.hpp"
#include "e2e/history/history_file.hpp"
#include "e2e/history/member_json.hpp"

namespace studiosync::e2e {
namespace {

void write_record(const std::string& user, EntityType type, const std::string& id, Json& json) {
  write_if("user", user, json);
  json.set("type", to_string(type)).set("id", id);
}

void write_members(const Edited& edited, Json& json) {
  write_record(edited.user, edited.type, edited.id, json);
  json.set("action", action_name(edited.action));
  write_content("before", edited.before, json);
  write_content("after", edited.after, json);
  if (edited.local_only) json.set("local_only", true);
}

void write_members(const FrozenEdit& frozen, Json& json) {
  write_record({}, frozen.type, frozen.id, json);
  json.set("replica", to_string(frozen.replica)).set("seq", frozen.seq.value);
  json.set("change", to_string(frozen.change)).set("action", action_name(frozen.action));
  json.set("base", rev_json(frozen.base));
}

void write_members(const Sent& sent, Json& json) {
  json.set("frame_number", sent.number).set("to", sent.to).set("frame", sent.frame);
  write_if("about", sent.about, json);
}

void write_members(const Arrived& arrived, Json& json) {
  json.set("frame_number", arrived.number);
}

void write_members(const Lost& lost, Json& json) {
  json.set("frame_number", lost.number).set("why", lost.why);
}

void write_members(const Committed& committed, Json& json) {
  json.set("user", committed.user).set("row", to_json(committed.row));
  if (!committed.change.nil()) json.set("change", to_string(committed.change));
}

void write_members(const Acknowledged& answer, Json& json) {
  write_record(answer.user, answer.type, answer.id, json);
  json.set("replica", to_string(answer.replica)).set("seq", answer.seq.value);
  json.set("change", to_string(answer.change)).set("status", to_string(answer.status));
  if (answer.first_status) json.set("first_status", to_string(*answer.first_status));
  if (answer.error) json.set("code", to_string(*answer.error));
  json.set("rev", rev_json(answer.rev));
  write_if("copy_id", answer.copy_id, json);
  write_if("conflict_id", answer.conflict_id, json);
}

void write_members(const Moved& moved, Json& json) {
  json.set("user", moved.user).set("replica", to_string(moved.replica));
  json.set("from", to_string(moved.from)).set("to", to_string(moved.to));
  if (moved.resync) json.set("resync", true);
  Json rows = Json::array();
  for (const Moved::Row& row : moved.rows) {
    Json item = Json::object();
    write_record({}, row.type, row.id, item);
    rows.push_back(std::move(item.set("rev", rev_json(row.rev)).set("seq", seq_json(row.seq))));
  }
  json.set("rows", std::move(rows));
}

void write_members(const Turned& turned, Json& json) {
  json.set("what", to_string(turned.what));
  write_if("user", turned.user, json);
  write_if("detail", turned.detail, json);
  if (turned.epoch) json.set("epoch", epoch_json(turned.epoch));
  if (turned.seq) json.set("seq", seq_json(turned.seq));
}

void write_members(const Leaked& leaked, Json& json) {
  json.set("secret", leaked.secret).set("where", leaked.where);
}

void write_members(const Decided& decided, Json& json) {
  write_record(decided.user, decided.type, decided.id, json);
  json.set("change", to_string(decided.change)).set("what", to_string(decided.what));
  write_content("before", decided.before, json);
  write_content("after", decided.after, json);
}

}  // namespace

std::string to_json_line(const Event& event) {
  Json json = Json::object();
  json.set("number", event.number).set("at", to_rfc3339(event.at)).set("lane", event.lane);
  json.set("kind", kind_name(event.what));
  std::visit([&](const auto& what) { write_members(what, json); }, event.what);
  // Rows of the log come as text, in the order in which the protocol writes their members.
  return parse_json(json.canonical())->canonical();
}

std::string to_json_lines(const History& history) {
  std::string lines;
  for (const Event& event : history) {
    lines += to_json_line(event);
    lines += '\n';
  }
  return lines;
}

}  // namespace studiosync::e2e
