// The device's store in one SQLite file a user.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/device_log.hpp"
#include "client/store/journal_table.hpp"
#include "client/store/record_table.hpp"
#include "client/store/search_table.hpp"
#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

struct DeviceStoreOptions {
  // How long `begin` waits while another process is writing.
  Millis busy_timeout{10'000};
  // The operating system as SQLite sees it; empty = the default one.
  std::string vfs{};
};

sqlite::OpenOptions database_options(const DeviceStoreOptions& options);

// Several processes may have the same file open: each transaction sees what the others committed
// before it began, and nothing is remembered between transactions. Reads outside a transaction
// never wait for a writer; each sees the last commit. Writing outside one is a programmer's error.
class SqliteDeviceStore final : public DeviceStore {
 public:
  // For open_device_store, which prepares the database in the file `path`.
  SqliteDeviceStore(std::unique_ptr<sqlite::Database> db, std::string path, std::string vfs);

  // `store_locked` when another process keeps the lock for longer than the time-out. Fails with the
  // error of a read before, which is told by that: what is to be written may follow from it.
  using DeviceStore::begin;
  Result<> begin(Durability durability) override;
  Result<> commit() override;
  void rollback() override;
  // Into `<file>.aside-<n>`, with the first n that is free, from `….unfinished`, which is nobody's
  // any more where it is found. A copy that another follows before this object has committed
  // anything is superseded, and removed.
  Result<> set_aside(std::string_view why) override;
  std::uint64_t external_change_counter() override;

  DeviceMeta meta() override;
  void set_meta(const DeviceMeta& meta) override;

  std::optional<DeviceRecord> find(EntityType type, std::string_view id) override;
  void put(const DeviceRecord& record) override;
  bool add(const Record& row) override;

  std::vector<RecordKey> pending(std::size_t limit) override;
  std::vector<FrozenChange> frozen(DeviceSeq after, std::size_t limit) override;
  void add_frozen(const FrozenChange& change) override;
  std::optional<FrozenChange> find_frozen(DeviceSeq seq) override;
  void remove_frozen(DeviceSeq seq) override;

  void add_rejected(const RejectedChange& rejected) override;
  std::vector<RejectedChange> rejected() override;
  std::vector<RejectedChange> rejected_of(EntityType type, std::string_view id) override;
  void remove_rejected(ChangeId change) override;

  void add_original(const Original& original) override;
  std::vector<Original> originals() override;
  std::vector<Original> originals_of(EntityType type, std::string_view id) override;
  void remove_original(std::uint64_t number) override;
  void trim_originals(std::size_t count, WallTime since) override;

  void note(const JournalEntry& entry) override;
  std::vector<JournalEntry> journal_of(EntityType type, std::string_view id) override;
  void trim_journal(WallTime since) override;

  QueueCounts counts() override;
  std::size_t redacted_records() override;
  std::vector<Record> live_shadows() override;
  std::size_t live_records(EntityType type) override;
  std::size_t pending_deletes(EntityType type) override;
  void forget_tombstones(CommitTime time) override;
  std::vector<DeviceRecord> records(const RecordKey& after, std::size_t limit) override;
  std::vector<DeviceRecord> list(EntityType type, std::string_view after_id,
                                 std::size_t limit) override;

  // Copies a log that has become long into the database, which takes milliseconds: for when nobody
  // waits. Without it a commit does it, less often. Outside a transaction.
  void tidy();

  // Visible saved queries, history and AI messages with all words of `text`, the last one as a
  // beginning; best first. Finds what was committed.
  std::vector<SearchHit> search(std::string_view text, std::size_t limit);

  // The timeline of all records: what was noted after `number`, oldest first.
  std::vector<NumberedEntry> journal_after(std::uint64_t number, std::size_t limit);
  std::uint64_t last_journal_number();

  // The error that made reads answer "nothing", and makes all of them do so until it is taken, or
  // told by begin, commit or rollback.
  const std::optional<Error>& error() const noexcept { return db_->error(); }
  Result<> take_error() { return db_->take_error(); }

  // `ok`, or what is wrong with the file or the full-text index, one finding a line. Waits for the
  // write lock.
  Result<std::string> integrity();

 private:
  RecordTable& table(EntityType type);
  Result<> set_durability(Durability durability);
  Result<std::string> free_aside() const;
  Result<> copy_whole(const std::string& path);
  std::vector<bool> have_pending();
  void forget_transaction();

  std::unique_ptr<sqlite::Database> db_;
  std::string path_;
  std::string vfs_;
  std::string aside_;  // the last copy, as long as nothing is committed
  std::vector<std::unique_ptr<SearchTable>> searches_;
  std::vector<RecordTable> tables_;
  std::string count_queues_;
  std::string have_pending_;
  Durability durability_ = Durability::full;
  bool writing_ = false;
  // As they are in this transaction, in which they are looked for and changed again and again.
  std::optional<DeviceMeta> meta_;
  bool meta_changed_ = false;
  // Looked for in vain just now, under the write lock: a new record is not looked for twice.
  std::optional<RecordKey> absent_;
  DeviceLog log_;
};

// Creates or upgrades the database, and the folders to it. `now` goes into the list of migrations.
// `store_error` for a database of a newer program or one that is damaged, `store_locked` when an
// upgrade has to wait for another process for too long; the file is not changed then.
Result<std::unique_ptr<SqliteDeviceStore>> open_device_store(
    const std::string& path, WallTime now, const DeviceStoreOptions& options = {});

}  // namespace studiosync::client
