// A user's log that loses its end: a backup, a history beyond it that devices know, and the
// restore.
#pragma once

#include <vector>

#include "core/sync/reconcile.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {

class RestoreTest : public LogTest {
 protected:
  // From here on everything will be lost.
  void back_up() {
    backup_ = store_->image();
    read([&](UserReader& log) { fork_ = log.state().head; });
  }
  // What a device knows that has read everything up to now.
  std::vector<Record> known() const {
    std::vector<Record> rows;
    for (const auto& [seq, record] : image().log) {
      if (seq > fork_) rows.push_back(record);
    }
    return rows;
  }
  void restore() { restart_on(backup_); }

  Reconciliation give_back(std::vector<Record> records) {
    Reconciliation outcome;
    write([&](UserTxn& log) {
      outcome = apply_reconcile(log, names_, {fork_, std::move(records)}, giver_, {now_, quota_});
    });
    return outcome;
  }

  Record saved(std::string_view id) {
    return stored(EntityType::saved_query, id).value_or(Record{});
  }
  // With an id that no other author's change has.
  ChangeResult push_by(const Author& author, PushChange change) {
    change.change.bytes[0] = author.replica.bytes[0];
    return push_one(author, change);
  }
  // There is one.
  void collect_the_tombstone() {
    write([](UserTxn& log) { EXPECT_EQ(log.collect_tombstones(CommitTime{INT64_MAX}, 100), 1U); });
  }
  // An edit of a saved query as its author has it stored now.
  ChangeResult edit(const Author& author, std::uint64_t seq, std::string_view id,
                    std::string_view name, std::string_view query,
                    std::vector<std::string> changed = {"name", "query"}) {
    return push_by(author, upsert(seq, EntityType::saved_query, id, query_text(name, query),
                                  saved(id).rev, std::move(changed)));
  }

  DeviceNames names_{{laptop_.device, laptop_.device_name}, {tablet_.device, tablet_.device_name}};
  Giver giver_;
  server::MemoryImage backup_;
  Seq fork_;
};

}  // namespace studiosync::testing
