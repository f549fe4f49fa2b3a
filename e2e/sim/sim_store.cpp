#include "e2e/sim/sim_store.hpp"

#include <utility>

namespace studiosync::e2e {
namespace {

constexpr std::size_t waiting_max = 10'000;
// A flush of a good disk to one of a busy disk.
constexpr Millis flush_shortest{1};
constexpr std::uint64_t flush_spread_ms = 8;

}  // namespace

SimStore::SimStore(Scheduler& scheduler, server::Store& below, Commit commit, CommitWatch& watch,
                   Random random)
    : scheduler_(scheduler),
      below_(below),
      commit_(std::move(commit)),
      watch_(watch),
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
  watch_.look(below_);
  return below_.read(user, read);
}

server::StoreStats SimStore::stats() const {
  server::StoreStats stats = below_.stats();
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
  std::vector<Written> written;
  const std::vector<Result<>> outcomes = commit(group, written);
  watch_.end(std::move(written), outcomes);
  flushing_ = false;
  begin_flush();
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(outcomes[i]);
}

void SimStore::flush_unanswered() {
  std::vector<Written> written;
  (void)commit(std::exchange(group_, {}), written);
  watch_.unsure(std::move(written));
}

std::vector<Result<>> SimStore::commit(const std::vector<Waiting>& group,
                                       std::vector<Written>& written) {
  watch_.look(below_);
  written.resize(group.size());
  std::vector<Write> writes;
  for (std::size_t i = 0; i < group.size(); ++i) {
    written[i].user = group[i].user;
    writes.push_back({group[i].user, CommitWatch::watched(group[i].job, written[i])});
  }
  return commit_(std::move(writes));
}

void SimStore::stop() {
  if (std::exchange(stopped_, true)) return;
  if (flushing_) end_flush();
  alive_.reset();
  if (!group_.empty()) end_flush();
}

}  // namespace studiosync::e2e
