// Fills one user's account over a connection without an engine.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "loadtest/fleet/team.hpp"
#include "loadtest/scenarios/prepared_records.hpp"

namespace studiosync::load {

// On the team's thread. Batch after batch, each when the one before is acknowledged; what the
// server could not take for now is sent again when it says so. Everything acknowledged goes into
// the user's ledger.
class BulkWriter : public std::enable_shared_from_this<BulkWriter> {
 public:
  // In a later turn: nothing where all is written, else what the server said, or did otherwise than
  // it was asked to.
  using Done = std::function<void(std::optional<Error>)>;
  // Until the account has `records`, where each change of before counts as one. The references
  // outlive it.
  BulkWriter(Team& team, User& user, std::size_t records, const PreparedRecords& contents);

  // To be called once.
  void begin(Done done);

 private:
  struct Sent {
    std::string id;
    const PreparedRecord* record;
  };

  void push_next();
  PushChange new_change(WallTime now);
  void note(const PushChange& change, const PreparedRecord& record);
  void note(const PushChange& change, const ChangeResult& result);
  void received(const std::string& message);
  void refused(const Error& error);
  void take(const Pushed& pushed);
  bool take(std::size_t place, const ChangeResult& result);
  void end(std::optional<Error> error);

  Team& team_;
  User& user_;
  std::size_t left_;  // to be written
  const PreparedRecords& contents_;
  std::unique_ptr<ThinLink> link_;
  Done done_;
  std::vector<Sent> batch_;  // in flight
  Push push_;                // the same, as it was sent
  DeviceSeq last_;
  int refusals_ = 0;  // of this batch
};

}  // namespace studiosync::load
