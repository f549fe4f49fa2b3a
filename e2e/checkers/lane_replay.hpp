// Follows one device through a history: which of its user's edits wait, which travel in which
// change, which came back refused.
#pragma once

#include <map>
#include <set>

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

// A value: a device that is restored from a backup, or cloned, goes on from a copy of it.
class LaneReplay {
 public:
  void edited(Facts& facts, Index edit);
  void froze(Facts& facts, Index freeze);
  void answered(Facts& facts, Index ack);
  void decided(Facts& facts, const Decision& decision);
  void stored(const Facts& facts, RecordNo record, const Moved::Row& row);
  // What the device had learned since it last wrote something of the user's may be gone.
  void crashed();

 private:
  using Edits = std::vector<Index>;

  const Content* server_version(const Facts& facts, RecordNo record) const;
  void take_seen(const Facts& facts, const Edit& made);
  void leave_deleted(RecordNo record);
  Edits take(RecordNo record);
  bool learned(const Facts& facts, RecordNo record, const Rev& rev);
  bool knew_it_gone(const Facts& facts, RecordNo record) const;
  void told(const Facts& facts, const Ack& ack);
  void refused(const Facts& facts, const Ack& ack, const Edits& edits);
  bool on_the_list(const Facts& facts, Index edit) const;
  void leave_list(const Decision& decision, const Edits& edits);
  bool went_with_its_parent(const Facts& facts, const Freeze& freeze) const;

  std::map<RecordNo, Edits> waiting_;
  std::map<RecordNo, Edits> refused_;
  std::map<RecordNo, Edits> listed_;       // refused, and not in the record any more
  std::set<Index> rejected_;               // changes on the list of refusals
  std::map<RecordNo, Edits> deleted_;      // of those, what the user's delete takes off it
  std::set<RecordNo> retried_;             // whose user asked for a refused change once more
  std::map<RecordNo, Rev> known_;          // versions of the server's
  std::map<RecordNo, Rev> withdrawn_;      // known tombstones for good
  std::map<RecordNo, Edits> taken_along_;  // by those that need not be on the disk yet
  std::map<Index, Edits> travelling_;      // by change
  bool deleted_parent_ = false;
};

}  // namespace studiosync::e2e::judging
