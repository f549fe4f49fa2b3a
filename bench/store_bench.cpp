// Durable rows per second of the store against bare SQLite inserts into the same layout, in the
// same run. Prints one JSON object a line; `ratio` is store / bare.
// Usage: store_bench [--quick] [FOLDER]
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <future>
#include <semaphore>

#include "bench/bare_insert.hpp"
#include "bench/folder.hpp"
#include "core/base/check.hpp"
#include "server/store/sqlite/log_upkeep.hpp"
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

UserRef user_of(std::uint64_t batch) {
  return {0, UserId{batch % users + 1}};
}

SqliteStoreOptions options_in(const std::string& folder, std::uint32_t shards) {
  return {.folder = folder,
          .shards = shards,
          .clock = [] { return CommitTime{1}; },
          .entropy = [] { return std::uint64_t{7}; },
          .log_reserve_bytes = log_reserve_under_load_bytes};
}

using Batch = std::vector<Record>;

std::vector<Batch> prepared(std::size_t rows) {
  std::vector<Batch> batches(rows / batch_rows);
  std::uint64_t number = 0;
  for (Batch& batch : batches) {
    for (std::size_t i = 0; i < batch_rows; ++i) batch.push_back(bench::record_of(number++));
  }
  return batches;
}

// `batch` is stamped, and must outlive the job.
Store::Job put_batch(Batch& batch) {
  return [&batch](UserTxn& txn) {
    for (Record& record : batch) txn.put(record);
  };
}

struct StoreRun {
  double rows_per_second;
  double rows_per_commit;
};

// Batches of 50 rows; `in_flight` of them wait for their commit at any time.
StoreRun run_store(const std::string& parent, std::size_t rows, std::ptrdiff_t in_flight,
                   std::uint32_t shards) {
  bench::Folder folder(parent);
  auto store = std::move(*open_sqlite_store(options_in(folder.path(), shards)));
  std::vector<Batch> batches = prepared(rows);
  const StoreStats before = store->stats();
  std::counting_semaphore<> free(in_flight);
  const double seconds = seconds_of([&] {
    for (std::uint64_t batch = 0; batch < batches.size(); ++batch) {
      free.acquire();
      UserRef user = user_of(batch);
      user.shard = static_cast<std::uint32_t>(user.number.value % shards);
      store->write(user, put_batch(batches[batch]), [&](Result<> result) {
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
    bare.push_back(bench::bare_rows_per_second(parent, scale.rows, bare_commit_rows));
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
  bench::Folder folder(parent);
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
