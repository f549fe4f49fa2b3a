#include "bench/bare_insert.hpp"

#include <chrono>
#include <vector>

#include "bench/folder.hpp"
#include "core/base/check.hpp"
#include "core/base/random.hpp"
#include "server/store/migrations/migrations.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/record_row.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t users = 100;
constexpr std::size_t rows_in_turn = 50;  // of one user, before the next one's

void insert(sqlite::Database& db, UserId user, const Record& record) {
  db.prepare("INSERT INTO item(user, type, id, key) VALUES(?, ?, ?, ?)")
      .bind(user.value, static_cast<int>(record.type), record.id, server::log_key(user, record.seq))
      .run();
  server::insert_record_row(db, user, record);
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

double bare_rows_per_second(const std::string& parent, std::size_t rows, std::size_t commit_rows) {
  const Folder folder(parent);
  auto db = std::move(*sqlite::Database::open(folder.path() + "/bare.db"));
  SS_CHECK(sqlite::migrate(*db, server::shard_migrations(), WallTime{0}).has_value());
  std::vector<Seq> heads(users);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = 0; number < rows; ++number) {
    if (number % commit_rows == 0) SS_CHECK(db->begin(sqlite::Begin::immediate).has_value());
    const std::size_t user = number / rows_in_turn % users;
    Record record = record_of(number);
    record.seq = heads[user] = heads[user].next();
    insert(*db, UserId{user + 1}, record);
    const bool last = number % commit_rows == commit_rows - 1 || number + 1 == rows;
    if (last) SS_CHECK(db->commit().has_value());
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  return static_cast<double>(rows) / taken.count();
}

}  // namespace studiosync::bench
