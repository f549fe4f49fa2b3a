// A device's history as it happens, read along in its database: docs/HISTORY.md, as JSON lines.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "client/store/sqlite_device_store.hpp"

namespace studiosync::client {

// Writes `turned`, `edited`, `frozen` and `acknowledged` events of one device, contents as they
// would leave it: redacted, and those of private records not at all. What happened between two
// looks at one record is told by its last content. Not thread-safe.
class Recorder {
 public:
  using Write = std::function<void(const std::string& line)>;
  // `user` and `lane` name the account and the device in the history.
  Recorder(SqliteDeviceStore& store, std::string user, std::string lane, Write write)
      : store_(store),
        user_(std::move(user)),
        lane_(std::move(lane)),
        write_(std::move(write)),
        last_(store.last_journal_number()) {}

  // What is under way already: edits that wait, and changes that were not answered.
  void begin(WallTime now);
  // That conflicts of this type are resolved so, as the server says.
  void tell_policy(EntityType type, Strategy strategy, WallTime now);
  // What was noted since.
  void look();

  std::uint64_t events() const noexcept { return number_; }

 private:
  void take(const JournalEntry& entry);
  std::string seen_before(const JournalEntry& edited) const;
  void write_edited(const RecordKey& key, const std::string& before, WallTime at);
  void write_frozen(const FrozenChange& change, WallTime at);
  void write_acknowledged(const JournalEntry& entry);
  void write_event(std::string_view kind, WallTime at, Json event);

  SqliteDeviceStore& store_;
  const std::string user_;
  const std::string lane_;
  const Write write_;
  std::uint64_t last_;  // number in the journal
  std::uint64_t number_ = 0;
  std::map<RecordKey, std::string> told_;  // what an edit was last said to have left
};

}  // namespace studiosync::client
