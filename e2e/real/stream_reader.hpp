// What a device sent and which answers it stored, read along in its journal.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/store/sqlite_device_store.hpp"
#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// To be read often: a record keeps its newest entries alone. Not thread-safe.
class StreamReader {
 public:
  // Goes on behind the end of this database: the first one, or one that was put in its place.
  void begin(client::SqliteDeviceStore& store);

  // What was noted since, in its order: `frozen`, `acknowledged` and, before what became of it,
  // what the user has done since.
  std::vector<Happening> read(client::SqliteDeviceStore& store, const std::string& user,
                              std::vector<Happening> doings);

 private:
  using Entries = std::vector<JournalEntry>;

  Entries new_entries(client::SqliteDeviceStore& store);
  // Where in them another stream begins; behind them where none does that they know of.
  Entries::const_iterator next_stream(const Entries& entries) const;
  // Whether what has no answer went over into it, as after a fork, or was dropped with the account.
  bool goes_over(client::SqliteDeviceStore& store, const Entries& entries) const;
  // What goes over got its place there first, which is not in the journal.
  void begin_stream(ReplicaId replica, bool over, std::vector<Happening>& out);
  void take(client::SqliteDeviceStore& store, const JournalEntry& entry, const std::string& user,
            std::vector<Happening>& out);

  std::uint64_t last_ = 0;  // number in the journal
  ReplicaId replica_;       // of the stream that is read
  DeviceSeq newest_;        // in it
  std::map<DeviceSeq, FrozenEdit> unanswered_;
};

}  // namespace studiosync::e2e
