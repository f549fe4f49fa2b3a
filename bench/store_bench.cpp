// Durable rows per second of the store against bare SQLite inserts into the same layout, in the
// same run. Prints one JSON object a line; `ratio` is store / bare.
// Usage: store_bench [--quick] [FOLDER]
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <future>
#include <semaphore>

#include "core/base/check.hpp"
#include "core/base/random.hpp"
#include "server/store/migrations/migrations.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/record_row.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace studiosync::server {
namespace {

constexpr std::size_t batch_rows = 50;
constexpr std::uint64_t users = 100;

struct Scale {
  std::size_t rows = 200'000;
  int rounds = 3;
};
constexpr Scale quick_scale{.rows = 20'000, .rounds = 1};

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// A record of 300 bytes under an id that no other has; ids are random, as those of devices are.
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

UserRef user_of(std::uint64_t batch) {
  return {0, UserId{batch % users + 1}};
}

class Folder {
 public:
  explicit Folder(const std::string& parent) : path_(parent + "/store-bench-XXXXXX") {
    SS_CHECK(::mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The physical limit: the same rows in the same tables by the thinnest code that SQLite allows.
double bare_rows_per_second(const std::string& parent, std::size_t rows, std::size_t commit_rows) {
  Folder folder(parent);
  auto db = std::move(*sqlite::Database::open(folder.path() + "/bare.db"));
  SS_CHECK(sqlite::migrate(*db, shard_migrations(), WallTime{0}).has_value());
  std::vector<Seq> heads(users + 1);
  return static_cast<double>(rows) / seconds_of([&] {
           auto item = db->prepare("INSERT INTO item(user, type, id, key) VALUES(?, ?, ?, ?)");
           for (std::uint64_t number = 0; number < rows; ++number) {
             if (number % commit_rows == 0)
               SS_CHECK(db->begin(sqlite::Begin::immediate).has_value());
             const UserId user = user_of(number / batch_rows).number;
             Record record = record_of(number);
             record.seq = heads[user.value] = heads[user.value].next();
             item.bind(user.value, static_cast<int>(record.type), record.id,
                       log_key(user, record.seq))
                 .run();
             insert_record_row(*db, user, record);
             if (number % commit_rows == commit_rows - 1 || number + 1 == rows)
               SS_CHECK(db->commit().has_value());
           }
         });
}

SqliteStoreOptions options_in(const std::string& folder, std::uint32_t shards) {
  return {.folder = folder,
          .shards = shards,
          .clock = [] { return CommitTime{1}; },
          .entropy = [] { return std::uint64_t{7}; }};
}

Store::Job put_batch(std::uint64_t batch) {
  return [batch](UserTxn& txn) {
    for (std::uint64_t i = 0; i < batch_rows; ++i) {
      Record record = record_of(batch * batch_rows + i);
      txn.put(record);
    }
  };
}

struct StoreRun {
  double rows_per_second;
  double rows_per_commit;
};

// Batches of 50 rows; `in_flight` of them wait for their commit at any time.
StoreRun run_store(const std::string& parent, std::size_t rows, std::ptrdiff_t in_flight,
                   std::uint32_t shards) {
  Folder folder(parent);
  auto store = std::move(*open_sqlite_store(options_in(folder.path(), shards)));
  const StoreStats before = store->stats();
  std::counting_semaphore<> free(in_flight);
  const double seconds = seconds_of([&] {
    for (std::uint64_t batch = 0; batch < rows / batch_rows; ++batch) {
      free.acquire();
      UserRef user = user_of(batch);
      user.shard = static_cast<std::uint32_t>(user.number.value % shards);
      store->write(user, put_batch(batch), [&](Result<> result) {
        SS_CHECK(result.has_value());
        free.release();
      });
    }
    for (std::ptrdiff_t i = 0; i < in_flight; ++i) free.acquire();
  });
  const auto commits = static_cast<double>(store->stats().commits - before.commits);
  return {static_cast<double>(rows) / seconds, static_cast<double>(rows) / commits};
}

void compare(const std::string& parent, const Scale& scale, const char* name,
             std::ptrdiff_t in_flight, std::size_t bare_commit_rows, std::uint32_t shards) {
  std::vector<double> bare;
  std::vector<double> store;
  std::vector<double> ratios;
  double group = 0;
  for (int round = 0; round < scale.rounds; ++round) {
    bare.push_back(bare_rows_per_second(parent, scale.rows, bare_commit_rows));
    const StoreRun run = run_store(parent, scale.rows, in_flight, shards);
    store.push_back(run.rows_per_second);
    ratios.push_back(run.rows_per_second / bare.back());
    group = run.rows_per_commit;
  }
  std::printf(
      R"({"bench":"store.%s","rows":%zu,"shards":%u,"rows_per_commit":%.0f,"rows_per_s":%.0f,)"
      R"("bare_rows_per_s":%.0f,"ratio":%.2f})"
      "\n",
      name, scale.rows, shards, group, median(store), median(bare), median(ratios));
  std::fflush(stdout);
}

// What one flush of a small append costs: no commit can be faster.
void probe_fsync(const std::string& parent) {
  Folder folder(parent);
  const int file = ::open((folder.path() + "/probe").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  SS_CHECK(file >= 0);
  const std::string block(4096, 'x');
  std::vector<double> seconds;
  for (int i = 0; i < 100; ++i)
    seconds.push_back(seconds_of([&] {
      SS_CHECK(::write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size()));
      SS_CHECK(::fdatasync(file) == 0);
    }));
  ::close(file);
  std::printf(R"({"bench":"fsync","median_us":%.0f})"
              "\n",
              median(seconds) * 1e6);
}

}  // namespace
}  // namespace studiosync::server

int main(int argc, char** argv) {
  using namespace studiosync::server;
  Scale scale;
  std::string parent = std::filesystem::temp_directory_path().string();
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--quick") {
      scale = quick_scale;
    } else {
      parent = argument;
    }
  }
  probe_fsync(parent);
  compare(parent, scale, "batch_per_commit", 1, batch_rows, 1);
  compare(parent, scale, "large_groups", 400, 10'000, 1);
  compare(parent, scale, "large_groups_sharded", 800, 10'000, 4);
}
