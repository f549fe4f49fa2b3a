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

  const Commit* server_version(const Facts& facts, RecordNo record) const;
  void take_seen(Facts& facts, RecordNo record, const Content& shown);
  void leave_behind(Edit& edit, FieldNo field);
  void leave_deleted(const Facts& facts, RecordNo record);
  Edits take(RecordNo record);
  bool learned(const Facts& facts, RecordNo record, const Rev& rev);
  bool knew_it_gone(const Facts& facts, RecordNo record) const;
  void told(const Facts& facts, const Ack& ack);
  void refused(const Ack& ack, const Edits& edits);
  void give_up_left_behind(Facts& facts, const Edits& edits) const;
  bool on_the_list(const Facts& facts, Index edit) const;
  void leave_list(const Decision& decision, const Edits& edits);
  bool went_with_its_session(Facts& facts, const Freeze& freeze) const;

  std::map<RecordNo, Edits> waiting_;
  std::map<RecordNo, Edits> refused_;
  std::map<RecordNo, Edits> listed_;       // refused, and not in the record any more
  std::set<Index> rejected_;               // changes on the list of refusals
  std::set<Index> only_listed_;            // changes that no delete takes off the list
  std::set<RecordNo> deleting_;            // by the user: not answered yet
  std::set<RecordNo> retried_;             // whose user asked for a refused change once more
  std::map<RecordNo, Rev> known_;          // versions of the server's
  std::map<RecordNo, Rev> withdrawn_;      // known tombstones for good
  std::map<RecordNo, Edits> taken_along_;  // by those that need not be on the disk yet
  std::set<RecordNo> unsure_;              // whose tombstone a crash may have taken from the device
  std::map<RecordNo, Edits> perhaps_taken_along_;
  std::map<Index, Edits> travelling_;    // by change
  std::set<RecordNo> deleted_sessions_;  // by the user
};

}  // namespace studiosync::e2e::judging
