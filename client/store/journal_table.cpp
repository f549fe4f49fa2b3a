#include "client/store/journal_table.hpp"

#include "client/store/joined.hpp"

namespace studiosync::client {

namespace {

using sqlite::Database;
using sqlite::Statement;

constexpr std::string_view select =
    "SELECT row, item_type, item_id, event, at_ms, device_seq, change_id, epoch, version, seq,"
    " detail FROM sync_journal";

std::vector<NumberedEntry> all_of(Statement& rows) {
  std::vector<NumberedEntry> entries;
  while (rows.step()) {
    const auto type = parse_entity_type(rows.text(1));
    const auto event = parse_journal_event(rows.text(3));
    if (!type || !event) continue;  // a newer program's
    JournalEntry entry{.type = *type, .id = rows.string(2), .event = *event};
    entry.at = {rows.integer(4)};
    entry.device_seq = DeviceSeq{rows.unsigned_integer(5)};
    entry.change = parse_uuid<ChangeId>(rows.text(6)).value_or(ChangeId{});
    entry.rev = {Epoch{rows.unsigned_integer(7)}, Version{rows.unsigned_integer(8)}};
    entry.seq = Seq{rows.unsigned_integer(9)};
    entry.detail = rows.string(10);
    entries.push_back({rows.unsigned_integer(0), std::move(entry)});
  }
  return entries;
}

}  // namespace

void insert_journal_entry(Database& db, const JournalEntry& entry) {
  const std::string_view type = to_string(entry.type);
  db.prepare(
        "INSERT INTO sync_journal (item_type, item_id, event, at_ms, device_seq, change_id, epoch,"
        " version, seq, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(type, entry.id, to_string(entry.event), entry.at.unix_ms, entry.device_seq.value,
            to_string(entry.change), entry.rev.epoch.value, entry.rev.version.value,
            entry.seq.value, entry.detail)
      .run();
  db.prepare(
        "DELETE FROM sync_journal WHERE item_type = ?1 AND item_id = ?2 AND row <="
        " (SELECT row FROM sync_journal WHERE item_type = ?1 AND item_id = ?2"
        " ORDER BY row DESC LIMIT 1 OFFSET ?3)")
      .bind(type, entry.id, journal_of_record_max)
      .run();
}

std::vector<JournalEntry> read_journal_of(Database& db, EntityType type, std::string_view id) {
  static const std::string one =
      joined({select, " WHERE item_type = ? AND item_id = ? ORDER BY row"});
  auto rows = db.prepare(one);
  rows.bind(to_string(type), id);
  std::vector<JournalEntry> entries;
  for (NumberedEntry& found : all_of(rows)) entries.push_back(std::move(found.entry));
  return entries;
}

std::vector<NumberedEntry> read_journal_after(Database& db, std::uint64_t number,
                                              std::size_t limit) {
  static const std::string later = joined({select, " WHERE row > ? ORDER BY row LIMIT ?"});
  auto rows = db.prepare(later);
  rows.bind(number, limit);
  return all_of(rows);
}

std::uint64_t last_journal_number(Database& db) {
  auto row = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'sync_journal'");
  return row.step() ? row.unsigned_integer(0) : 0;
}

// In the order of writing, up to the first that is young enough: no index by time has to be kept at
// every edit. What a clock that was ahead wrote holds up those after it until it is old itself.
void delete_journal_before(Database& db, WallTime since) {
  db.prepare(
        "DELETE FROM sync_journal WHERE row < coalesce("
        "(SELECT row FROM sync_journal WHERE at_ms >= ? ORDER BY row LIMIT 1), "
        "9223372036854775807)")
      .bind(since.unix_ms)
      .run();
}

}  // namespace studiosync::client
