#include "tests/e2e_checkers/tiny_world.hpp"

#include <algorithm>

namespace studiosync::e2e::testing {
namespace {

std::string side(const Fields& fields, bool deleted) {
  return deleted ? R"({"data":null,"deleted":true})" : R"({"data":)" + fields.content() + "}";
}

Fields conflict(const std::string& id, const std::string& local, const std::string& remote) {
  return Fields::from_content(R"({"item_id":")" + id + R"(","item_type":"saved_query",)" +
                              R"("local_version":)" + local + R"(,"remote_version":)" + remote +
                              R"(,"status":"resolved","strategy":"keep_both"})");
}

std::string content_of(const Fields& fields, bool live) {
  return live ? fields.content() : std::string();
}

}  // namespace

TinyWorld::TinyWorld() {
  note("server", Turned{.what = Turned::What::started, .epoch = epoch_});
}

void TinyWorld::note(const std::string& lane, Happening what) {
  history.push_back({history.size(), now_, lane, std::move(what)});
  now_ = now_ + Millis{1000};
}

ReplicaId TinyWorld::new_replica() {
  ReplicaId id;
  id.bytes[0] = 0xAA;
  id.bytes[15] = static_cast<std::uint8_t>(++made_);
  return id;
}

TinyWorld::Device& TinyWorld::device(const std::string& lane) {
  const auto [at, fresh] = devices_.try_emplace(lane);
  if (fresh) at->second.replica = new_replica();
  return at->second;
}

void TinyWorld::put(const std::string& lane, const std::string& id, const std::string& field,
                    const std::string& value) {
  Kept& kept = device(lane).records[id];
  Edited edited{.user = user, .type = EntityType::saved_query, .id = id};
  edited.before = content_of(kept.fields, kept.live);
  if (value.empty()) {
    kept.fields.erase(field);
  } else {
    kept.fields.set(field, value);
  }
  if (!kept.edit) kept.edit = Pending{.base = kept.shadow ? kept.shadow->rev.version : Version{}};
  kept.edit->changed.push_back(field);
  if (kept.edit->action == Action::remove && !kept.shadow->deleted) {
    // The server still has what was deleted here.
    for (const auto& [gone, old] : Fields::from_content(kept.shadow->content)) {
      kept.edit->changed.push_back(gone);
    }
  }
  kept.edit->action = Action::upsert;
  kept.live = true;
  edited.after = kept.fields.content();
  note(lane, std::move(edited));
}

void TinyWorld::put_private(const std::string& lane, const std::string& id,
                            const std::string& text) {
  Kept& kept = device(lane).records[id];
  Edited edited{.user = user, .type = EntityType::saved_query, .id = id, .local_only = true};
  edited.before = content_of(kept.fields, kept.live);
  kept.fields.set("query", text);
  kept.live = true;
  kept.local_only = true;
  edited.after = kept.fields.content();
  note(lane, std::move(edited));
}

void TinyWorld::remove(const std::string& lane, const std::string& id) {
  Kept& kept = device(lane).records[id];
  if (!kept.live) return;
  note(lane, Edited{.user = user,
                    .type = EntityType::saved_query,
                    .id = id,
                    .action = Action::remove,
                    .before = kept.fields.content()});
  kept.live = false;
  kept.fields = {};
  if (!kept.shadow || kept.shadow->deleted) {
    kept.edit.reset();
    return;
  }
  const Version base = kept.edit ? kept.edit->base : kept.shadow->rev.version;
  kept.edit = Pending{.action = Action::remove, .base = base};
}

Rev TinyWorld::write(const std::string& lane, EntityType type, const std::string& id, bool deleted,
                     const Fields& fields, ChangeId change) {
  Stored& stored = server_.rows[std::string(to_string(type)) + id];
  server_.head = server_.head.next();
  const Rev rev{epoch_, stored.row.rev.version.next()};
  for (const auto& [field, value] : fields) {
    const std::string* old = stored.fields.find(field);
    if (old == nullptr || *old != value) stored.ages[field] = {rev.version, device(lane).replica};
  }
  for (const auto& [field, value] : stored.fields) {
    if (fields.find(field) == nullptr) stored.ages[field] = {rev.version, device(lane).replica};
  }
  stored.fields = fields;
  stored.row = {.type = type,
                .id = id,
                .deleted = deleted,
                .rev = rev,
                .seq = server_.head,
                .content = content_of(fields, !deleted)};
  note("server", Committed{.user = user, .change = change, .row = stored.row});
  return rev;
}

std::vector<std::string> TinyWorld::unseen(ReplicaId author, const Stored& stored, Version base) {
  std::vector<std::string> fields;
  for (const auto& [field, age] : stored.ages) {
    if (age.version > base && age.author != author) fields.push_back(field);
  }
  return fields;
}

TinyWorld::Outcome TinyWorld::keep_both(const std::string& lane, const std::string& id,
                                        const Fields& fields, bool deleted, ChangeId change) {
  const Stored stored = server_.rows.at("saved_query" + id);
  Outcome outcome{.status = Status::conflict, .rev = stored.row.rev};
  if (!deleted) {
    Fields copy = fields;
    const std::string* name = fields.find("name");
    const std::string plain = name == nullptr ? "\"" : name->substr(0, name->size() - 1) + " ";
    copy.set("name", plain + "(conflicted copy - " + lane + ")\"");
    outcome.copy_id = "c-" + std::to_string(made_);
    write(lane, EntityType::saved_query, outcome.copy_id, false, copy, change);
  }
  outcome.conflict_id = "x-" + std::to_string(made_);
  write(lane, EntityType::conflict, outcome.conflict_id, false,
        conflict(id, side(fields, deleted), side(stored.fields, stored.row.deleted)), change);
  return outcome;
}

TinyWorld::Outcome TinyWorld::apply(const std::string& lane, const std::string& id,
                                    const Pending& edit, const Fields& fields, ChangeId change) {
  const auto at = server_.rows.find("saved_query" + id);
  const bool gone = at == server_.rows.end() || at->second.row.deleted;
  if (edit.action == Action::remove) {
    if (gone) return {};
    if (!unseen(device(lane).replica, at->second, edit.base).empty()) {
      return keep_both(lane, id, fields, true, change);
    }
    return {Status::applied, write(lane, EntityType::saved_query, id, true, {}, change)};
  }
  if (gone) {
    const bool deleted_meanwhile =
        at != server_.rows.end() && edit.base.value != 0 && edit.base < at->second.row.rev.version;
    const Rev rev = write(lane, EntityType::saved_query, id, false, fields, change);
    if (deleted_meanwhile) {
      write(lane, EntityType::conflict, "x-" + std::to_string(made_), false,
            conflict(id, side(fields, false), side({}, true)), change);
    }
    return {Status::applied, rev};
  }
  const std::vector<std::string> foreign = unseen(device(lane).replica, at->second, edit.base);
  Fields next = at->second.fields;
  for (const std::string& field : edit.changed) {
    const std::string* value = fields.find(field);
    const std::string* old = next.find(field);
    const bool same = value == nullptr ? old == nullptr : old != nullptr && *old == *value;
    if (!same && std::ranges::find(foreign, field) != foreign.end()) {
      return keep_both(lane, id, fields, false, change);
    }
    if (value != nullptr) {
      next.set(field, *value);
    } else {
      next.erase(field);
    }
  }
  if (next == at->second.fields) return {Status::unchanged, at->second.row.rev};
  const Status status = next == fields ? Status::applied : Status::merged;
  return {status, write(lane, EntityType::saved_query, id, false, next, change)};
}

void TinyWorld::push(const std::string& lane) {
  Device& from = device(lane);
  const std::vector<std::string> ids = [&] {
    std::vector<std::string> pending;
    for (const auto& [id, kept] : from.records) {
      if (kept.edit) pending.push_back(id);
    }
    return pending;
  }();
  for (const std::string& id : ids) {
    Kept& kept = from.records[id];
    const Pending edit = *std::exchange(kept.edit, std::nullopt);
    ChangeId change;
    change.bytes[14] = static_cast<std::uint8_t>(++made_ >> 8);
    change.bytes[15] = static_cast<std::uint8_t>(made_);
    from.last = from.last.next();
    note(lane, FrozenEdit{from.replica, from.last, change, EntityType::saved_query, id, edit.action,
                          Rev{epoch_, edit.base}});
    const Outcome outcome = apply(lane, id, edit, kept.fields, change);
    note(lane, Acknowledged{.user = user,
                            .replica = from.replica,
                            .seq = from.last,
                            .change = change,
                            .type = EntityType::saved_query,
                            .id = id,
                            .status = outcome.status,
                            .rev = outcome.rev,
                            .copy_id = outcome.copy_id,
                            .conflict_id = outcome.conflict_id});
    const auto stored = server_.rows.find("saved_query" + id);
    if (stored != server_.rows.end()) take(from, stored->second.row);
  }
}

std::vector<Record> TinyWorld::rows_after(Seq seq) const {
  std::vector<Record> rows;
  for (const auto& [key, stored] : server_.rows) {
    if (stored.row.seq > seq) rows.push_back(stored.row);
  }
  std::ranges::sort(rows, {}, &Record::seq);
  return rows;
}

void TinyWorld::take(Device& to, const Record& row) {
  const bool query = row.type == EntityType::saved_query;
  Kept& kept = to.records[query ? row.id : "conflict " + row.id];
  if (kept.local_only) return;
  kept.shadow = row;
  if (kept.edit) return;
  kept.live = !row.deleted;
  kept.fields = row.deleted ? Fields{} : Fields::from_content(row.content);
}

void TinyWorld::pull(const std::string& lane) {
  Device& to = device(lane);
  const std::vector<Record> rows = rows_after(to.cursor.seq);
  if (rows.empty()) return;
  Moved moved{.user = user, .replica = to.replica, .from = to.cursor};
  for (const Record& row : rows) {
    take(to, row);
    moved.rows.push_back({row.type, row.id, row.rev, row.seq});
  }
  to.cursor = {epoch_, server_.head, {}};
  moved.to = to.cursor;
  note(lane, std::move(moved));
}

void TinyWorld::sync(const std::string& lane) {
  push(lane);
  pull(lane);
}

void TinyWorld::backup(const std::string& lane) {
  backups_[lane] = device(lane);
  note(lane, Turned{.what = Turned::What::backed_up, .user = user});
}

void TinyWorld::restore(const std::string& lane) {
  const auto copy = backups_.find(lane);
  if (copy == backups_.end()) return;
  Device& restored = device(lane);
  restored = copy->second;
  restored.replica = new_replica();
  restored.last = {};
  note(lane, Turned{.what = Turned::What::restored, .user = user});
}

void TinyWorld::server_backup() {
  server_copy_ = server_;
  note("server", Turned{.what = Turned::What::backed_up});
}

void TinyWorld::server_restore() {
  server_ = server_copy_;
  epoch_ = Epoch{epoch_.value + 1};
  note("server", Turned{.what = Turned::What::restored});
  note("server", Turned{.what = Turned::What::started, .epoch = epoch_});
}

void TinyWorld::end() {
  for (const auto& [lane, held] : devices_) {
    DeviceState state{.user = user, .replica = held.replica, .cursor = held.cursor};
    state.link = "live";
    for (const auto& [key, kept] : held.records) {
      DeviceRecord record{.type = EntityType::saved_query, .id = key};
      if (kept.shadow) {
        record.type = kept.shadow->type;
        record.id = kept.shadow->id;
      }
      record.content = content_of(kept.fields, kept.live);
      record.local_only = kept.local_only;
      record.shadow = kept.shadow;
      if (kept.edit) {
        record.edit = PendingEdit{};
        ++state.queue.pending;
      }
      state.records.push_back(std::move(record));
    }
    state.synced = state.queue.pending == 0;
    if (!state.synced) state.link = "waiting";
    note(lane, std::move(state));
  }
  ServerState state{.user = user};
  state.numbers.head = server_.head;
  for (const auto& [key, stored] : server_.rows) state.rows.push_back(stored.row);
  note("server", std::move(state));
}

std::vector<std::string> broken(const History& history) {
  std::vector<std::string> names;
  for (const Violation& violation : check(history)) {
    if (std::ranges::find(names, violation.rule) == names.end()) names.push_back(violation.rule);
  }
  return names;
}

void drop(History& history, std::size_t event) {
  history.erase(history.begin() + static_cast<std::ptrdiff_t>(event));
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
}

void insert(History& history, std::size_t before, const std::string& lane, Happening what) {
  const WallTime at = history.at(std::min(before, history.size() - 1)).at;
  history.insert(history.begin() + static_cast<std::ptrdiff_t>(before),
                 Event{before, at, lane, std::move(what)});
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
}

}  // namespace studiosync::e2e::testing
