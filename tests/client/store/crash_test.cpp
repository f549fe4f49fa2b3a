// The local database survives kill -9 at any moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/store/sqlite_device_store.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;

// The newest changes that the child leaves in its outbox.
constexpr std::uint64_t outbox_size = 5;

// Number `n` of the child's transactions writes to every table, replaces and removes.
void write_transaction(DeviceStore& store, std::uint64_t n) {
  store.put(pulled_query("q" + std::to_string(n), "SELECT number" + std::to_string(n), n));
  store.put(pulled_query("last", "SELECT last" + std::to_string(n), n));
  store.put(
      edited(EntityType::connection, "c" + std::to_string(n % 7), static_cast<std::int64_t>(n)));
  store.add_frozen(frozen_change(n));
  if (n > outbox_size) store.remove_frozen(DeviceSeq{n - outbox_size});
  DeviceMeta meta = store.meta();
  meta.last_frozen = {n};
  store.set_meta(meta);
}

// Runs in the child: tells the pipe of each moment inside (`w`) and after (`c`) a transaction.
[[noreturn]] void write_until_killed(const std::string& path, int pipe) {
  auto opened = open_device_store(path, WallTime{0});
  if (!opened) ::_exit(2);
  DeviceStore& store = **opened;
  const auto tell = [pipe](char moment) {
    if (::write(pipe, &moment, 1) != 1) ::_exit(3);
  };
  for (std::uint64_t n = store.meta().last_frozen.value + 1;; ++n) {
    if (!store.begin(n % 3 == 0 ? Durability::relaxed : Durability::full)) ::_exit(4);
    write_transaction(store, n);
    tell('w');
    if (!store.commit()) ::_exit(5);
    tell('c');
  }
}

// Kills the child when it has told of so many moments. Returns the transactions it saw committed.
std::uint64_t commits_before_kill(const std::string& path, int moments) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(path, ends[1]);
  }
  ::close(ends[1]);
  std::uint64_t commits = 0;
  for (char moment = 0; moments > 0 && ::read(ends[0], &moment, 1) == 1; --moments) {
    if (moment == 'c') ++commits;
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  ::close(ends[0]);
  return commits;
}

// Whole transactions only: each table tells of the same last one.
void expect_consistent(SqliteDeviceStore& store, std::uint64_t last) {
  EXPECT_EQ(store.find(EntityType::saved_query, "last").has_value(), last > 0);
  if (last == 0) return;
  const std::string number = std::to_string(last);
  EXPECT_EQ(store.find(EntityType::saved_query, "last"),
            pulled_query("last", "SELECT last" + number, last));
  EXPECT_EQ(store.live_shadows().size(), last + 1);
  const auto frozen = store.frozen(DeviceSeq{0}, 100);
  ASSERT_EQ(frozen.size(), std::min(last, outbox_size));
  EXPECT_EQ(frozen.back().seq, DeviceSeq{last});
  EXPECT_EQ(store.search("last" + number, 10).size(), 1U);
}

TEST(DeviceStoreCrash, KillingTheWriterLosesNoCommitAndLeavesNoHalfTransaction) {
  const TemporaryFolder folder;
  const std::string path = folder.file("device.db");
  std::uint64_t last = 0;
  for (const int moments : {1, 2, 3, 12, 41, 60}) {
    SCOPED_TRACE(testing::Message() << "moments=" << moments);
    const std::uint64_t commits = commits_before_kill(path, moments);
    auto opened = open_device_store(path, WallTime{0});
    ASSERT_TRUE(opened) << opened.error().message;
    const std::uint64_t found = (*opened)->meta().last_frozen.value;
    EXPECT_GE(found, last + commits);
    expect_consistent(**opened, found);
    EXPECT_EQ(*(*opened)->integrity(), "ok");
    last = found;
  }
}

}  // namespace
}  // namespace studiosync::client
