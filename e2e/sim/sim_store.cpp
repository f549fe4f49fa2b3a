#include "e2e/sim/sim_store.hpp"

#include <utility>

namespace studiosync::e2e {
namespace {

constexpr std::size_t waiting_max = 10'000;
// A flush of a good disk to one of a busy disk.
constexpr Millis flush_shortest{1};
constexpr std::uint64_t flush_spread_ms = 8;
constexpr UserReader::PageLimits everything{SIZE_MAX, SIZE_MAX};

}  // namespace

SimStore::SimStore(Scheduler& scheduler, const server::MemoryStoreOptions& options,
                   server::MemoryImage image, DiskFaults& faults, Committed committed,
                   Random random)
    : scheduler_(scheduler),
      durable_(options, std::move(image)),
      faults_(faults),
      committed_(std::move(committed)),
      random_(random),
      alive_(std::make_shared<bool>(true)) {}

void SimStore::write(server::UserRef user, Job job, Done done) {
  if (stopped_) return done(fail(ErrorCode::service_unavailable, "the server is stopping"));
  if (waiting_.size() >= waiting_max) {
    return done(fail(ErrorCode::service_unavailable, "too many writes wait"));
  }
  waiting_.push_back({user, std::move(job), std::move(done)});
  begin_flush();
}

Result<> SimStore::read(server::UserRef user, const std::function<void(UserReader&)>& read) {
  return durable_.read(user, read);
}

server::StoreStats SimStore::stats() const {
  server::StoreStats stats = durable_.stats();
  stats.queued_jobs = waiting_.size() + group_.size();
  return stats;
}

void SimStore::begin_flush() {
  if (flushing_ || waiting_.empty()) return;
  flushing_ = true;
  group_ = std::exchange(waiting_, {});
  const Millis flush =
      flush_shortest + Millis{static_cast<std::int64_t>(random_.below(flush_spread_ms))};
  scheduler_.after(flush, [this, alive = std::weak_ptr<bool>(alive_)] {
    if (!alive.expired()) end_flush();
  });
}

void SimStore::end_flush() {
  const std::vector<Waiting> group = std::exchange(group_, {});
  const Result<> disk = disk_error();
  std::vector<Result<>> outcomes;
  for (const Waiting& waiting : group) outcomes.push_back(disk ? commit_one(waiting) : disk);
  flushing_ = false;
  begin_flush();
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(outcomes[i]);
}

Result<> SimStore::disk_error() {
  if (faults_.commits_to_fail > 0) {
    --faults_.commits_to_fail;
    return fail(ErrorCode::store_error, "the commit failed");
  }
  if (faults_.full) return fail(ErrorCode::store_error, "the disk is full");
  return {};
}

Result<> SimStore::commit_one(const Waiting& waiting) {
  Seq before;
  (void)durable_.read(waiting.user, [&](UserReader& log) { before = log.state().head; });
  const auto marks = marks_of(waiting.user);
  Result<> outcome;
  durable_.write(waiting.user, waiting.job, [&](Result<> done) { outcome = std::move(done); });
  if (!outcome) return outcome;
  (void)durable_.read(waiting.user, [&](UserReader& log) {
    if (log.state().head == before) return;
    const bool pushed = marks_of(waiting.user) != marks;
    for (const Record& row : log.page(before, everything)) committed_(waiting.user, row, pushed);
  });
  return outcome;
}

std::map<ReplicaId, ReplicaMark> SimStore::marks_of(server::UserRef user) const {
  const auto found = durable().find(user);
  return found == durable().end() ? std::map<ReplicaId, ReplicaMark>{} : found->second.replicas;
}

void SimStore::stop() {
  if (std::exchange(stopped_, true)) return;
  if (flushing_) end_flush();
  alive_.reset();
  if (!group_.empty()) end_flush();
}

}  // namespace studiosync::e2e
