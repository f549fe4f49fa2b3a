// Writes one change's outcome into a user's log, and collects what fan-out and answers need of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/conflicts/resolve.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// Lives for one push inside one transaction.
class LogWriter {
 public:
  LogWriter(UserTxn& log, const ApplyContext& context);

  UserTxn& log() noexcept { return log_; }
  WallTime now() const noexcept { return context_.now; }
  // Of rows as they travel, superseded ones included.
  std::size_t bytes_written() const noexcept { return bytes_written_; }

  // The strategy for a type: the user's choice, else the registry's.
  Strategy strategy_for(EntityType type) const;
  // `quota_exceeded` when the user's quota has no room for what an outcome would add: record, copy
  // and conflict. What takes no more than it leaves has room in a full account, too, and a delete
  // that takes effect, whatever conflict it leaves.
  Result<> check_room(const Outcome& outcome, const Incoming& incoming);
  // The same of a conflict that is shown anew.
  Result<> check_room(const ConflictView& view);

  // Puts copy, conflict and record of an outcome, in this order: pages may end between them.
  // Returns the id under which the conflict is kept: that of the open one whose text the same loser
  // edited on, if any.
  struct Written {
    std::string conflict_id;
    std::string copy_id;
    // What is stored under that id since the same change made its copy by another way; it stays.
    std::optional<Record> earlier_copy;
  };
  Written write(Outcome& outcome, const Incoming& incoming);
  // The same of a decision, whose outcome has no conflict of its own.
  void write_decision(Outcome& outcome, const ConflictView& decided, const Incoming& decision);
  // Fills in what the log assigns: seq, commit time, epoch, and the version of a record that is
  // new: no version is given twice, and what the id had before may have been collected.
  void put(Record& record);
  void put_conflict(const ConflictView& view, const Origin& origin, const DeviceId& device);

  // Head before and after, and every row written, superseded ones left out.
  Applied finish();

 private:
  Result<> check_quota(std::size_t more);
  // As it is kept: under the id and with the remote side of the open one that its loser went on
  // with, if any.
  ConflictView view_of(ConflictCase conflict, const Incoming& incoming);
  Written put_copy(Outcome& outcome);
  void put_winner(Outcome& outcome);
  void scrub(const Record& gone);
  std::optional<ConflictView> went_on(const ConflictCase& conflict, std::string_view losing);
  std::string keep_conflict(const Outcome& outcome, const Incoming& incoming);

  UserTxn& log_;
  ApplyContext context_;
  Policies policies_;
  Cursor from_;
  std::vector<Record> rows_;
  std::size_t bytes_written_ = 0;
};

// How a losing side is known: its replica, or a plain client's device.
std::string losing_side(const Origin& origin, const DeviceId& device);

}  // namespace studiosync
