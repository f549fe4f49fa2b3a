#include "bench/bare_insert.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include "bench/folder.hpp"
#include "core/base/check.hpp"
#include "core/base/random.hpp"
#include "server/store/migrations/migrations.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/log_upkeep.hpp"
#include "server/store/sqlite/record_row.hpp"
#include "server/store/sqlite/shard.hpp"

namespace studiosync::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t users = 100;
constexpr std::size_t rows_in_turn = 50;           // of one user, before the next one's
constexpr std::size_t prepared_rows_max = 50'000;  // some 30 MB

struct Row {
  UserId user;
  Record record;
};

// The rows of all users, in the order in which they come.
class Supply {
 public:
  std::vector<Row> next(std::size_t count) {
    std::vector<Row> rows;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) rows.push_back(next_row());
    return rows;
  }

 private:
  Row next_row() {
    const std::size_t user = number_ / rows_in_turn % users;
    Row row{UserId{user + 1}, record_of(number_++)};
    row.record.seq = heads_[user] = heads_[user].next();
    return row;
  }

  std::vector<Seq> heads_ = std::vector<Seq>(users);
  std::size_t number_ = 0;
};

void insert(sqlite::Database& db, const Row& row) {
  const Record& record = row.record;
  db.prepare("INSERT INTO item(user, type, id, key) VALUES(?, ?, ?, ?)")
      .execute(row.user.value, static_cast<int>(record.type), record.id,
               server::log_key(row.user, record.seq));
  server::insert_record_row(db, row.user, record);
}

// A transaction of `commit_rows` after the other; the last one may be smaller.
void insert_all(sqlite::Database& db, server::LogUpkeep& log, std::span<const Row> rows,
                std::size_t commit_rows) {
  while (!rows.empty()) {
    const auto together = rows.first(std::min(commit_rows, rows.size()));
    SS_CHECK(db.begin(sqlite::Begin::immediate));
    for (const Row& row : together) insert(db, row);
    SS_CHECK(db.commit());
    SS_CHECK(log.copy_back(db, false));
    rows = rows.subspan(together.size());
  }
}

}  // namespace

Record record_of(std::uint64_t number) {
  Record record;
  record.type = EntityType::saved_query;
  Random random(number);
  record.id = uuid_text(uuid_v7(static_cast<std::int64_t>(1'700'000'000'000 + number), random));
  record.rev.version = Version{1};
  record.origin = {ReplicaId{{1, 2, 3}}, DeviceSeq{number + 1}, Stamp{number}};
  record.device.value = "bench";
  record.content = R"({"name":"q","query":")" + std::string(300 - 24, 'x') + R"("})";
  return record;
}

std::unique_ptr<sqlite::Database> open_bare_shard(const std::string& file) {
  const server::SqliteStoreOptions syncd{.log_reserve_bytes = server::log_reserve_under_load_bytes};
  auto db = sqlite::Database::open(file, server::writer_options(syncd));
  SS_CHECK(db.has_value());
  SS_CHECK(sqlite::migrate(**db, server::shard_migrations(), WallTime{0}).has_value());
  return std::move(*db);
}

double bare_rows_per_second(const std::string& parent, std::size_t rows, std::size_t commit_rows) {
  const Folder folder(parent);
  const auto db = open_bare_shard(folder.path() + "/bare.db");
  server::LogUpkeep log;
  Supply supply;
  const std::size_t at_once =
      std::max<std::size_t>(1, prepared_rows_max / commit_rows) * commit_rows;
  Clock::duration taken{};
  for (std::size_t done = 0; done < rows; done += at_once) {
    const std::vector<Row> prepared = supply.next(std::min(at_once, rows - done));
    const auto start = Clock::now();
    insert_all(*db, log, prepared, commit_rows);
    taken += Clock::now() - start;
  }
  return static_cast<double>(rows) / std::chrono::duration<double>(taken).count();
}

}  // namespace studiosync::bench
