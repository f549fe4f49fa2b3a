// An acknowledgement is a promise: it survives kill -9, and a flush that failed is never
// acknowledged.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/database.hpp"
#include "tests/server/store/failing_sync_vfs.hpp"
#include "tests/server/store/store_fixture.hpp"

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
  StoreOnAFailingDisk() {
    SqliteStoreOptions options = home_.options();
    options.vfs = FailingSyncVfs::name();
    store_ = std::move(*open_sqlite_store(options));
  }
  UserState state() {
    UserState state;
    EXPECT_TRUE(store_->read(alice, [&](UserReader& log) { state = log.state(); }));
    return state;
  }

  FailingSyncVfs disk_;
  SqliteHome home_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreOnAFailingDisk, FlushesEveryGroupBeforeItAnswers) {
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t before = disk_.syncs();
    put(*store_, alice, query_of(id_of(1)));
    EXPECT_GT(disk_.syncs(), before);
  }
}

TEST_F(StoreOnAFailingDisk, AnswersNobodyOfAGroupWithSuccessWhenItsCommitFails) {
  put(*store_, alice, query_of("before"));
  StuckWriter stuck(*store_, bob);
  std::vector<Result<>> answers;
  for (int i = 0; i < 3; ++i)
    store_->write(
        alice,
        [i](UserTxn& txn) {
          Record record = query_of("lost-" + std::to_string(i));
          txn.put(record);
        },
        [&](Result<> result) { answers.push_back(std::move(result)); });
  disk_.fail(true);
  stuck.release();
  store_->stop();
  ASSERT_EQ(answers.size(), 3U);
  for (const auto& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::store_error);
    EXPECT_EQ(answer.error().effect, Effect::maybe);
  }
}

TEST_F(StoreOnAFailingDisk, ShowsNothingOfAFailedCommitAndGoesOnWhenTheDiskIsBack) {
  put(*store_, alice, query_of("before"));
  disk_.fail(true);
  EXPECT_FALSE(write(*store_, alice, [](UserTxn& txn) {
    Record record = query_of("lost");
    txn.put(record);
  }));
  EXPECT_FALSE(store_->probe());
  EXPECT_EQ(state().head, Seq{1});
  disk_.fail(false);
  EXPECT_EQ(put(*store_, alice, query_of("after")).seq, Seq{2});
  EXPECT_TRUE(store_->probe());

  store_.reset();
  store_ = std::move(*home_.open());
  ASSERT_TRUE(store_->read(alice, [](UserReader& log) {
    EXPECT_TRUE(log.find(EntityType::saved_query, "before"));
    EXPECT_TRUE(log.find(EntityType::saved_query, "after"));
    EXPECT_FALSE(log.find(EntityType::saved_query, "lost"));
  }));
}

}  // namespace
}  // namespace studiosync::server
