// SQLite over the simulated disk: several connections, faults at a chosen call, and determinism.
#include "e2e/disk/disk_vfs.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <utility>

#include "e2e/disk/memory_faults.hpp"
#include "sqlite/database.hpp"

namespace studiosync::e2e {
namespace {

using sqlite::Database;

class DiskVfsTest : public testing::Test {
 protected:
  std::unique_ptr<Database> open(const sqlite::OpenOptions& options = {}) {
    sqlite::OpenOptions here = options;
    here.vfs = vfs_.name();
    auto opened = Database::open("test.db", here);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  std::unique_ptr<Database> open_with_table() {
    auto db = open();
    EXPECT_TRUE(db->run("CREATE TABLE t(n INTEGER PRIMARY KEY, x TEXT)"));
    return db;
  }
  static std::int64_t count(Database& db) {
    auto row = db.prepare("SELECT count(*) FROM t");
    return row.step() ? row.integer(0) : -1;
  }
  void crash(CrashMode mode) {
    Random random(1);
    SimulatedDisk found = disk_.after_crash(mode, random);
    disk_ = std::move(found);
  }

  SimulatedDisk disk_;
  DiskVfs vfs_{disk_, {.name = "disk-vfs-test", .seed = 7}};
};

TEST_F(DiskVfsTest, KeepsADatabaseOverACloseAndNothingOnTheRealDisk) {
  {
    const auto db = open_with_table();
    ASSERT_TRUE(db->run("INSERT INTO t(x) VALUES('a')"));
    EXPECT_THAT(disk_.names(), testing::ElementsAre("test.db", "test.db-wal"));
  }
  EXPECT_THAT(disk_.names(), testing::ElementsAre("test.db"));
  EXPECT_EQ(count(*open()), 1);
  EXPECT_EQ(open()->integrity().value(), "ok");
}

TEST_F(DiskVfsTest, OneWithoutANameGetsOneThatIsFree) {
  SimulatedDisk other;
  const DiskVfs first(disk_, {});
  const DiskVfs second(other, {});
  EXPECT_NE(first.name(), second.name());
  open_with_table();
  ASSERT_TRUE(Database::open("test.db", {.create = false, .vfs = first.name()}));
  EXPECT_FALSE(Database::open("test.db", {.create = false, .vfs = second.name()}));
}

TEST_F(DiskVfsTest, ReadersSeeTheirMomentWhileAnotherConnectionWrites) {
  const auto writer = open_with_table();
  const auto reader = open({.create = false, .read_only = true});
  ASSERT_TRUE(reader->begin(sqlite::Begin::deferred));
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(writer->run("INSERT INTO t(x) VALUES('a')"));
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(reader->commit());
  EXPECT_EQ(count(*reader), 1);
}

TEST_F(DiskVfsTest, ASecondWriterWaitsWithoutTakingTimeAndIsRefused) {
  int asked_for_the_lock = 0;
  const auto first = open_with_table();
  const auto second = open();
  ASSERT_TRUE(first->begin(sqlite::Begin::immediate));
  vfs_.observe([&](const DiskOperation& operation) {
    if (operation.call == DiskCall::lock_index) ++asked_for_the_lock;
  });
  const auto begun = second->begin(sqlite::Begin::immediate);
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::store_locked);
  EXPECT_GT(asked_for_the_lock, 10) << "again and again, as long as it waits";
}

TEST_F(DiskVfsTest, ACommitOutlivesALossOfPower) {
  auto db = open_with_table();
  ASSERT_TRUE(db->run("INSERT INTO t(x) VALUES('a')"));
  const SimulatedDisk before = disk_;
  db.reset();
  disk_ = before;
  crash(CrashMode::dropped);
  EXPECT_EQ(count(*open()), 1);
}

TEST_F(DiskVfsTest, ALyingFlushLosesACommitInALossOfPower) {
  auto db = open_with_table();
  vfs_.inject([](const DiskOperation& operation) {
    return operation.call == DiskCall::sync ? DiskFault::lie : DiskFault::none;
  });
  ASSERT_TRUE(db->run("INSERT INTO t(x) VALUES('a')"));
  const SimulatedDisk before = disk_;
  db.reset();
  disk_ = before;
  crash(CrashMode::dropped);
  vfs_.inject({});
  EXPECT_EQ(count(*open()), 0);
}

// The operating system goes on showing what it failed to flush, and so does SQLite after a restart.
TEST_F(DiskVfsTest, ACommitBehindOneThatWasNeverFlushedOutlivesALossOfPower) {
  auto db = open_with_table();
  vfs_.inject([](const DiskOperation& operation) {
    return operation.call == DiskCall::sync ? DiskFault::io_error : DiskFault::none;
  });
  EXPECT_FALSE(db->run("INSERT INTO t(x) VALUES('never flushed')"));
  db.reset();
  vfs_.inject({});
  db = open();
  ASSERT_TRUE(db->run("INSERT INTO t(x) VALUES('acknowledged')"));
  const SimulatedDisk before = disk_;
  db.reset();
  disk_ = before;
  crash(CrashMode::dropped);
  db = open();
  EXPECT_TRUE(db->prepare("SELECT 1 FROM t WHERE x = 'acknowledged'").step());
  EXPECT_EQ(db->integrity().value(), "ok");
}

TEST_F(DiskVfsTest, FailsAChosenCallOnceOrForGood) {
  const auto db = open_with_table();
  for (const bool lasting : {false, true}) {
    vfs_.inject([lasting, fired = false](const DiskOperation& operation) mutable {
      if (!concerns(DiskFault::full, operation.call)) return DiskFault::none;
      return std::exchange(fired, true) && !lasting ? DiskFault::none : DiskFault::full;
    });
    EXPECT_FALSE(db->run("INSERT INTO t(x) VALUES('a')"));
    EXPECT_EQ(db->run("INSERT INTO t(x) VALUES('b')").has_value(), !lasting);
  }
  vfs_.inject({});
  EXPECT_TRUE(db->run("INSERT INTO t(x) VALUES('c')"));
  EXPECT_EQ(count(*db), 2);
}

TEST_F(DiskVfsTest, FailsAFractionOfTheCalls) {
  const auto db = open_with_table();
  vfs_.inject([random = Random(3)](const DiskOperation&) mutable {
    return random.unit() < 0.05 ? DiskFault::io_error : DiskFault::none;
  });
  int failed = 0;
  for (int i = 0; i < 200; ++i) failed += db->run("INSERT INTO t(x) VALUES('a')") ? 0 : 1;
  vfs_.inject({});
  EXPECT_GT(failed, 20);
  EXPECT_LT(failed, 180);
  EXPECT_EQ(count(*db), 200 - failed);
}

TEST_F(DiskVfsTest, IsDeadAfterItsPowerIsOff) {
  auto db = open_with_table();
  const SimulatedDisk before = disk_;
  vfs_.power_off();
  EXPECT_FALSE(db->run("INSERT INTO t(x) VALUES('a')"));
  db.reset();
  EXPECT_EQ(disk_.names(), before.names());
}

TEST_F(DiskVfsTest, TellsOfEachCallBeforeItIsDone) {
  const auto db = open_with_table();
  std::uint64_t last = vfs_.operations();
  std::uint64_t written = 0;
  vfs_.observe([&](const DiskOperation& operation) {
    EXPECT_EQ(operation.number, ++last);
    if (operation.call == DiskCall::write) written += operation.bytes.size();
  });
  ASSERT_TRUE(db->run("INSERT INTO t(x) VALUES('a')"));
  EXPECT_GT(written, 4'096U);
}

TEST_F(DiskVfsTest, OneSeedWritesTheSameBytes) {
  const auto log_after_seed = [](std::uint64_t seed) {
    SimulatedDisk disk;
    const DiskVfs vfs(disk, {.name = "one-seed", .seed = seed});
    seed_sqlite(seed);
    const auto db = std::move(*Database::open("x", {.vfs = "one-seed"}));
    EXPECT_TRUE(db->run("CREATE TABLE t(x); INSERT INTO t VALUES(random())"));
    const DiskFile& log = disk.file(*disk.find("x-wal"));
    std::vector<std::uint8_t> bytes(log.size());
    log.read(0, bytes);
    return bytes;
  };
  EXPECT_EQ(log_after_seed(3), log_after_seed(3));
  EXPECT_NE(log_after_seed(3), log_after_seed(4));
}

class MemoryFaultsTest : public DiskVfsTest {
 protected:
  MemoryFaultsTest() { MemoryFaults::install(); }
  ~MemoryFaultsTest() override { MemoryFaults::disarm(); }
};

// Fails each allocation in turn until a run finishes untouched. A number becomes text only when it
// is read as text, and SQLite answers NULL when it has no room for that.
TEST_F(MemoryFaultsTest, AValueIsReadWholeOrTheErrorIsSet) {
  const auto db = open_with_table();
  // Small allocations would come out of a reserve of the connection.
  ASSERT_EQ(sqlite3_db_config(db->handle(), SQLITE_DBCONFIG_LOOKASIDE, nullptr, 0, 0), SQLITE_OK);
  ASSERT_TRUE(db->run("INSERT INTO t(n) VALUES(1234567)"));
  for (std::uint64_t allocation = 0;; ++allocation) {
    SCOPED_TRACE(testing::Message() << "allocation=" << allocation);
    std::string found;
    {
      auto row = db->prepare("SELECT n FROM t");
      MemoryFaults::fail_after(allocation, false);
      if (row.step()) found = row.string(0);
      MemoryFaults::disarm();
    }
    const auto error = db->take_error();
    EXPECT_EQ(found == "1234567", error.has_value());
    if (!MemoryFaults::fired()) break;
    ASSERT_FALSE(error);
    EXPECT_EQ(error.error().code, ErrorCode::store_error);
  }
}

}  // namespace
}  // namespace studiosync::e2e
