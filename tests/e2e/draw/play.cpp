#include "tests/e2e/draw/play.hpp"

namespace studiosync::testing {

using namespace studiosync::e2e;

namespace {

constexpr const char* server = "server";

template <class Id>
Id id_of(std::uint8_t kind, std::uint8_t number) {
  Id id;
  id.bytes = {kind, 0x9a, 0x3c, number};
  id.bytes[15] = number;
  return id;
}

}  // namespace

Play::Play(const Scenario& scenario) {
  std::uint8_t number = 0;
  for (const DeviceSpec& device : scenario.devices) {
    devices_[device.name] = {.user = device.user, .replica = id_of<ReplicaId>(0xd0, ++number)};
  }
}

std::uint64_t Play::note(const std::string& lane, Happening what) {
  const std::uint64_t number = history_.size();
  history_.push_back({.number = number, .at = now_, .lane = lane, .what = std::move(what)});
  return number;
}

std::uint64_t Play::turn(const std::string& lane, Turned::What what, std::string detail) {
  const auto device = devices_.find(lane);
  return note(lane, Turned{.what = what,
                           .user = device == devices_.end() ? "" : device->second.user,
                           .detail = std::move(detail)});
}

void Play::server_starts(std::uint64_t epoch) {
  epoch_ = Epoch{epoch};
  note(server, Turned{.what = Turned::What::started, .epoch = epoch_});
}

std::uint64_t Play::send(const std::string& from, const std::string& to, const std::string& frame,
                         const std::string& about) {
  note(from, Sent{.number = ++messages_, .to = to, .frame = frame, .about = about});
  return messages_;
}

void Play::arrive(const std::string& lane, std::uint64_t message) {
  wait(18);
  note(lane, Arrived{message});
}

void Play::lose(const std::string& from, const std::string& to, const std::string& frame,
                const std::string& why) {
  const std::uint64_t message = send(from, to, frame, "");
  wait(12);
  note("network", Lost{message, why});
}

void Play::exchange(const std::string& device, const std::string& request,
                    const std::string& answer) {
  arrive(server, send(device, server, request, ""));
  arrive(device, send(server, device, answer, ""));
}

Cursor Play::head_of(const std::string& user) {
  return {.epoch = epoch_, .seq = logs_[user].head, .generation = Generation{1}};
}

void Play::edit(const std::string& device, const std::string& id, const std::string& content) {
  std::string& seen = contents_[device + "/" + id];
  Edited edit{.user = devices_.at(device).user,
              .type = EntityType::saved_query,
              .id = id,
              .action = content.empty() ? Action::remove : Action::upsert,
              .before = seen,
              .after = content};
  seen = content;
  note(device, edit);
  devices_.at(device).unsent.push_back(std::move(edit));
}

FrozenEdit Play::freeze(const std::string& name, const Edited& edit) {
  Device& device = devices_.at(name);
  const auto& rows = logs_[device.user].rows;
  const auto stored = rows.find(edit.id);
  device.last = device.last.next();
  FrozenEdit frozen{.replica = device.replica,
                    .seq = device.last,
                    .change = id_of<ChangeId>(0x01, ++changes_),
                    .type = edit.type,
                    .id = edit.id,
                    .action = edit.action,
                    .base = stored == rows.end() ? Rev{} : stored->second.rev};
  note(name, frozen);
  return frozen;
}

Record Play::commit(const std::string& device, const FrozenEdit& change, const Edited& edit) {
  Log& log = logs_[edit.user];
  Record& row = log.rows[change.id];
  log.head = log.head.next();
  row = {.type = change.type,
         .id = change.id,
         .deleted = change.action == Action::remove,
         .rev = {epoch_, row.rev.version.next()},
         .origin = {change.replica, change.seq, Stamp::at(now_)},
         .device = {device},
         .seq = log.head,
         .committed = to_commit_time(now_),
         .field_versions = {{"name", Version{1}, {change.replica, DeviceSeq{1}, Stamp::at(now_)}}},
         .content = edit.after};
  note(server, Committed{.user = edit.user, .change = change.change, .row = row});
  return row;
}

std::uint64_t Play::answer(const std::string& name, const FrozenEdit& change, const Record& row,
                           Status status) {
  Acknowledged answer{.user = devices_.at(name).user,
                      .replica = change.replica,
                      .seq = change.seq,
                      .change = change.change,
                      .type = change.type,
                      .id = change.id,
                      .status = status,
                      .rev = row.rev};
  if (status == Status::duplicate) answer.first_status = Status::applied;
  if (status == Status::rejected) answer.error = ErrorCode::quota_exceeded;
  if (status == Status::conflict) answer.copy_id = "c-0123456789abcdef0123456789abcdef";
  return note(name, std::move(answer));
}

std::uint64_t Play::sync(const std::string& device, Status status) {
  std::vector<std::pair<Edited, FrozenEdit>> changes;
  for (Edited& edit : devices_.at(device).unsent) {
    FrozenEdit frozen = freeze(device, edit);
    changes.emplace_back(std::move(edit), std::move(frozen));
  }
  devices_.at(device).unsent.clear();
  const std::string user = devices_.at(device).user;
  wait(2);
  const std::string about = std::to_string(changes.size()) + " changes: " + changes.at(0).first.id;
  arrive(server, send(device, server, "push", about));
  wait(6);
  std::vector<Record> rows;
  for (const auto& [edit, frozen] : changes) rows.push_back(commit(device, frozen, edit));
  wait(1);
  const std::uint64_t pushed = send(server, device, "pushed", about);
  tell(device, rows);
  arrive(device, pushed);
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    last = answer(device, changes[i].second, rows[i], status);
  }
  devices_.at(device).cursor = head_of(user);
  return last;
}

