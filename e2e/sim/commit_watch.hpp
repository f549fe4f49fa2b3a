// Says which rows came to be on the server's disk, each once, whether or not anybody was answered.
#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "server/store/store.hpp"

namespace studiosync::e2e {

// What wrote a row.
struct Cause {
  bool pushed = false;  // reconciliation, decisions and retention take no changes of a replica
  ChangeId change;      // nil where its transaction remembered none for the row's place
};

// What one job wrote; nothing where it failed.
struct Written {
  using Place = std::pair<ReplicaId, DeviceSeq>;

  server::UserRef user;
  std::vector<Record> rows;
  bool pushed = false;  // as in Cause
  std::map<Place, ChangeId> changes;
};

// A value: that of a backup knows what may be in the backup.
class CommitWatch {
 public:
  using Committed = std::function<void(server::UserRef, const Record&, const Cause&)>;

  explicit CommitWatch(Committed committed) : committed_(std::move(committed)) {}

  // The job, which in addition leaves in `written` what it wrote. `written` outlives it.
  static server::Store::Job watched(server::Store::Job job, Written& written);

  // A group was committed: each job with its outcome.
  void end(std::vector<Written> group, const std::vector<Result<>>& outcomes);
  // The process died over it: it may be on the disk nevertheless. So it may after an error of the
  // commit.
  void unsure(std::vector<Written> group);
  // Looks whether what was unsure is there: whenever the store may show it for the first time.
  void look(server::Store& store);

 private:
  void tell(const Written& written) const;

  Committed committed_;
  std::vector<Written> unsure_;  // one group
};

}  // namespace studiosync::e2e
