#include "e2e/sim/commit_watch.hpp"

#include <algorithm>
#include <utility>

#include "e2e/sim/forwarding_txn.hpp"

namespace studiosync::e2e {
namespace {

constexpr UserReader::PageLimits everything{SIZE_MAX, SIZE_MAX};

// Notes whether a replica's stream went on in it, and with which changes: a clone gives the same
// places to others.
class WatchedTxn final : public ForwardingTxn {
 public:
  WatchedTxn(UserTxn& inner, Written& written) : ForwardingTxn(inner), written_(written) {}

  void set_replica(ReplicaId id, const DeviceId& device, const ReplicaMark& mark) override {
    if (replica(id) != mark) written_.pushed = true;
    ForwardingTxn::set_replica(id, device, mark);
  }
  void remember(ChangeId change, const AppliedChange& applied) override {
    written_.changes[{applied.replica, applied.device_seq}] = change;
    ForwardingTxn::remember(change, applied);
  }

 private:
  Written& written_;
};

bool same_commit(const Record& a, const Record& b) {
  return a.seq == b.seq && a.rev == b.rev && a.committed == b.committed && a.id == b.id;
}

}  // namespace

server::Store::Job CommitWatch::watched(server::Store::Job job, Written& written) {
  return [job = std::move(job), &written](UserTxn& txn) {
    const Seq before = txn.state().head;
    WatchedTxn watched(txn, written);
    job(watched);
    if (txn.error() || txn.state().head == before) return;
    written.rows = txn.page(before, everything);
  };
}

void CommitWatch::tell(const Written& written) const {
  for (const Record& row : written.rows) {
    const auto change = written.changes.find({row.origin.replica, row.origin.device_seq});
    const bool known = written.pushed && change != written.changes.end();
    committed_(written.user, row, {written.pushed, known ? change->second : ChangeId{}});
  }
}

void CommitWatch::end(std::vector<Written> group, const std::vector<Result<>>& outcomes) {
  const bool committed =
      std::ranges::any_of(outcomes, [](const auto& done) { return done.has_value(); });
  if (!committed) return unsure(std::move(group));
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!outcomes[i] || group[i].rows.empty()) continue;
    unsure_.clear();  // not behind a commit of nothing: it leaves the log as it is
    tell(group[i]);
  }
}

void CommitWatch::unsure(std::vector<Written> group) {
  std::erase_if(group, [](const Written& written) { return written.rows.empty(); });
  if (!group.empty()) unsure_.push_back(std::move(group));
}

// A group is there as a whole or not at all, so its last row speaks for it: an earlier one may have
// been replaced within the group.
bool CommitWatch::is_there(server::Store& store, const std::vector<Written>& group) {
  const Record& last = group.back().rows.back();
  bool there = false;
  (void)store.read(group.back().user, [&](UserReader& log) {
    const auto row = log.find(last.type, last.id);
    there = row && same_commit(*row, last);
  });
  return there;
}

void CommitWatch::look(server::Store& store) {
  const auto there =
      std::ranges::find_if(unsure_, [&](const auto& group) { return is_there(store, group); });
  if (there == unsure_.end()) return;
  for (const Written& written : *there) tell(written);
  unsure_.clear();
}

}  // namespace studiosync::e2e
