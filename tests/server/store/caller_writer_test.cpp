// The store without a thread: when it commits, in which order it answers, and what an exception of
// a job does.
#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/server/store/store_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;

class StoreOnCaller : public testing::Test {
 protected:
  StoreOnCaller() : store_(std::move(*open_sqlite_store(home_.options(folder_.options())))) {}

  void submit(std::string id) {
    store_->write(
        alice,
        [id](UserTxn& txn) {
          Record record = query_of(id);
          txn.put(record);
        },
        [this, id](Result<> result) {
          if (result) answered_.push_back(id);
        });
  }
  std::vector<std::string> ids() {
    std::vector<std::string> found;
    EXPECT_TRUE(store_->read(alice, [&](UserReader& log) {
      log.each_live([&](const Record& record) { found.push_back(record.id); });
    }));
    return found;
  }

  SqliteHome folder_;  // for its clock and random numbers
  CallerHome home_;
  std::unique_ptr<Store> store_;
  std::vector<std::string> answered_;
};

TEST_F(StoreOnCaller, HoldsJobsUntilItsStepRunsAndCommitsThemInOneGroup) {
  home_.hold = true;
  const StoreStats before = store_->stats();
  for (const char* id : {"a", "b", "c"}) submit(id);
  ASSERT_EQ(home_.held.size(), 1U);
  EXPECT_THAT(answered_, ElementsAre());
  home_.run_held();
  EXPECT_THAT(answered_, ElementsAre("a", "b", "c"));
  EXPECT_EQ(store_->stats().commits - before.commits, 1U);
  submit("d");
  EXPECT_EQ(home_.held.size(), 1U) << "the next job needs a step of its own";
}

TEST_F(StoreOnCaller, AnswersInOrderWhenAnAnswerWritesMore) {
  home_.hold = true;
  store_->write(
      alice, [](UserTxn&) {},
      [this](Result<>) {
        answered_.push_back("first");
        home_.hold = false;
        submit("from the answer");
      });
  submit("second");
  home_.run_held();
  EXPECT_THAT(answered_, ElementsAre("first", "second", "from the answer"));
}

TEST_F(StoreOnCaller, ForgetsWhatItHasNotCommittedWhenItEndsWithoutAStop) {
  home_.hold = true;
  submit("lost");
  store_.reset();
  home_.run_held();
  EXPECT_THAT(answered_, ElementsAre());
}

TEST_F(StoreOnCaller, CommitsWhatWaitsWhenItIsStopped) {
  home_.hold = true;
  submit("kept");
  store_->stop();
  EXPECT_THAT(answered_, ElementsAre("kept"));
  submit("refused");
  EXPECT_THAT(ids(), ElementsAre("kept"));
}

TEST_F(StoreOnCaller, RefusesWhatItsQueueCannotHold) {
  SqliteStoreOptions options = home_.options(folder_.options());
  options.limits.queued_tasks_max = 2;
  store_.reset();
  store_ = std::move(*open_sqlite_store(options));
  home_.hold = true;
  for (const char* id : {"a", "b", "c"}) submit(id);
  home_.run_held();
  EXPECT_THAT(answered_, ElementsAre("a", "b"));
}

TEST_F(StoreOnCaller, UndoesAJobThatThrowsAloneAndGoesOn) {
  home_.hold = true;
  submit("before");
  std::optional<Error> answer;
  store_->write(
      alice,
      [](UserTxn& txn) {
        Record record = query_of("undone");
        txn.put(record);
        throw std::runtime_error("a secret of the record");
      },
      [&](Result<> result) { answer = std::move(result).error(); });
  submit("after");
  home_.run_held();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->code, ErrorCode::server_error);
  EXPECT_THAT(answer->message, testing::Not(testing::HasSubstr("secret")));
  home_.hold = false;
  submit("next");
  EXPECT_THAT(answered_, ElementsAre("before", "after", "next"));
  EXPECT_THAT(ids(), ElementsAre("before", "after", "next"));
}

TEST_F(StoreOnCaller, LendsTheReadersConnectionAgainAfterAReadThatThrew) {
  submit("a");
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW(
        (void)store_->read(alice, [](UserReader&) { throw std::runtime_error("reading failed"); }),
        std::runtime_error);
  }
  EXPECT_THAT(ids(), ElementsAre("a"));
}

}  // namespace
}  // namespace studiosync::server
