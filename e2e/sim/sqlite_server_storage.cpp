#include "e2e/sim/sqlite_server_storage.hpp"

#include <new>
#include <utility>

#include "core/base/check.hpp"
#include "e2e/sim/archive_rows.hpp"
#include "e2e/sim/forwarding_txn.hpp"
#include "e2e/sim/prepared_disk.hpp"
#include "server/store/sqlite/data_folder.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::uint64_t ways_to_fail = 4;

// Memory runs out behind the first row that is written.
class PoorTxn final : public ForwardingTxn {
 public:
  using ForwardingTxn::ForwardingTxn;

  void put(Record& record) override {
    ForwardingTxn::put(record);
    throw std::bad_alloc();
  }
};

server::Store::Job without_memory(server::Store::Job job) {
  return [job = std::move(job)](UserTxn& txn) {
    PoorTxn poor(txn);
    job(poor);
  };
}

}  // namespace

// Draws of what a disk in memory draws, too, come from a sequence of their own: without faults both
// kinds give one run.
SqliteServerStorage::SqliteServerStorage(StorageContext context)
    : context_(std::move(context)),
      random_(context_.seed),
      faults_(~context_.seed),
      disk_(new_server_disk(), faults_.next()),
      watch_(context_.committed) {}

server::Store& SqliteServerStorage::open() {
  SS_CHECK(!store_);
  const Random flushes(random_.next());
  const bool full = std::exchange(disk_.full, false);
  durable_ = open_durable();
  disk_.full = full;
  watch_.look(*durable_);
  store_.emplace(
      context_.scheduler, *durable_, [this](auto group) { return commit(std::move(group)); },
      watch_, flushes);
  return *store_;
}

std::unique_ptr<server::Store> SqliteServerStorage::open_durable() {
  server::SqliteStoreOptions options = server_options();
  options.clock = [this] { return to_commit_time(context_.scheduler.now()); };
  options.entropy = [this] { return random_.next(); };
  options.vfs = disk_.vfs();
  options.post = [this](std::function<void()> step) { commit_step_ = std::move(step); };
  auto opened = server::open_sqlite_store(options);
  SS_CHECK(opened.has_value());
  return std::move(*opened);
}

std::vector<Result<>> SqliteServerStorage::commit(std::vector<SimStore::Write> group) {
  if (commits_to_fail_ > 0) {
    --commits_to_fail_;
    prepare_failure(group);
  }
  std::vector<Result<>> outcomes(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    durable_->write(group[i].user, std::move(group[i].job),
                    [&outcomes, i](Result<> done) { outcomes[i] = std::move(done); });
  }
  if (commit_step_) std::exchange(commit_step_, {})();
  disk_.end_failure();
  return outcomes;
}

// Of the whole commit by the disk, or of one job in it.
void SqliteServerStorage::prepare_failure(std::vector<SimStore::Write>& group) {
  if (group.empty() || faults_.below(ways_to_fail) != 0) return disk_.fail();
  server::Store::Job& job = group[faults_.below(group.size())].job;
  job = without_memory(std::move(job));
}

void SqliteServerStorage::crash() {
  if (!store_) return;
  if (store_->flushing() && faults_.below(2) == 0) {
    disk_.power_off_soon();
    store_->flush_unanswered();
  }
  disk_.power_off();
  store_.reset();
  durable_.reset();
  disk_.crash();
}

void SqliteServerStorage::close() {
  if (!store_) return;
  store_->stop();
  durable_->stop();
  store_.reset();
  durable_.reset();
}

void SqliteServerStorage::backup() {
  backup_.emplace(disk_.copy(), watch_);
}

bool SqliteServerStorage::restore() {
  SS_CHECK(!store_);
  if (!backup_) return false;
  disk_.replace(backup_->disk);
  watch_ = backup_->watch;
  return true;
}

std::vector<ArchiveRow> SqliteServerStorage::archive(server::UserRef user) const {
  const std::string path = server::shard_path(server_folder, user.shard);
  auto db = sqlite::Database::open(path, {.create = false, .read_only = true, .vfs = disk_.vfs()});
  SS_CHECK(db.has_value());
  auto rows = read_archive(**db, user.number);
  SS_CHECK(rows.has_value());
  return std::move(*rows);
}

}  // namespace studiosync::e2e
