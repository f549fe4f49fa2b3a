// An acknowledgement is a promise: it survives kill -9, and a flush that failed is never
// acknowledged.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "sqlite/database.hpp"
#include "tests/server/store/store_fixture.hpp"
#include "tests/support/damage/full_disk.hpp"

namespace studiosync::server {
namespace {

UserRef owner_of(std::uint32_t number) {
  return number % 2 ? alice : bob;
}
std::string id_of(std::uint32_t number) {
  return "r-" + std::to_string(number);
}

// Writes records without end and reports each acknowledged number on the pipe, until it is killed.
class EndlessWriter {
 public:
  EndlessWriter(SqliteHome& home, int pipe) : store_(std::move(*home.open())), pipe_(pipe) {}

  // Several at once, so that groups have more than one job.
  [[noreturn]] void run() {
    for (int i = 0; i < 16; ++i) write_next();
    for (;;) ::pause();
  }

 private:
  void write_next() {
    const std::uint32_t number = next_++;
    store_->write(
        owner_of(number),
        [number](UserTxn& txn) {
          Record record = query_of(id_of(number), R"({"filler":"0123456789"})");
          txn.put(record);
        },
        [this, number](Result<> result) {
          if (result && ::write(pipe_, &number, sizeof number) == sizeof number) write_next();
        });
  }

  std::unique_ptr<Store> store_;
  int pipe_;
  std::atomic<std::uint32_t> next_{0};
};

std::vector<std::uint32_t> read_numbers(int pipe, std::size_t count_max) {
  std::vector<std::uint32_t> numbers;
  std::uint32_t number = 0;
  while (numbers.size() < count_max && ::read(pipe, &number, sizeof number) == sizeof number)
    numbers.push_back(number);
  return numbers;
}

// The numbers of this user's records that the store does not have.
std::vector<std::uint32_t> missing(Store& store, UserRef user,
                                   const std::vector<std::uint32_t>& numbers) {
  std::vector<std::uint32_t> lost;
  EXPECT_TRUE(store.read(user, [&](UserReader& log) {
    for (const std::uint32_t number : numbers)
      if (owner_of(number) == user && !log.find(EntityType::saved_query, id_of(number)))
        lost.push_back(number);
  }));
  return lost;
}

TEST(StoreDurability, KeepsEveryAcknowledgedRecordWhenTheProcessIsKilled) {
  SqliteHome home;
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(pipe[0]);
    EndlessWriter(home, pipe[1]).run();
  }
  ::close(pipe[1]);
  auto acknowledged = read_numbers(pipe[0], 500);
  ::kill(child, SIGKILL);
  const auto late = read_numbers(pipe[0], SIZE_MAX);
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  acknowledged.insert(acknowledged.end(), late.begin(), late.end());
  ASSERT_GE(acknowledged.size(), 500U);

  {
    auto store = std::move(*home.open());
    for (const UserRef user : {alice, bob})
      EXPECT_EQ(missing(*store, user, acknowledged), std::vector<std::uint32_t>{});
  }
  const auto db = sqlite::Database::open(home.folder.file("shard-0.db"));
  ASSERT_TRUE(db);
  EXPECT_EQ((*db)->integrity().value(), "ok");
}

class StoreOnAFailingDisk : public testing::Test {
 protected:
  StoreOnAFailingDisk() { reopen(); }

  void reopen() {
    store_.reset();
    store_ = std::move(*open_sqlite_store(options()));
  }
  // The machine loses power: what was not flushed is gone.
  void lose_power() {
    Random unused(1);
    e2e::SimulatedDisk found = disk_.disk.after_crash(e2e::CrashMode::dropped, unused);
    store_.reset();
    disk_.disk = std::move(found);
    reopen();
  }
  SqliteStoreOptions options() {
    SqliteStoreOptions options = disk_.options(home_.options());
    options.on_failure = [this](std::string_view database, int code, std::string_view message) {
      told_.push_back(std::string(database) + " " + std::to_string(code) + " " +
                      std::string(message));
    };
    return options;
  }
  void fail_flushes() {
    disk_.vfs.inject([](const e2e::DiskOperation& operation) {
      return operation.call == e2e::DiskCall::sync ? e2e::DiskFault::io_error
                                                   : e2e::DiskFault::none;
    });
  }
  void repair() { disk_.vfs.inject({}); }
  std::vector<std::string> ids() {
    std::vector<std::string> found;
    EXPECT_TRUE(store_->read(alice, [&](UserReader& log) {
      log.each_live([&](const Record& record) { found.push_back(record.id); });
    }));
    return found;
  }
  Result<> write_one(std::string id) {
    return write(*store_, alice, [&](UserTxn& txn) {
      Record record = query_of(std::move(id));
      txn.put(record);
    });
  }

