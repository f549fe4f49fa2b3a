#include "tests/core/sync/sync_fixture.hpp"

#include "core/sync/inbound.hpp"

namespace studiosync::testing {

Json json(std::string_view text) {
  return parse_json(text).value();
}

ReplicaId replica(std::uint8_t letter) {
  ReplicaId id;
  id.bytes.fill(letter);
  return id;
}

ChangeId change_id(std::uint8_t number) {
  ChangeId id;
  id.bytes.back() = number;
  return id;
}

std::vector<std::string> texts(std::initializer_list<const char*> list) {
  return {list.begin(), list.end()};
}

std::string query_text(std::string_view name, std::string_view query, std::string_view folder) {
  Json data = Json::object().set("name", name).set("query", query).set("favorite", false);
  if (!folder.empty()) data.set("folder", folder);
  return data.canonical();
}

Record row(EntityType type, std::string_view id, std::uint64_t version, std::string_view content) {
  Record record;
  record.type = type;
  record.id = id;
  record.rev = {Epoch{1}, Version{version}};
  record.seq = Seq{version};
  record.origin = {replica('S'), DeviceSeq{version}, Stamp::at(noon)};
  record.content = content;
  return record;
}

Record tombstone(EntityType type, std::string_view id, std::uint64_t version,
                 std::string_view reason) {
  Record record = row(type, id, version, "");
  record.deleted = true;
  record.reason = reason;
  return record;
}

client::MemoryDeviceStore device_store(const std::string& name, std::uint8_t letter) {
  client::MemoryDeviceStore store;
  DeviceMeta meta;
  meta.device = {name + "-1"};
  meta.device_name = name;
  meta.replica = replica(letter);
  EXPECT_TRUE(store.begin());
  store.set_meta(meta);
  EXPECT_TRUE(store.commit());
  return store;
}

DeviceTest::DeviceTest() : store_(device_store("laptop", 'L')) {}

Result<EditOutcome> DeviceTest::try_put(EntityType type, std::string_view id,
                                        std::string_view data) {
  EXPECT_TRUE(store_.begin());
  auto outcome = put_record(store_, type, id, json(data), now_);
  EXPECT_TRUE(store_.commit());
  return outcome;
}

EditOutcome DeviceTest::put(EntityType type, std::string_view id, std::string_view data) {
  return try_put(type, id, data).value();
}

EditOutcome DeviceTest::put_query(std::string_view id, std::string_view name,
                                  std::string_view query) {
  return put(EntityType::saved_query, id, query_text(name, query));
}

Result<EditOutcome> DeviceTest::erase(EntityType type, std::string_view id) {
  EXPECT_TRUE(store_.begin());
  auto outcome = delete_record(store_, type, id, now_);
  EXPECT_TRUE(store_.commit());
  return outcome;
}

void DeviceTest::pulled(const Record& row) {
  EXPECT_TRUE(store_.begin());
  apply_rows(store_, {row}, now_);
  EXPECT_TRUE(store_.commit());
}

std::vector<FrozenChange> DeviceTest::freeze_all() {
  EXPECT_TRUE(store_.begin());
  Frozen frozen = freeze(store_, {1000, 1U << 30}, now_, random_);
  EXPECT_TRUE(store_.commit());
  return frozen.changes;
}

Settled DeviceTest::settle_as(ChangeResult result) {
  EXPECT_TRUE(store_.begin());
  const auto settled = settle(store_, result, Seq{result.rev.version.value}, now_);
  EXPECT_TRUE(store_.commit());
  return settled.value();
}

ChangeResult DeviceTest::applied(const FrozenChange& change, std::uint64_t version) const {
  ChangeResult result;
  result.change_id = to_string(change.change);
  result.device_seq = change.seq;
  result.item_type = to_string(change.type);
  result.item_id = change.id;
  result.rev = {Epoch{1}, Version{version}};
  result.stamp = change.stamp;
  return result;
}

ChangeResult DeviceTest::answered(const FrozenChange& change, Status status,
                                  const Record& stored) const {
  ChangeResult result = applied(change, stored.rev.version.value);
  result.status = status;
  result.record = stored;
  return result;
}

DeviceRecord DeviceTest::record(EntityType type, std::string_view id) {
  return store_.find(type, id).value_or(DeviceRecord{});
}

std::string DeviceTest::shown(EntityType type, std::string_view id) {
  return record(type, id).content;
}

LogTest::LogTest() {
  restart_on({});
}

void LogTest::restart_on(server::MemoryImage image) {
  const server::MemoryStoreOptions options{
      .clock = [this] { return CommitTime{now_.unix_ms * 1000}; },
      .entropy = [this] { return entropy_++; }};
  store_ = std::make_unique<server::MemoryStore>(options, std::move(image));
}

PushChange LogTest::upsert(std::uint64_t seq, EntityType type, std::string_view id,
                           std::string_view data, Rev base,
                           std::vector<std::string> changed) const {
  PushChange change;
  change.change = change_id(static_cast<std::uint8_t>(seq));
  change.device_seq = DeviceSeq{seq};
  change.type = type;
  change.type_text = to_string(type);
  change.item_id = id;
  change.base = base;
  if (base.version) change.changed_fields = std::move(changed);
  change.data = json(data);
  change.stamp = Stamp::at(now_);
  return change;
}

PushChange LogTest::removal(std::uint64_t seq, EntityType type, std::string_view id,
                            Rev base) const {
  PushChange change = upsert(seq, type, id, "null", base);
  change.action = Action::remove;
  change.changed_fields.reset();
  return change;
}

Applied LogTest::push(const Author& author, std::vector<PushChange> changes) {
  Applied applied;
  write([&](UserTxn& log) {
    applied = apply_push(log, author, {now_, std::move(changes), read_}, {now_, quota_});
  });
  return applied;
}

ChangeResult LogTest::push_one(const Author& author, const PushChange& change) {
  const Applied applied = push(author, {change});
  EXPECT_EQ(applied.results.size(), 1U);
  return applied.results.empty() ? ChangeResult{} : applied.results[0];
}

Applied LogTest::upload(const Author& author, std::vector<PlainChange> changes) {
  Applied applied;
  write([&](UserTxn& log) { applied = apply_upload(log, author, changes, {now_, quota_}); });
  return applied;
}

ResolveOutcome LogTest::resolve(const Author& author, const Resolve& resolve) {
  ResolveOutcome outcome;
  write([&](UserTxn& log) { outcome = apply_resolve(log, author, resolve, {now_, quota_}); });
  return outcome;
}

void LogTest::choose(EntityType type, Strategy strategy) {
  write([&](UserTxn& log) { log.set_policies({{type, strategy}}); });
}

void LogTest::write(const std::function<void(UserTxn&)>& work) {
  store_->write(user_, work, [](Result<> committed) { EXPECT_TRUE(committed); });
}

void LogTest::read(const std::function<void(UserReader&)>& visit) {
  EXPECT_TRUE(store_->read(user_, visit));
}

std::optional<Record> LogTest::stored(EntityType type, std::string_view id) {
  std::optional<Record> record;
  read([&](UserReader& log) { record = log.find(type, id); });
  return record;
}

const server::MemoryUser& LogTest::image() const {
  return store_->image().at(user_);
}

}  // namespace studiosync::testing