void Play::tell(const std::string& pusher, const std::vector<Record>& rows) {
  for (auto& [name, device] : devices_) {
    if (name == pusher || device.user != devices_.at(pusher).user || deaf_.contains(name)) continue;
    arrive(name, send(server, name, "changes", std::to_string(rows.size()) + " rows"));
    Moved moved{.user = device.user,
                .replica = device.replica,
                .from = device.cursor,
                .to = head_of(device.user)};
    for (const Record& row : rows) {
      moved.rows.push_back({row.type, row.id, row.rev, row.seq});
      contents_[name + "/" + row.id] = row.content;
    }
    device.cursor = moved.to;
    note(name, std::move(moved));
  }
}

void Play::catch_up(const std::string& name) {
  deaf_.erase(name);
  Device& device = devices_.at(name);
  exchange(name, "hello", "welcome");
  exchange(name, "pull", "changes");
  Moved moved{.user = device.user,
              .replica = device.replica,
              .from = device.cursor,
              .to = head_of(device.user),
              .resync = device.cursor.seq == Seq{}};
  for (const auto& [id, row] : logs_[device.user].rows) {
    if (row.seq <= device.cursor.seq) continue;
    moved.rows.push_back({row.type, row.id, row.rev, row.seq});
    contents_[name + "/" + id] = row.content;
  }
  device.cursor = moved.to;
  note(name, std::move(moved));
}

void Play::describe(const std::string& name) {
  const Device& device = devices_.at(name);
  DeviceState state{.user = device.user,
                    .replica = device.replica,
                    .cursor = device.cursor,
                    .link = "live",
                    .synced = true};
  for (const auto& [id, row] : logs_[device.user].rows) {
    state.records.push_back(
        {.type = row.type, .id = id, .content = contents_[name + "/" + id], .shadow = row});
  }
  note(name, std::move(state));
}

void Play::describe_server(const std::string& user) {
  ServerState state{.user = user};
  state.numbers.head = logs_[user].head;
  for (const auto& [id, row] : logs_[user].rows) state.rows.push_back(row);
  note(server, std::move(state));
}

}  // namespace studiosync::testing
