// A first sync on the device: pages of 1,000 pulled rows into an empty database, with full-text
// index and computed columns, against one bare INSERT a row of the same bytes in the same run, by a
// connection like the store's. `ratio` is what the device's store reaches of that limit.
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/folder.hpp"
#include "client/store/device_log.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "core/base/check.hpp"
#include "core/base/random.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t page_rows = 1000;
constexpr std::size_t pages = 10;
constexpr std::size_t record_bytes = 1000;

std::string file_in(const bench::Folder& folder) {
  return folder.path() + "/device.db";
}

// SQL of the usual length out of a vocabulary of the usual size.
std::string sql_text(Random& random) {
  std::string sql = "SELECT";
  while (sql.size() < record_bytes - 100) {
    sql += " column_" + std::to_string(random.below(3000)) + ",";
  }
  return sql;
}

std::vector<DeviceRecord> pulled_records() {
  Random random(1);
  std::vector<DeviceRecord> records;
  for (std::uint64_t seq = 1; seq <= pages * page_rows; ++seq) {
    DeviceRecord record{.type = EntityType::saved_query};
    record.id = uuid_text(uuid_v7(1'700'000'000'000 + static_cast<std::int64_t>(seq), random));
    record.content = R"({"favorite":false,"name":"Query )" + std::to_string(seq) +
                     R"(","query":")" + sql_text(random) + R"("})";
    record.shadow = Record{.type = record.type, .id = record.id, .content = record.content};
    record.shadow->rev = {Epoch{7}, Version{1}};
    record.shadow->origin.stamp = Stamp{seq << 16};
    record.shadow->device = {"laptop"};
    record.shadow->seq = Seq{seq};
    records.push_back(std::move(record));
  }
  return records;
}

const std::vector<DeviceRecord>& records() {
  static const std::vector<DeviceRecord> all = pulled_records();
  return all;
}

void put_pages(DeviceStore& store) {
  for (std::size_t row = 0; row < records().size(); ++row) {
    if (row % page_rows == 0) SS_CHECK(store.begin(Durability::relaxed));
    store.put(records()[row]);
    if ((row + 1) % page_rows == 0) SS_CHECK(store.commit());
  }
}

void insert_pages(sqlite::Database& db) {
  DeviceLog log;
  for (std::size_t row = 0; row < records().size(); ++row) {
    if (row % page_rows == 0) SS_CHECK(db.begin(sqlite::Begin::immediate));
    const DeviceRecord& record = records()[row];
    db.prepare("INSERT INTO bare (id, content, rev, hlc, seq) VALUES (?, ?, ?, ?, ?)")
        .execute(record.id, record.content, record.shadow->rev.version.value,
                 record.shadow->origin.stamp.bits, record.shadow->seq.value);
    if ((row + 1) % page_rows != 0) continue;
    SS_CHECK(db.commit());
    log.after_commit(db);
  }
}

using Seconds = std::chrono::duration<double>;

Seconds time_pull() {
  const bench::Folder folder(std::filesystem::temp_directory_path());
  auto store = open_device_store(file_in(folder), WallTime{0});
  SS_CHECK(store);
  const auto start = std::chrono::steady_clock::now();
  put_pages(**store);
  return std::chrono::steady_clock::now() - start;
}

Seconds time_bare_insert() {
  const bench::Folder folder(std::filesystem::temp_directory_path());
  auto options = database_options({});
  options.synchronous = sqlite::Synchronous::normal;
  auto db = sqlite::Database::open(file_in(folder), options);
  SS_CHECK(db);
  SS_CHECK(
      (*db)->run("CREATE TABLE bare(row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                 " content TEXT NOT NULL, rev INTEGER, hlc INTEGER, seq INTEGER) STRICT"));
  const auto start = std::chrono::steady_clock::now();
  insert_pages(**db);
  return std::chrono::steady_clock::now() - start;
}

// The two take turns, so that a busy machine slows both.
void pull_against_bare_insert(benchmark::State& state) {
  // The first call makes them: before any clock starts.
  const auto rows_each = static_cast<double>(records().size());
  Seconds pull{};
  Seconds bare{};
  for (auto _ : state) {
    bare += time_bare_insert();
    const Seconds once = time_pull();
    pull += once;
    state.SetIterationTime(once.count());
  }
  const double rows = static_cast<double>(state.iterations()) * rows_each;
  state.counters["pulled_rows_per_s"] = rows / pull.count();
  state.counters["bare_rows_per_s"] = rows / bare.count();
  state.counters["ratio"] = bare / pull;
}

BENCHMARK(pull_against_bare_insert)->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace
}  // namespace studiosync::client

BENCHMARK_MAIN();
