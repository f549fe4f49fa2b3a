#include "bench/stack/first_sync.hpp"

#include <span>

#include "bench/stack/device.hpp"
#include "bench/stack/must.hpp"
#include "client/store/record_row.hpp"
#include "core/base/check.hpp"
#include "core/schema/ddl.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

constexpr Millis patience{120'000};
constexpr std::size_t page_rows = 1000;  // of the engine's pull, and of a bare transaction

Seconds time_of(const auto& work) {
  const auto start = Clock::now();
  work();
  return Clock::now() - start;
}

void write_offline(Device& device, const std::vector<NewRecord>& records) {
  device.host().with_store([&](client::SqliteDeviceStore& store) {
    must(store.begin(), "writing the data set");
    for (const NewRecord& record : records) {
      must(put_record(store, record.type, record.id, record.data, os::wall_now()), "a record");
    }
    must(store.commit(), "writing the data set");
  });
}

void sync_all(Device& device) {
  device.host().go_online();
  must(device.host().wait_synced(patience), "syncing a device");
}

// Pulled rows are committed without a flush of their own; a full commit flushes them too.
void make_durable(Device& device) {
  device.host().with_store([](client::SqliteDeviceStore& store) {
    must(store.begin(Durability::full), "flushing a device");
    store.set_meta(store.meta());
    must(store.commit(), "flushing a device");
  });
}

std::vector<DeviceRecord> all_records(Device& device) {
  std::vector<DeviceRecord> all;
  device.host().with_store([&](client::SqliteDeviceStore& store) {
    for (const EntitySpec& spec : registry()) {
      for (auto page = store.list(spec.type, {}, page_rows); !page.empty();
           page = store.list(spec.type, all.back().id, page_rows)) {
        all.insert(all.end(), page.begin(), page.end());
      }
    }
  });
  return all;
}

std::string insert_into(EntityType type) {
  std::string sql = "INSERT INTO ";
  sql.append(stored_spec(type).table).append("(").append(client::record_columns);
  sql += ") VALUES (?";
  for (int i = 1; i < client::record_columns_count; ++i) sql += ", ?";
  return sql + ")";
}

void insert_page(sqlite::Database& db, std::span<const DeviceRecord> page) {
  must(db.begin(sqlite::Begin::immediate), "a bare insert");
  for (const DeviceRecord& record : page) {
    auto insert = db.prepare(insert_into(record.type));
    client::bind_record(insert, record);
    insert.run();
  }
  must(db.commit(), "a bare insert");
}

// The last page's commit flushes all of them, as the device's does.
void insert_all(sqlite::Database& db, std::span<const DeviceRecord> records) {
  for (; records.size() > page_rows; records = records.subspan(page_rows)) {
    insert_page(db, records.first(page_rows));
  }
  must(db.run("PRAGMA synchronous = FULL"), "a bare insert");
  insert_page(db, records);
}

// The tables and their indexes are the device's; no full-text index, no look-ups, no network.
Seconds time_bare_insert(const std::string& parent, const std::vector<DeviceRecord>& records) {
  const Folder folder(parent);
  const std::string file = folder.path() + "/bare.db";
  must(client::open_device_store(file, os::wall_now()), "a bare database").reset();
  auto db = must(sqlite::Database::open(file, {.synchronous = sqlite::Synchronous::normal,
                                               .checkpoint_pages = 0,
                                               .cache_kib = 8 << 10}),
                 "a bare database");
  return time_of([&] { insert_all(*db, records); });
}

}  // namespace

FirstSync measure_first_sync(ServerProcess& server, const std::string& parent,
                             const std::string& account, const std::vector<NewRecord>& records) {
  FirstSync measured;
  {
    Device first(parent, "first", server.log_in(account));
    write_offline(first, records);
    measured.upload = time_of([&] { sync_all(first); });
  }
  Device fresh(parent, "fresh", server.log_in(account));
  measured.download = time_of([&] {
    sync_all(fresh);
    make_durable(fresh);
  });
  const std::vector<DeviceRecord> arrived = all_records(fresh);
  SS_CHECK(arrived.size() == records.size());
  measured.bare_insert = time_bare_insert(parent, arrived);
  return measured;
}

}  // namespace studiosync::bench
