// What a server holds of a user, as JSON.
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"
#include "e2e/history/member_json.hpp"

namespace studiosync::e2e {
namespace {

// A conflict as its synced record keeps it: with the origins of both sides.
Json archive_json(const ArchiveRow& row) {
  const ConflictView view{.conflict = row.conflict,
                          .resolved = !row.conflict.open,
                          .choice = row.choice,
                          .detected_at = row.at};
  Json json = Json::object();
  json.set("id", row.conflict.id).set("conflict", Json::raw(conflict_content(view).content()));
  write_content("result", row.result, json);
  write_if("resolved_by", row.resolved_by, json);
  json.set("at", to_rfc3339(row.at));
  return json;
}

ArchiveRow read_archive(const ObjectReader& in) {
  ArchiveRow row{.result = read_content(in, "result"),
                 .resolved_by = in.text_or_empty("resolved_by"),
                 .at = read_commit_time(in, "at")};
  const auto view = conflict_from_content(in.text("id"), in.canonical_object("conflict"));
  if (!view) {
    in.fail("conflict", view.error().path + " " + view.error().message);
    return row;
  }
  row.conflict = view->conflict;
  row.choice = view->choice;
  return row;
}

}  // namespace

void write_members(const ServerState& state, Json& json) {
  const UserState& numbers = state.numbers;
  json.set("user", state.user).set("head", seq_json(numbers.head));
  json.set("generation", numbers.generation.value).set("floor", seq_json(numbers.floor));
  json.set("last_commit", to_rfc3339(numbers.last_commit));
  json.set("bytes", numbers.bytes).set("live", numbers.records);
  json.set("rows", records_json(state.rows));
  Json archive = Json::array();
  for (const ArchiveRow& row : state.archive) archive.push_back(archive_json(row));
  json.set("archive", std::move(archive));
}

ServerState read_server_state(const ObjectReader& in) {
  ServerState state{.user = in.text("user"),
                    .numbers = {.head = read_seq(in, "head"),
                                .generation = {in.number("generation")},
                                .floor = read_seq(in, "floor"),
                                .last_commit = read_commit_time(in, "last_commit"),
                                .bytes = in.number("bytes"),
                                .records = in.number("live")},
                    .rows = read_records(in, "rows")};
  in.each("archive",
          [&](const ObjectReader& item) { state.archive.push_back(read_archive(item)); });
  return state;
}

}  // namespace studiosync::e2e