  SqliteHome home_;
  CallerHome disk_;
  std::vector<std::string> told_;  // what the store failed at
  std::unique_ptr<Store> store_;
};

TEST_F(StoreOnAFailingDisk, FlushesEveryGroupBeforeItAnswers) {
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t before = disk_.vfs.operations(e2e::DiskCall::sync);
    ASSERT_TRUE(write_one(id_of(1)));
    EXPECT_GT(disk_.vfs.operations(e2e::DiskCall::sync), before);
  }
}

TEST_F(StoreOnAFailingDisk, HasWhatItAcknowledgedAfterALossOfPower) {
  ASSERT_TRUE(write_one("a"));
  ASSERT_TRUE(write_one("b"));
  lose_power();
  EXPECT_THAT(ids(), testing::ElementsAre("a", "b"));
}

TEST_F(StoreOnAFailingDisk, AnswersNobodyOfAGroupWithSuccessWhenItsCommitFails) {
  ASSERT_TRUE(write_one("before"));
  disk_.hold = true;
  std::vector<Result<>> answers;
  for (int i = 0; i < 3; ++i)
    store_->write(
        alice,
        [i](UserTxn& txn) {
          Record record = query_of("lost-" + std::to_string(i));
          txn.put(record);
        },
        [&](Result<> result) { answers.push_back(std::move(result)); });
  EXPECT_EQ(store_->stats().queued_jobs, 3U);
  fail_flushes();
  disk_.run_held();
  ASSERT_EQ(answers.size(), 3U);
  for (const auto& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::store_error);
    EXPECT_EQ(answer.error().effect, Effect::maybe);
  }
}

TEST_F(StoreOnAFailingDisk, ShowsNothingOfAFailedCommitAndGoesOnWhenTheDiskIsBack) {
  ASSERT_TRUE(write_one("before"));
  fail_flushes();
  EXPECT_FALSE(write_one("lost"));
  EXPECT_FALSE(store_->probe());
  EXPECT_THAT(ids(), testing::ElementsAre("before"));
  repair();
  const Epoch before = store_->epoch(0);
  ASSERT_TRUE(write_one("after"));
  EXPECT_TRUE(store_->probe());
  EXPECT_THAT(ids(), testing::ElementsAre("before", "after"));
  // What failed can come back with a copy of the log that was made meanwhile.
  EXPECT_NE(store_->epoch(0), before);
  lose_power();
  EXPECT_THAT(ids(), testing::ElementsAre("before", "after"));
}

// The answer says nothing of the cause, so this is all that anybody learns of it.
TEST_F(StoreOnAFailingDisk, TellsWhichDatabaseFailedAtWhat) {
  ASSERT_TRUE(write_one("before"));
  EXPECT_THAT(told_, testing::IsEmpty());
  fail_flushes();
  EXPECT_FALSE(write_one("lost"));
  EXPECT_THAT(told_, testing::ElementsAre("shard-0 1034 disk I/O error"));
  repair();
  told_.clear();
  EXPECT_FALSE(write(*store_, alice, [](UserTxn&) { throw std::runtime_error("a secret"); }));
  EXPECT_THAT(told_, testing::ElementsAre("shard-0 0 the write ended unexpectedly"));
}

TEST_F(StoreOnAFailingDisk, TellsOfWhatItCannotRead) {
  ASSERT_TRUE(write_one("before"));
  reopen();
  disk_.vfs.inject([](const e2e::DiskOperation& operation) {
    return operation.call == e2e::DiskCall::read ? e2e::DiskFault::io_error : e2e::DiskFault::none;
  });
  EXPECT_FALSE(store_->read(alice, [](UserReader& log) { log.each_live([](const Record&) {}); }));
  EXPECT_THAT(told_, testing::Contains(testing::StartsWith("shard-0 266 ")));
}

// A store whose log is reserved: little finds room there on a disk that takes no more.
class StoreOnAFullDisk : public testing::Test {
 protected:
  StoreOnAFullDisk() {
    SqliteStoreOptions options = home_.options();
    options.log_reserve_bytes = 1 << 20;
    store_ = std::move(*open_sqlite_store(options));
  }
  Result<> write_bytes(std::size_t bytes) {
    return write(*store_, alice, [bytes](UserTxn& txn) {
      Record record = query_of("a", R"({"filler":")" + std::string(bytes, 'x') + R"("})");
      txn.put(record);
    });
  }

  static constexpr std::size_t room = 768 << 10;
  SqliteHome home_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreOnAFullDisk, IsNotReadyUntilThereIsRoomAgain) {
  ASSERT_TRUE(store_->probe());
  {
    const FullDisk full(room);
    ASSERT_FALSE(write_bytes(room));
    EXPECT_FALSE(store_->probe());
    EXPECT_FALSE(store_->probe());
  }
  EXPECT_TRUE(store_->probe());
}

TEST_F(StoreOnAFullDisk, IsReadyOnceACommitSucceeds) {
  const FullDisk full(room);
  ASSERT_FALSE(write_bytes(room));
  EXPECT_FALSE(store_->probe());
  ASSERT_TRUE(write_bytes(10));
  EXPECT_TRUE(store_->probe());
}

}  // namespace
}  // namespace studiosync::server
