// What a hello learns: where the log is, and whether it has lost something.
#include "core/sync/hello_facts.hpp"

#include "core/sync/pull.hpp"
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

class HelloFactsTest : public RestoreTest {
 protected:
  // The laptop's hello, as of now.
  Hello up_to_date() {
    Hello hello{.device = laptop_.device, .replica = laptop_.replica};
    read([&](UserReader& log) {
      hello.cursor = head_cursor(log);
      hello.epochs = log.epochs();
      hello.acked = hello.frozen = log.replica(laptop_.replica).value_or(ReplicaMark{});
    });
    return hello;
  }
  HelloFacts facts(const Hello& hello) {
    HelloFacts told;
    read([&](UserReader& log) { told = hello_facts(log, hello); });
    return told;
  }
};

TEST_F(HelloFactsTest, TellsHeadFloorEpochsAndTheReplicasMark) {
  edit(laptop_, 1, "q", "a", "select 1");
  const Hello hello = up_to_date();
  const HelloFacts told = facts(hello);
  EXPECT_EQ(told.head, hello.cursor);
  EXPECT_EQ(told.floor, Seq{});
  EXPECT_EQ(told.epochs, hello.epochs);
  EXPECT_EQ(told.replica, hello.acked);
  EXPECT_FALSE(told.fork_seq);
}

TEST_F(HelloFactsTest, HasNoForkForANewDevice) {
  edit(laptop_, 1, "q", "a", "select 1");
  EXPECT_FALSE(facts({.replica = replica('N')}).fork_seq);
}

TEST_F(HelloFactsTest, FindsTheForkOfACursorThatIsNotOfThisHistory) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const Hello hello = up_to_date();
  restore();
  EXPECT_EQ(facts(hello).fork_seq, fork_);
}

// The head grows past the old cursor before the device is back.
TEST_F(HelloFactsTest, FindsTheForkWhenTheNewHistoryIsLongerAlready) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const Hello hello = up_to_date();
  restore();
  for (std::uint64_t seq = 1; seq < 5; ++seq) {
    edit(tablet_, seq, "other", "n" + std::to_string(seq), "select 2");
  }
  EXPECT_GT(image().state.head, hello.cursor.seq);
  EXPECT_EQ(facts(hello).fork_seq, fork_);
}

TEST_F(HelloFactsTest, FindsTheForkOfADeviceThatHasReadLessThanItPushed) {
  edit(laptop_, 1, "q", "a", "select 1");
  Hello hello = up_to_date();
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  hello.acked = up_to_date().acked;  // told, while a page was still missing
  restore();
  EXPECT_EQ(facts(hello).fork_seq, fork_);
  hello.cursor = {};
  hello.epochs.clear();
  EXPECT_EQ(facts(hello).fork_seq, Seq{});
}

TEST_F(HelloFactsTest, PutsTheForkWhereTheCursorIsWhenTheListIsOlder) {
  edit(laptop_, 1, "q", "a", "select 1");
  const Epochs listed = up_to_date().epochs;
  restart();
  edit(laptop_, 2, "q", "b", "select 1");
  back_up();
  edit(laptop_, 3, "q", "c", "select 1");
  Hello hello = up_to_date();
  hello.epochs = listed;
  restore();
  edit(tablet_, 1, "other", "n", "select 2");
  EXPECT_EQ(facts(hello).fork_seq, fork_);
}

TEST_F(HelloFactsTest, HasNoForkForAnotherAccountGeneration) {
  edit(laptop_, 1, "q", "a", "select 1");
  Hello hello = up_to_date();
  hello.cursor.generation = Generation{1};
  hello.acked.seq = DeviceSeq{9};
  EXPECT_FALSE(facts(hello).fork_seq);
}

}  // namespace
}  // namespace studiosync::testing
