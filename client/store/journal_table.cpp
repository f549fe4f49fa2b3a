#include "client/store/journal_table.hpp"

namespace studiosync::client {

using sqlite::Database;

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
  auto rows = db.prepare(
      "SELECT event, at_ms, device_seq, change_id, epoch, version, seq, detail FROM sync_journal"
      " WHERE item_type = ? AND item_id = ? ORDER BY row");
  rows.bind(to_string(type), id);
  std::vector<JournalEntry> entries;
  while (rows.step()) {
    const auto event = parse_journal_event(rows.text(0));
    if (!event) continue;  // a newer program's
    entries.push_back({.type = type,
                       .id = std::string(id),
                       .event = *event,
                       .at = {rows.integer(1)},
                       .device_seq = DeviceSeq{rows.unsigned_integer(2)},
                       .change = parse_uuid<ChangeId>(rows.text(3)).value_or(ChangeId{}),
                       .rev = {Epoch{rows.unsigned_integer(4)}, Version{rows.unsigned_integer(5)}},
                       .seq = Seq{rows.unsigned_integer(6)},
                       .detail = rows.string(7)});
  }
  return entries;
}

void delete_journal_before(Database& db, WallTime since) {
  db.prepare("DELETE FROM sync_journal WHERE at_ms < ?").bind(since.unix_ms).run();
}

}  // namespace studiosync::client
