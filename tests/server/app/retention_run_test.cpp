// The hourly run: every account, in pieces, without anybody waiting for it.
#include "server/app/retention_run.hpp"

#include <gtest/gtest.h>

#include "server/store/memory/memory_store.hpp"

namespace studiosync::server {
namespace {

constexpr WallTime noon{1'800'000'000'000};

class RetentionRunTest : public testing::Test {
 protected:
  RetentionRunTest() { options_.users_per_piece = 2; }

  // An entry of history, and nothing else.
  void add_user(UserRef user) {
    users_.push_back(user);
    store_.write(
        user,
        [](UserTxn& log) {
          Record record;
          record.type = EntityType::query_history;
          record.id = "h";
          record.rev.version = Version{1};
          record.content = R"({"favorite":false,"query":"SELECT 1"})";
          log.put(record);
        },
        [](Result<> committed) { EXPECT_TRUE(committed); });
  }
  bool expired(UserRef user) {
    bool gone = false;
    EXPECT_TRUE(store_.read(
        user, [&](UserReader& log) { gone = log.find(EntityType::query_history, "h")->deleted; }));
    return gone;
  }
  RetentionRun make() {
    return {
        sync_,
        {.users_after = [this](UserRef after,
                               std::size_t count_max) -> Result<std::vector<UserRef>> {
           ++lists_;
           std::vector<UserRef> behind;
           for (const UserRef user : users_) {
             if (user > after && behind.size() < count_max) behind.push_back(user);
           }
           return behind;
         },
         .tidy_accounts = [this](WallTime now) -> Result<> {
           tidied_accounts_.push_back(now);
           return accounts_tidied_;
         },
         .clock_trusted = [this] { return now_ <= clock_trusted_until_; },
         .run_blocking = [this](const std::function<void(Result<>)>& task) { task(admitted_); }},
        options_};
  }

  WallTime now_ = noon;
  std::uint64_t entropy_ = 0;
  MemoryStore store_{{.shards = 2,
                      .clock = [this] { return CommitTime{now_.unix_ms * 1000}; },
                      .entropy = [this] { return ++entropy_; }}};
  Hub hub_;
  SyncService sync_{store_, hub_, [this] { return now_; }, {}};
  std::vector<UserRef> users_;
  RetentionRun::Options options_;
  Result<> admitted_;
  Result<> accounts_tidied_;
  WallTime clock_trusted_until_ = noon + Millis{10'000 * one_day.count};
  std::vector<WallTime> tidied_accounts_;
  int lists_ = 0;
};

TEST_F(RetentionRunTest, GoesThroughEveryUserOfEveryShard) {
  for (const UserRef user : {UserRef{0, UserId{1}}, UserRef{0, UserId{2}}, UserRef{0, UserId{5}},
                             UserRef{1, UserId{1}}}) {
    add_user(user);
  }
  RetentionRun run = make();
  now_ = now_ + Millis{100 * one_day.count};
  run.tick(now_);
  for (const UserRef user : users_) EXPECT_TRUE(expired(user)) << user.shard << user.number.value;
  EXPECT_EQ(lists_, 3);
}

TEST_F(RetentionRunTest, TidiesTheAccountsOnceARunAndTheLogsAlsoWhereThatFails) {
  for (const std::uint64_t number : {1, 2, 3, 4, 5}) add_user({0, UserId{number}});
  RetentionRun run = make();
  accounts_tidied_ = fail(ErrorCode::server_error, "disk");
  now_ = now_ + Millis{100 * one_day.count};
  run.tick(now_);
  EXPECT_EQ(tidied_accounts_, std::vector{now_});
  EXPECT_TRUE(expired(users_.back()));
}

TEST_F(RetentionRunTest, StopsWhereTheClockJumpsMeanwhile) {
  add_user({0, UserId{1}});
  RetentionRun run = make();
  clock_trusted_until_ = now_ + one_day;
  const WallTime begun = now_;
  now_ = now_ + Millis{100 * one_day.count};
  run.tick(begun);
  EXPECT_EQ(lists_, 1);
  EXPECT_FALSE(expired(users_[0]));
}

TEST_F(RetentionRunTest, RunsAgainAnHourLaterAndNoSooner) {
  add_user({0, UserId{1}});
  RetentionRun run = make();
  run.tick(now_);
  EXPECT_EQ(lists_, 1);
  now_ = now_ + Millis{options_.interval.count - 1};
  run.tick(now_);
  EXPECT_EQ(lists_, 1);
  now_ = now_ + Millis{1};
  run.tick(now_);
  EXPECT_EQ(lists_, 2);
}

TEST_F(RetentionRunTest, RunsAgainAfterAClockThatRanAheadIsSetRight) {
  add_user({0, UserId{1}});
  RetentionRun run = make();
  run.tick(now_ + Millis{365 * one_day.count});
  EXPECT_EQ(lists_, 1);
  run.tick(now_);
  EXPECT_EQ(lists_, 2);
  run.tick(now_ + Millis{1'000});
  EXPECT_EQ(lists_, 2);
}

TEST_F(RetentionRunTest, WaitsForTheNextTimeWhenNoWorkerHasRoom) {
  add_user({0, UserId{1}});
  RetentionRun run = make();
  admitted_ = fail(ErrorCode::service_unavailable, "busy");
  run.tick(now_);
  EXPECT_EQ(lists_, 0);
  admitted_ = {};
  now_ = now_ + options_.interval;
  run.tick(now_);
  EXPECT_EQ(lists_, 1);
}

TEST_F(RetentionRunTest, KeepsWhatTheSettingsSay) {
  add_user({0, UserId{1}});
  options_.rules.history = {};
  RetentionRun run = make();
  now_ = now_ + Millis{1'000 * one_day.count};
  run.tick(now_);
  EXPECT_FALSE(expired(users_[0]));
}

}  // namespace
}  // namespace studiosync::server
