// Says which rows came to be on the server's disk, each once, whether or not anybody was answered.
#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "server/store/store.hpp"

namespace studiosync::e2e {

// Whose transaction wrote a row.
struct RowWriter {
  bool pushed = false;  // a replica's changes; reconciliation, decisions and retention take none
  ChangeId change;      // the one of them at the place that is the row's origin; nil: none of them
};

// What one job wrote; nothing where it failed.
struct Written {
  server::UserRef user;
  std::vector<Record> rows;
  bool pushed = false;                                          // as RowWriter
  std::map<std::pair<ReplicaId, DeviceSeq>, ChangeId> changes;  // decided about, by their place
};

// A value: that of a backup knows what may be in the backup.
class CommitWatch {
 public:
  using Committed = std::function<void(server::UserRef, const Record&, const RowWriter&)>;

  explicit CommitWatch(Committed committed) : committed_(std::move(committed)) {}

  // The job, which in addition leaves in `written` what it wrote. `written` outlives it.
  static server::Store::Job watched(server::Store::Job job, Written& written);

  // A group was committed: each job with its outcome.
  void end(std::vector<Written> group, const std::vector<Result<>>& outcomes);
  // The process died over it: it may be on the disk nevertheless. So it may after an error of the
  // commit.
  void unsure(std::vector<Written> group);
  // Looks which of the unsure groups is there, one at the most: each begins where the last commit
  // ended. Whenever the store may show it for the first time.
  void look(server::Store& store);

 private:
  static bool is_there(server::Store& store, const std::vector<Written>& group);
  void tell(const Written& written) const;

  Committed committed_;
  std::vector<std::vector<Written>> unsure_;  // groups since the last commit
};

}  // namespace studiosync::e2e
