#include "bench/stack/device_insert.hpp"

#include <map>
#include <span>

#include "bench/folder.hpp"
#include "bench/stack/must.hpp"
#include "client/store/device_schema.hpp"
#include "client/store/record_row.hpp"
#include "client/store/search_table.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "core/schema/ddl.hpp"
#include "os/wall_clock.hpp"
#include "sqlite/database.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t page_rows = 1000;  // of the engine's pull, too

std::string insert_sql(const EntitySpec& spec) {
  std::string sql = "INSERT INTO ";
  sql.append(spec.table).append("(").append(client::record_columns).append(") VALUES (?");
  for (int i = 1; i < client::record_columns_count; ++i) sql += ", ?";
  return sql + ")";
}

// The rows behind a given one; empty for a type that is not searched.
std::string index_sql(const EntitySpec& spec) {
  std::string fields;
  for (const auto field : client::searched_fields(spec)) fields.append(", ").append(field);
  if (fields.empty()) return fields;
  const std::string table(spec.table);
  return "INSERT INTO " + table + "_fts(rowid" + fields + ") SELECT row" + fields + " FROM " +
         table + "_text WHERE row > ?";
}

class BareDevice {
 public:
  explicit BareDevice(sqlite::Database& db) : db_(db) {
    for (const EntitySpec* spec : client::stored_specs()) {
      tables_[spec->type] = {insert_sql(*spec), index_sql(*spec), 0, 0};
    }
  }

  void insert(std::span<const DeviceRecord> page) {
    must(db_.begin(sqlite::Begin::immediate), "a bare insert");
    for (const DeviceRecord& record : page) {
      Table& table = tables_.at(record.type);
      auto statement = db_.prepare(table.insert);
      client::bind_record(statement, record);
      statement.run();
      ++table.rows;
    }
    for (auto& [type, table] : tables_) index(table);
    must(db_.commit(), "a bare insert");
  }

 private:
  struct Table {
    std::string insert;
    std::string index;
    std::int64_t rows;
    std::int64_t indexed;
  };

  // Rows are numbered in the order of their insertion.
  void index(Table& table) {
    if (table.index.empty() || table.rows == table.indexed) return;
    db_.prepare(table.index).bind(table.indexed).run();
    table.indexed = table.rows;
  }

  sqlite::Database& db_;
  std::map<EntityType, Table> tables_;
};

// The last page's commit flushes all of them, as the device's does.
void insert_all(sqlite::Database& db, std::span<const DeviceRecord> records) {
  BareDevice device(db);
  for (; records.size() > page_rows; records = records.subspan(page_rows)) {
    device.insert(records.first(page_rows));
  }
  must(db.run("PRAGMA synchronous = FULL"), "a bare insert");
  device.insert(records);
}

}  // namespace

Seconds time_device_insert(const std::string& parent, const std::vector<DeviceRecord>& records) {
  const Folder folder(parent);
  const std::string file = folder.path() + "/bare.db";
  must(client::open_device_store(file, os::wall_now()), "a bare database").reset();
  auto options = client::database_options({});
  options.synchronous = sqlite::Synchronous::normal;
  auto db = must(sqlite::Database::open(file, options), "a bare database");
  const auto start = Clock::now();
  insert_all(*db, records);
  return Clock::now() - start;
}

}  // namespace studiosync::bench
