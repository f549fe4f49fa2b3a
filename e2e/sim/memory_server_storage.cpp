#include "e2e/sim/memory_server_storage.hpp"

#include "core/base/check.hpp"

namespace studiosync::e2e {

MemoryServerStorage::MemoryServerStorage(StorageContext context)
    : context_(std::move(context)), random_(context_.seed), watch_(context_.committed) {}

server::Store& MemoryServerStorage::open() {
  SS_CHECK(!store_);
  const Random flushes(random_.next());
  const server::MemoryStoreOptions options{
      .shards = 1,
      .clock = [this] { return to_commit_time(context_.scheduler.now()); },
      .entropy = [this] { return random_.next(); }};
  durable_.emplace(options, std::move(image_));
  store_.emplace(
      context_.scheduler, *durable_, [this](const auto& group) { return commit(group); }, watch_,
      flushes);
  return *store_;
}

std::vector<Result<>> MemoryServerStorage::commit(const std::vector<SimStore::Write>& group) {
  const Result<> disk = disk_error();
  std::vector<Result<>> outcomes(group.size(), disk);
  if (!disk) {
    durable_->begin_epoch(0);
    return outcomes;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    durable_->write(group[i].user, group[i].job,
                    [&outcomes, i](Result<> done) { outcomes[i] = std::move(done); });
  }
  return outcomes;
}

Result<> MemoryServerStorage::disk_error() {
  if (commits_to_fail_ > 0) {
    --commits_to_fail_;
    return fail(ErrorCode::store_error, "the commit failed");
  }
  if (full_) return fail(ErrorCode::store_error, "the disk is full");
  return {};
}

void MemoryServerStorage::crash() {
  image_ = image();
  store_.reset();
  durable_.reset();
}

void MemoryServerStorage::close() {
  if (store_) store_->stop();
  crash();
}

void MemoryServerStorage::backup() {
  backup_ = image();
}

bool MemoryServerStorage::restore() {
  SS_CHECK(!store_);
  if (backup_) image_ = *backup_;
  return backup_.has_value();
}

std::vector<ArchiveRow> MemoryServerStorage::archive(server::UserRef user) const {
  const auto found = image().find(user);
  return found == image().end() ? std::vector<ArchiveRow>{} : found->second.archive;
}

const server::MemoryImage& MemoryServerStorage::image() const {
  return durable_ ? durable_->image() : image_;
}

}  // namespace studiosync::e2e
