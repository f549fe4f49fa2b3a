#include "e2e/sim/memory_server_storage.hpp"

#include "core/base/check.hpp"

namespace studiosync::e2e {

MemoryServerStorage::MemoryServerStorage(StorageContext context)
    : context_(std::move(context)), random_(context_.seed) {}

server::Store& MemoryServerStorage::open() {
  SS_CHECK(!store_);
  const server::MemoryStoreOptions options{
      .shards = 1,
      .clock = [this] { return to_commit_time(context_.scheduler.now()); },
      .entropy = [this] { return random_.next(); }};
  store_.emplace(context_.scheduler, options, std::move(image_), faults_, context_.committed,
                 Random(random_.next()));
  return *store_;
}

void MemoryServerStorage::crash() {
  image_ = image();
  store_.reset();
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
  return store_ ? store_->durable() : image_;
}

}  // namespace studiosync::e2e
