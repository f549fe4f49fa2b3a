// The device's side of records' timelines (`sync_journal`). All functions run in the transaction of
// their caller; errors stay in the database object.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/sync/journal.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// Keeps the record's newest journal_of_record_max.
void insert_journal_entry(sqlite::Database& db, const JournalEntry& entry);
// Oldest first.
std::vector<JournalEntry> read_journal_of(sqlite::Database& db, EntityType type,
                                          std::string_view id);
// An entry and its number, which rises with time.
struct NumberedEntry {
  std::uint64_t number = 0;
  JournalEntry entry;
};
// Those of all records after `number`, oldest first.
std::vector<NumberedEntry> read_journal_after(sqlite::Database& db, std::uint64_t number,
                                              std::size_t limit);
// The number that was given last; 0 before the first.
std::uint64_t last_journal_number(sqlite::Database& db);
void delete_journal_before(sqlite::Database& db, WallTime since);

}  // namespace studiosync::client
