#include "server/store/memory/memory_store.hpp"

#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "server/store/epoch.hpp"
#include "server/store/memory/memory_user_txn.hpp"

namespace studiosync::server {

MemoryStore::MemoryStore(const MemoryStoreOptions& options, MemoryImage image)
    : clock_(options.clock), entropy_(options.entropy), image_(std::move(image)) {
  for (std::uint32_t shard = 0; shard < options.shards; ++shard) epochs_.push_back(new_epoch());
}

Epoch MemoryStore::new_epoch() const {
  return draw_epoch(SS_ZOO(epoch_survives_a_restore) ? 1 : entropy_());
}

void MemoryStore::write(UserRef user, Job job, Done done) {
  SS_CHECK(user.shard < shards() && user.number && user.number.value <= limits::user_max);
  if (stopped_) return done(fail(ErrorCode::service_unavailable, "the server is stopping"));
  if (SS_ZOO(records_have_no_owner) && !image_.empty()) user = image_.begin()->first;
  MemoryUserTxn txn(image_[user], {epoch(user.shard), clock_()});
  job(txn);
  if (txn.error()) {
    txn.undo();
    return done(Unexpected(*txn.error()));
  }
  ++stats_.commits;
  ++stats_.jobs;
  stats_.rows_written += txn.rows_written();
  stats_.bytes_written += txn.bytes_written();
  done({});
}

Result<> MemoryStore::read(UserRef user, const std::function<void(UserReader&)>& read) {
  SS_CHECK(user.shard < shards() && user.number && user.number.value <= limits::user_max);
  MemoryUser nobody;
  const auto found = image_.find(user);
  MemoryUserTxn reader(found == image_.end() ? nobody : found->second,
                       {epoch(user.shard), clock_()});
  read(reader);
  return {};
}

}  // namespace studiosync::server
