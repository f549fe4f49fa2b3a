// The device's store: edits, places in the stream, acknowledgements, pages of the server's rows.
#include "client/store/sqlite_device_store.hpp"
#include "core/base/check.hpp"
#include "core/sync/inbound.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/outbox.hpp"
#include "e2e/crash/random_content.hpp"
#include "e2e/crash/state_mark.hpp"
#include "e2e/crash/subject.hpp"
#include "sqlite/database.hpp"

namespace studiosync::e2e {

namespace {

constexpr std::uint64_t records_of_a_type = 40;
constexpr std::size_t batch_changes = 20;
constexpr WallTime begin_of_time{1'800'000'000'000};
constexpr Epoch epoch{7};

enum class Act : std::uint8_t { edit, erase, freeze, acknowledge, pull };

Random random_of(std::uint64_t seed, std::size_t step) {
  return Random(seed * 1'000'003 + step);
}

Act act_of(std::uint64_t seed, std::size_t step) {
  const std::uint64_t draw = random_of(~seed, step).below(100);
  if (draw < 40) return Act::edit;
  if (draw < 48) return Act::erase;
  if (draw < 62) return Act::freeze;
  return draw < 78 ? Act::acknowledge : Act::pull;
}

Durability durability_of(Act act) {
  return act == Act::pull ? Durability::relaxed : Durability::full;
}

// Everything of a step follows from the seed, its number and what the store holds.
class DeviceStep {
 public:
  DeviceStep(DeviceStore& store, std::uint64_t seed, std::size_t number)
      : store_(store),
        random_(random_of(seed, number)),
        act_(act_of(seed, number)),
        now_(begin_of_time + Millis{static_cast<std::int64_t>(number) * 1000}) {}

  Result<> run() {
    switch (act_) {
      case Act::edit:
        return edit();
      case Act::erase:
        return erase();
      case Act::freeze:
        freeze(store_, {batch_changes, 1U << 20}, now_, random_);
        return {};
      case Act::acknowledge:
        acknowledge();
        return {};
      case Act::pull:
        pull();
        return {};
    }
    return {};
  }

 private:
  Result<> edit() {
    const EntityType type = random_type(random_);
    const std::string id = random_id(random_, records_of_a_type);
    SS_TRY(put_record(store_, type, id, random_content(random_, type), now_));
    return {};
  }

  // What is not there any more cannot be deleted, and need not be.
  Result<> erase() {
    const auto erased =
        delete_record(store_, random_type(random_), random_id(random_, records_of_a_type), now_);
    if (!erased && erased.error().code != ErrorCode::not_found) return Unexpected(erased.error());
    return {};
  }

  void acknowledge() {
    for (const FrozenChange& change : store_.frozen(DeviceSeq{0}, batch_changes)) {
      ChangeResult result;
      result.change_id = to_string(change.change);
      result.device_seq = change.seq;
      result.item_type = to_string(change.type);
      result.item_id = change.id;
      result.status = random_.below(12) == 0 ? Status::rejected : Status::applied;
      result.rev = {epoch, change.base.version.next()};
      result.stamp = change.stamp;
      settle(store_, result, Seq{}, now_);
    }
  }

  void pull() {
    DeviceMeta meta = store_.meta();
    std::vector<Record> rows;
    for (std::uint64_t left = 1 + random_.below(10); left > 0; --left) {
      meta.cursor.seq = meta.cursor.seq.next();
      rows.push_back(random_row(meta.cursor.seq));
    }
    meta.cursor.epoch = epoch;
    apply_rows(store_, rows, now_);
    DeviceMeta stored = store_.meta();
    stored.cursor = meta.cursor;
    store_.set_meta(stored);
  }

  Record random_row(Seq seq) {
    Record row{.type = random_type(random_), .id = random_id(random_, records_of_a_type)};
    row.rev = {epoch, Version{seq.value}};
    row.origin = {ReplicaId{{9}}, DeviceSeq{seq.value}, Stamp::at(now_)};
    row.device = {"elsewhere"};
    row.seq = seq;
    row.committed = to_commit_time(now_);
    row.deleted = random_.below(6) == 0;
    if (!row.deleted) row.content = random_content(random_, row.type).canonical();
    return row;
  }

  DeviceStore& store_;
  Random random_;
  const Act act_;
  const WallTime now_;
};

class DeviceSubject final : public CrashSubject {
 public:
  explicit DeviceSubject(std::uint64_t seed) : seed_(seed) {}

  std::unique_ptr<CrashSubject> twin() const override {
    return std::make_unique<DeviceSubject>(seed_);
  }

  Result<> open(const std::string& vfs) override {
    SS_ASSIGN(store_, client::open_device_store(file(), begin_of_time, {.vfs = vfs}));
    return set_up();
  }
  void close() override { store_.reset(); }

  std::vector<TaskAnswer> step(std::size_t number) override {
    return {TaskAnswer{0, transact(number)}};
  }
  bool promises_disk(std::size_t number) const override {
    return durability_of(act_of(seed_, number)) == Durability::full;
  }
  // The user, or the engine, does it again on what is there.
  std::size_t next_step(std::size_t found, std::size_t) const override { return found; }

  std::string file() const override { return "device.db"; }

  std::size_t parts() const override { return 1; }
  std::vector<std::string> content_queries(sqlite::Database& db, std::size_t) const override {
    std::vector<std::string> queries;
    for (const std::string& table : stored_tables(db)) {
      if (table.find("_fts_") != std::string::npos) continue;
      queries.push_back("SELECT * FROM \"" + table + '"');
    }
    return queries;
  }

  std::vector<std::string> disagreements() const override {
    return {
        "SELECT 'unsent change without its place' FROM sync_queue, sync_metadata "
        "WHERE device_seq > last_frozen",
        "SELECT 'place without its change: ' || id FROM saved_queries WHERE in_flight IS NOT "
        "NULL AND in_flight NOT IN (SELECT device_seq FROM sync_queue)"};
  }

  // The full-text index among others.
  Result<> examine() override {
    const auto findings = store_->integrity();
    if (!findings) return Unexpected(findings.error());
    return *findings == "ok" ? Result<>() : fail(ErrorCode::store_error, *findings);
  }

 private:
  Result<> transact(std::size_t number) {
    SS_TRY(store_->begin(durability_of(act_of(seed_, number))));
    if (auto ran = DeviceStep(*store_, seed_, number).run(); !ran) {
      store_->rollback();
      return ran;
    }
    return store_->commit();
  }

  Result<> set_up() {
    DeviceMeta meta = store_->meta();
    if (store_->error()) return Unexpected(*store_->error());
    if (!meta.device.empty()) return {};
    meta.device = {"phone-1"};
    meta.device_name = "phone";
    meta.replica.bytes = {1};
    SS_TRY(store_->begin());
    store_->set_meta(meta);
    return store_->commit();
  }

  const std::uint64_t seed_;
  std::unique_ptr<client::SqliteDeviceStore> store_;
};

}  // namespace

std::unique_ptr<CrashSubject> make_device_subject(std::uint64_t seed) {
  return std::make_unique<DeviceSubject>(seed);
}

}  // namespace studiosync::e2e
