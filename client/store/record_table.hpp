// All that a device knows of the records of one type: one table, one row a record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/search_table.hpp"
#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// Works in the transaction of its caller; errors stay in the database object. The functions are
// those of DeviceStore, for this type.
class RecordTable {
 public:
  // `search` is the type's index, or null; it must live as long as this object.
  RecordTable(sqlite::Database& db, const EntitySpec& spec, SearchTable* search);

  EntityType type() const noexcept { return type_; }

  std::optional<DeviceRecord> find(std::string_view id);
  // `known_absent` saves looking for the record's row: there is none.
  void put(const DeviceRecord& record, bool known_absent);
  bool add(const Record& row);

  // Ids, oldest edit first.
  std::vector<std::string> pending(std::size_t limit);
  // As SQL expressions, so that one statement can ask all types: the number of records with an
  // edit, and whether there is one with an edit and nothing in flight.
  static std::string edits_expression(const EntitySpec& spec);
  static std::string pending_expression(const EntitySpec& spec);
  std::size_t redacted();
  // In the order in which they were stored: a sequential scan.
  void append_live_shadows(std::vector<Record>& shadows);
  std::size_t live_records();
  std::size_t pending_deletes();
  void forget_tombstones(CommitTime time);
  // By id.
  void append_records(std::string_view after_id, std::size_t limit,
                      std::vector<DeviceRecord>& records);
  std::vector<DeviceRecord> list(std::string_view after_id, std::size_t limit);

 private:
  struct Place {
    std::int64_t row = 0;
    bool same_content = false;
  };
  // Where the record is, and whether its content is there already.
  std::optional<Place> place_of(const DeviceRecord& record);
  void insert(const DeviceRecord& record);
  void update(const DeviceRecord& record, const Place& place);
  void erase(const Place& place);
  std::size_t number(std::string_view select);

  sqlite::Database& db_;
  EntityType type_;
  SearchTable* search_;
  std::string find_;
  std::string place_of_;
  std::string insert_;
  std::string add_;
  std::string update_state_;
  std::string update_;
  std::string erase_;
  std::string pending_;
  std::string redacted_;
  std::string live_;
  std::string live_count_;
  std::string deletes_;
  std::string forget_;
  std::string forget_shadows_;
  std::string records_;
  std::string list_;
};

}  // namespace studiosync::client
