#include "client/store/sqlite_device_store.hpp"

#include <algorithm>
#include <utility>

#include "client/store/device_schema.hpp"
#include "client/store/meta_row.hpp"
#include "client/store/originals_table.hpp"
#include "client/store/outbox_table.hpp"
#include "client/store/private_folder.hpp"
#include "client/store/search_query.hpp"
#include "core/base/check.hpp"
#include "os/durable_folder.hpp"
#include "sqlite/backup.hpp"
#include "sqlite/vfs_file.hpp"

namespace studiosync::client {

namespace {

// A first sync touches pages of several indexes at random.
constexpr int cache_kib = 8 << 10;

// Several reads of one moment under one lock instead of one each. Leaves the sticky error alone.
class Glance {
 public:
  Glance(sqlite::Database& db, bool in_transaction)
      : db_(db), own_(!in_transaction && db.run("BEGIN").has_value()) {}
  ~Glance() {
    if (own_) (void)db_.run("COMMIT");  // nothing was written: only the lock is given back
  }
  Glance(const Glance&) = delete;
  Glance& operator=(const Glance&) = delete;

 private:
  sqlite::Database& db_;
  const bool own_;
};

}  // namespace

sqlite::OpenOptions database_options(const DeviceStoreOptions& options) {
  // No automatic checkpoints: see DeviceLog.
  return {.busy_timeout = options.busy_timeout,
          .checkpoint_pages = 0,
          .cache_kib = cache_kib,
          .vfs = options.vfs};
}

Result<std::unique_ptr<SqliteDeviceStore>> open_device_store(const std::string& path, WallTime now,
                                                             const DeviceStoreOptions& options) {
  // The files of another VFS need not be the operating system's.
  if (options.vfs.empty()) SS_TRY(make_private(path));
  SS_ASSIGN(auto db, sqlite::Database::open(path, database_options(options)));
  SS_TRY(upgrade_schema(*db, now));
  for (const EntitySpec* spec : stored_specs()) SS_TRY(db->run(search_notes_ddl(*spec)));
  return std::make_unique<SqliteDeviceStore>(std::move(db), path, options.vfs);
}

SqliteDeviceStore::SqliteDeviceStore(std::unique_ptr<sqlite::Database> db, std::string path,
                                     std::string vfs)
    : db_(std::move(db)), path_(std::move(path)), vfs_(std::move(vfs)) {
  for (const EntitySpec* spec : stored_specs()) {
    SearchTable* search = nullptr;
    if (!searched_fields(*spec).empty()) {
      search = searches_.emplace_back(std::make_unique<SearchTable>(*db_, *spec)).get();
    }
    tables_.emplace_back(*db_, *spec, search);
  }
  std::string edits = "0";
  std::string pending;
  for (const EntitySpec* spec : stored_specs()) {
    edits += " + " + RecordTable::edits_expression(*spec);
    pending += (pending.empty() ? "SELECT " : ", ") + RecordTable::pending_expression(*spec);
  }
  count_queues_ = queue_counts_sql(edits);
  have_pending_ = std::move(pending);
}

Result<> SqliteDeviceStore::begin(Durability durability) {
  SS_CHECK(!writing_);
  SS_TRY(take_error());
  SS_TRY(set_durability(durability));
  SS_TRY(db_->begin(sqlite::Begin::immediate));
  writing_ = true;
  return {};
}

void SqliteDeviceStore::forget_transaction() {
  writing_ = false;
  absent_.reset();
  meta_.reset();
  meta_changed_ = false;
}

// A later full commit syncs the whole log, and with it the relaxed ones before it.
Result<> SqliteDeviceStore::set_durability(Durability durability) {
  if (durability == durability_) return {};
  SS_TRY(db_->run(durability == Durability::full ? "PRAGMA synchronous = FULL"
                                                 : "PRAGMA synchronous = NORMAL"));
  durability_ = durability;
  return {};
}

Result<> SqliteDeviceStore::commit() {
  SS_CHECK(writing_);
  if (meta_changed_) write_meta(*db_, *meta_);
  for (const auto& search : searches_) search->flush();
  forget_transaction();
  SS_TRY(db_->commit());
  aside_.clear();
  log_.after_commit(*db_);
  return {};
}

void SqliteDeviceStore::rollback() {
  forget_transaction();
  for (const auto& search : searches_) search->forget();
  db_->rollback();
}

Result<> SqliteDeviceStore::set_aside(std::string_view) {
  SS_CHECK(!writing_);
  SS_ASSIGN(std::string copy, free_aside());
  SS_TRY(copy_whole(copy));
  const std::string before = std::exchange(aside_, std::move(copy));
  // One that cannot be removed is one too many, and no reason not to go on.
  if (!before.empty()) (void)sqlite::remove_file(before, vfs_);
  return {};
}

Result<std::string> SqliteDeviceStore::free_aside() const {
  for (int n = 1;; ++n) {
    std::string name = path_ + ".aside-" + std::to_string(n);
    SS_ASSIGN(const bool taken, sqlite::file_exists(name, vfs_));
    if (!taken) return name;
  }
}

// What has its name is whole, even where the process ends in the midst of it. Another VFS than the
// operating system's knows no other name for a file.
Result<> SqliteDeviceStore::copy_whole(const std::string& path) {
  if (!vfs_.empty()) return sqlite::back_up(*db_, path);
  const std::string unfinished = path + ".unfinished";
  for (const char* suffix : {"-journal", ""}) {
    SS_TRY(sqlite::remove_file(unfinished + suffix, vfs_));
  }
  SS_TRY(sqlite::back_up(*db_, unfinished));
  return os::move_file(unfinished, path);
}

void SqliteDeviceStore::tidy() {
  SS_CHECK(!writing_);
  log_.tidy(*db_);
}

RecordTable& SqliteDeviceStore::table(EntityType type) {
  const auto found = std::ranges::find(tables_, type, &RecordTable::type);
  SS_CHECK(found != tables_.end());
  return *found;
}

DeviceMeta SqliteDeviceStore::meta() {
  if (meta_) return *meta_;
  DeviceMeta meta = read_meta(*db_);
  if (writing_ && !db_->error()) meta_ = meta;
  return meta;
}

void SqliteDeviceStore::set_meta(const DeviceMeta& meta) {
  SS_CHECK(writing_);
  meta_ = meta;
  meta_changed_ = true;
}

std::optional<DeviceRecord> SqliteDeviceStore::find(EntityType type, std::string_view id) {
  auto record = table(type).find(id);
  if (!record && writing_) absent_ = {type, std::string(id)};
  return record;
}

void SqliteDeviceStore::put(const DeviceRecord& record) {
  SS_CHECK(writing_);
  const bool known_absent = absent_ && absent_->type == record.type && absent_->id == record.id;
  absent_.reset();
  table(record.type).put(record, known_absent);
}

bool SqliteDeviceStore::add(const Record& row) {
  SS_CHECK(writing_);
  absent_.reset();
  return table(row.type).add(row);
}

std::vector<RecordKey> SqliteDeviceStore::pending(std::size_t limit) {
  std::vector<RecordKey> keys;
  // Most of the time nothing waits, and one statement tells.
  const std::vector<bool> waiting = have_pending();
  if (std::ranges::find(waiting, true) == waiting.end()) return keys;
  const Glance glance(*db_, writing_);
  for (std::size_t i = 0; i < waiting.size() && keys.size() < limit; ++i) {
    if (!waiting[i]) continue;
    RecordTable& table = tables_[i];
    for (auto& id : table.pending(limit - keys.size())) {
      keys.push_back({table.type(), std::move(id)});
    }
  }
  return keys;
}

// One flag a table, in their order; none after an error.
std::vector<bool> SqliteDeviceStore::have_pending() {
  std::vector<bool> flags;
  auto row = db_->prepare(have_pending_);
  if (!row.step()) return flags;
  for (int column = 0; column < row.columns(); ++column) {
    flags.push_back(row.integer(column) != 0);
  }
  return flags;
}

std::vector<FrozenChange> SqliteDeviceStore::frozen(DeviceSeq after, std::size_t limit) {
  return read_frozen(*db_, after, limit);
}

void SqliteDeviceStore::add_frozen(const FrozenChange& change) {
  SS_CHECK(writing_);
  insert_frozen(*db_, change);
}

std::optional<FrozenChange> SqliteDeviceStore::find_frozen(DeviceSeq seq) {
  return client::find_frozen(*db_, seq);
}

void SqliteDeviceStore::remove_frozen(DeviceSeq seq) {
  SS_CHECK(writing_);
  delete_frozen(*db_, seq);
}

void SqliteDeviceStore::add_rejected(const RejectedChange& rejected) {
  SS_CHECK(writing_);
  upsert_rejected(*db_, rejected);
}

std::vector<RejectedChange> SqliteDeviceStore::rejected() {
  return read_rejected(*db_);
}

std::vector<RejectedChange> SqliteDeviceStore::rejected_of(EntityType type, std::string_view id) {
  return read_rejected_of(*db_, type, id);
}

void SqliteDeviceStore::remove_rejected(ChangeId change) {
  SS_CHECK(writing_);
  delete_rejected(*db_, change);
}

void SqliteDeviceStore::add_original(const Original& original) {
  SS_CHECK(writing_);
  insert_original(*db_, original);
}

std::vector<Original> SqliteDeviceStore::originals() {
  return read_originals(*db_);
}

std::vector<Original> SqliteDeviceStore::originals_of(EntityType type, std::string_view id) {
  return read_originals_of(*db_, type, id);
}

void SqliteDeviceStore::remove_original(std::uint64_t number) {
  SS_CHECK(writing_);
  delete_original(*db_, number);
}

void SqliteDeviceStore::trim_originals(std::size_t count, WallTime since) {
  SS_CHECK(writing_);
  delete_originals_beyond(*db_, count, since);
}

void SqliteDeviceStore::note(const JournalEntry& entry) {
  SS_CHECK(writing_);
  insert_journal_entry(*db_, entry);
}

std::vector<JournalEntry> SqliteDeviceStore::journal_of(EntityType type, std::string_view id) {
  return read_journal_of(*db_, type, id);
}

std::vector<NumberedEntry> SqliteDeviceStore::journal_after(std::uint64_t number,
                                                            std::size_t limit) {
  return read_journal_after(*db_, number, limit);
}

std::uint64_t SqliteDeviceStore::last_journal_number() {
  return client::last_journal_number(*db_);
}

void SqliteDeviceStore::trim_journal(WallTime since) {
  SS_CHECK(writing_);
  delete_journal_before(*db_, since);
}

QueueCounts SqliteDeviceStore::counts() {
  return read_queue_counts(*db_, count_queues_);
}

std::size_t SqliteDeviceStore::redacted_records() {
  const Glance glance(*db_, writing_);
  std::size_t records = 0;
  for (RecordTable& table : tables_) records += table.redacted();
  return records;
}

std::vector<Record> SqliteDeviceStore::live_shadows() {
  std::vector<Record> shadows;
  for (RecordTable& table : tables_) table.append_live_shadows(shadows);
  return shadows;
}

std::size_t SqliteDeviceStore::live_records(EntityType type) {
  return table(type).live_records();
}

std::size_t SqliteDeviceStore::pending_deletes(EntityType type) {
  return table(type).pending_deletes();
}

void SqliteDeviceStore::forget_tombstones(CommitTime time) {
  SS_CHECK(writing_);
  for (RecordTable& table : tables_) table.forget_tombstones(time);
}

std::vector<DeviceRecord> SqliteDeviceStore::records(const RecordKey& after, std::size_t limit) {
  std::vector<DeviceRecord> records;
  for (RecordTable& table : tables_) {
    if (table.type() < after.type) continue;
    const std::string_view after_id = table.type() == after.type ? after.id : std::string_view();
    table.append_records(after_id, limit - records.size(), records);
    if (records.size() == limit) break;
  }
  return records;
}

std::vector<DeviceRecord> SqliteDeviceStore::list(EntityType type, std::string_view after_id,
                                                  std::size_t limit) {
  return table(type).list(after_id, limit);
}

std::vector<SearchHit> SqliteDeviceStore::search(std::string_view text, std::size_t limit) {
  std::vector<SearchHit> hits;
  const std::string query = search_query(text);
  if (query.empty()) return hits;
  for (const auto& search : searches_) {
    for (auto& hit : search->search(query, limit)) hits.push_back(std::move(hit));
  }
  std::ranges::stable_sort(hits, {}, &SearchHit::rank);
  hits.resize(std::min(hits.size(), limit));
  return hits;
}

std::uint64_t SqliteDeviceStore::external_change_counter() {
  auto row = db_->prepare("PRAGMA data_version");
  return row.step() ? row.unsigned_integer(0) : 0;
}

Result<std::string> SqliteDeviceStore::integrity() {
  SS_ASSIGN(std::string findings, db_->integrity());
  for (const auto& search : searches_) {
    const auto checked = search->check();
    if (checked) continue;
    if (checked.error().code == ErrorCode::store_locked) return Unexpected(checked.error());
    if (findings == "ok") findings.clear();
    findings += (findings.empty() ? "" : "\n") + checked.error().message;
  }
  return findings;
}

}  // namespace studiosync::client
