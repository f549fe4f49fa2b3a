// The device's side of records' timelines (`sync_journal`). All functions run in the transaction of
// their caller; errors stay in the database object.
#pragma once

#include <vector>

#include "core/sync/journal.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// Keeps the record's newest journal_of_record_max.
void insert_journal_entry(sqlite::Database& db, const JournalEntry& entry);
// Oldest first.
std::vector<JournalEntry> read_journal_of(sqlite::Database& db, EntityType type,
                                          std::string_view id);
void delete_journal_before(sqlite::Database& db, WallTime since);

}  // namespace studiosync::client
