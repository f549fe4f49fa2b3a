#include "tests/e2e_history/one_of_each.hpp"

namespace studiosync::e2e::testing {
namespace {

constexpr EntityType query = EntityType::saved_query;
const ReplicaId replica = *parse_uuid<ReplicaId>("8c5d7c58-2f0a-4c58-9a52-0c6f5b1f7a01");
const ChangeId change = *parse_uuid<ChangeId>("0190a5c0-0000-7000-8000-00000000002a");
const Rev rev{Epoch{3}, Version{2}};
const Cursor cursor{Epoch{3}, Seq{7}, Generation{1}};
const Stamp stamp = Stamp::at(WallTime{1'700'000'000'500}, 1);

Record row() {
  return {.type = query,
          .id = "q1",
          .rev = rev,
          .origin = {replica, DeviceSeq{4}, stamp},
          .device = {"device-desk"},
          .seq = Seq{7},
          .committed = {1'700'000'001'000'000},
          .field_versions = {{"name", Version{1}, {replica, DeviceSeq{3}, stamp}}},
          .content = R"({"name":"v1","query":"select v2"})"};
}

FrozenChange frozen() {
  return {.seq = DeviceSeq{5},
          .change = change,
          .type = query,
          .id = "q1",
          .reason = "private",
          .base = rev,
          .changed = {"query"},
          .stamp = stamp,
          .content = R"({"name":"v1"})",
          .confirmed = true};
}

DeviceRecord kept() {
  DeviceRecord record{.type = query,
                      .id = "q1",
                      .content = R"({"name":"v1","query":"select v3"})",
                      .local_only = true,
                      .shadow = row(),
                      .in_flight = DeviceSeq{5},
                      .redacted = {"query"}};
  record.edit = PendingEdit{.action = Action::remove,
                            .reason = "private",
                            .base = rev,
                            .changed = {"query"},
                            .stamp = stamp,
                            .queued = WallTime{1'700'000'000'250},
                            .confirmed = true};
  return record;
}

DeviceState device() {
  DeviceState state{.user = "ann",
                    .replica = replica,
                    .cursor = cursor,
                    .link = "live",
                    .synced = true,
                    .queue = {1, 2, 3},
                    .records = {kept()}};
  state.rejected.push_back({frozen(),
                            {.code = ErrorCode::credential_leaked,
                             .message = "a credential",
                             .path = "$.query",
                             .rule = "jwt"},
                            WallTime{1'700'000'002'000}});
  state.originals.push_back({.number = 1,
                             .type = query,
                             .id = "q1",
                             .field = "query",
                             .value = R"("select v3")",
                             .record = R"({"query":"select v3"})",
                             .replaced_by = rev,
                             .at = WallTime{1'700'000'003'000}});
  state.aside.push_back(
      {.type = query, .id = "q2", .content = R"({"name":"v4"})", .shadow = std::nullopt});
  return state;
}

ServerState server() {
  ServerState state{.user = "ann",
                    .numbers = {.head = Seq{7},
                                .generation = Generation{1},
                                .floor = Seq{2},
                                .last_commit = {1'700'000'001'000'000},
                                .bytes = 33,
                                .records = 1},
                    .rows = {row()}};
  ArchiveRow archived;
  archived.conflict = {.id = "x-1",
                       .type = query,
                       .item_id = "q1",
                       .local = {.content = R"({"name":"v5"})",
                                 .version = Version{1},
                                 .origin = {replica, DeviceSeq{4}, stamp},
                                 .device = {"device-lap"},
                                 .device_name = "lap"},
                       .remote = {.deleted = true, .version = Version{2}},
                       .strategy = Strategy::keep_both};
  archived.result = R"({"name":"v1"})";
  archived.resolved_by = "policy";
  archived.choice = Choice::keep_both;
  archived.at = {1'700'000'001'000'000};
  state.archive.push_back(archived);
  return state;
}

}  // namespace

History one_of_each() {
  History history;
  const auto note = [&](const char* lane, Happening what) {
    const auto passed = static_cast<std::int64_t>(history.size()) * 20;
    history.push_back(
        {history.size(), WallTime{1'700'000'000'000 + passed}, lane, std::move(what)});
  };
  note("desk", Edited{.user = "ann",
                      .type = query,
                      .id = "q1",
                      .before = R"({"name":"v1"})",
                      .after = R"({"name":"v1","query":"select v2"})",
                      .local_only = true});
  note("desk", FrozenEdit{replica, DeviceSeq{4}, change, query, "q1", Action::upsert, rev});
  note("desk", Sent{1, "server", "push", "1 change"});
  note("server", Arrived{1});
  note("network", Lost{2, "partitioned"});
  note("server", Committed{"ann", change, row()});
  note("desk", Acknowledged{.user = "ann",
                            .replica = replica,
                            .seq = DeviceSeq{4},
                            .change = change,
                            .type = query,
                            .id = "q1",
                            .status = Status::duplicate,
                            .first_status = Status::rejected,
                            .error = ErrorCode::validation_error,
                            .rev = rev,
                            .copy_id = "c-1",
                            .conflict_id = "x-1"});
  note("lap", Moved{"ann", replica, {}, cursor, true, {{query, "q1", rev, Seq{7}}}});
  note("server", Turned{Turned::What::collected, "ann", "tombstones", Epoch{3}, Seq{2}});
  note("network", Leaked{"canary-1", "a push of desk"});
  note("desk", device());
  note("server", server());
  note("desk", Decided{.user = "ann",
                       .type = query,
                       .id = "q1",
                       .change = change,
                       .what = Decided::What::discarded,
                       .before = R"({"name":"v1","query":"select v2"})",
                       .after = R"({"name":"v1"})"});
  return history;
}

}  // namespace studiosync::e2e::testing
