#include "core/sync/pull.hpp"

#include "core/sync/digest.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class PullPages : public LogTest {
 protected:
  void write(std::string_view id, std::string_view name) {
    const auto before = stored(saved_query, id);
    push(laptop_, {upsert(++seq_, saved_query, id, query_text(name, "SELECT 1"),
                          before ? before->rev : Rev{}, {"name"})});
    now_ = now_ + Millis{1000};
  }
  void remove(std::string_view id) {
    push(laptop_, {removal(++seq_, saved_query, id, stored(saved_query, id)->rev)});
  }
  Result<Changes> page(Cursor cursor, std::uint32_t limit = 0) {
    Result<Changes> page = Changes{};
    read([&](UserReader& log) { page = read_page(log, {cursor, limit}); });
    return page;
  }
  Result<Changes> page_since(CommitTime since, std::uint32_t limit = 0) {
    Result<Changes> page = Changes{};
    read([&](UserReader& log) { page = read_page_since(log, since, limit); });
    return page;
  }
  Cursor head() {
    Cursor cursor;
    read([&](UserReader& log) { cursor = head_cursor(log); });
    return cursor;
  }
  static std::vector<std::string> ids(const Changes& page) {
    std::vector<std::string> ids;
    for (const Record& record : page.changes) ids.push_back(record.id);
    return ids;
  }

 private:
  std::uint64_t seq_ = 0;
};

TEST_F(PullPages, OfNothingAreEmptyAndComplete) {
  const auto nothing = page({});
  EXPECT_TRUE(nothing->changes.empty());
  EXPECT_FALSE(nothing->has_more);
  EXPECT_EQ(nothing->to, nothing->from);
}

TEST_F(PullPages, HoldRowsInTheOrderOfTheLogTombstonesIncluded) {
  write("a", "A");
  write("b", "B");
  remove("a");
  const auto all = page({});
  EXPECT_EQ(ids(*all), texts({"b", "a"}));
  EXPECT_TRUE(all->changes[1].deleted);
  EXPECT_EQ(all->to, head());
}

TEST_F(PullPages, FollowOneAnotherWithoutGapOrRepetition) {
  for (const char* id : {"a", "b", "c", "d", "e"}) write(id, id);
  std::vector<std::string> seen;
  Cursor cursor;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    const auto next = page(cursor, 2);
    EXPECT_EQ(next->from.seq, cursor.seq);
    for (const std::string& id : ids(*next)) seen.push_back(id);
    cursor = next->to;
    more = next->has_more;
  }
  EXPECT_EQ(seen, texts({"a", "b", "c", "d", "e"}));
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(cursor, head());
}

TEST_F(PullPages, ARecordThatMovesWhilePagingIsNotMissed) {
  for (const char* id : {"a", "b", "c"}) write(id, "old");
  const auto first = page({}, 1);
  write("b", "new");
  const auto rest = page(first->to);
  EXPECT_EQ(ids(*rest), texts({"c", "b"}));
  EXPECT_FALSE(rest->has_more);
}

TEST_F(PullPages, EndAtTheHeadAlsoWhereTheLastRowsMovedOn) {
  write("a", "A");
  const Cursor before = head();
  write("a", "B");
  const auto rest = page(before);
  EXPECT_EQ(ids(*rest), texts({"a"}));
  EXPECT_TRUE(page(rest->to)->changes.empty());
}

TEST_F(PullPages, EndWithTheLastRowWhereTheHeadHasBeenCollected) {
  write("a", "A");
  write("b", "B");
  remove("a");
  LogTest::write(
      [&](UserTxn& log) { log.collect_tombstones(to_commit_time(now_ + Millis{1}), 9); });
  ASSERT_EQ(image().state.floor, head().seq);
  const auto all = page({});
  EXPECT_EQ(ids(*all), texts({"b"}));
  EXPECT_FALSE(all->has_more);
  EXPECT_EQ(all->to, head());
  EXPECT_TRUE(page(all->to)->changes.empty());
}

TEST_F(PullPages, ACursorOutlivesARestart) {
  write("a", "A");
  const Cursor before = head();
  restart();
  write("b", "B");
  const auto rest = page(before);
  EXPECT_EQ(ids(*rest), texts({"b"}));
  EXPECT_NE(rest->to.epoch, before.epoch);
  EXPECT_EQ(rest->from, before);
}

TEST_F(PullPages, ACursorOfAnotherHistoryNeedsAResync) {
  write("a", "A");
  write("b", "B");
  const Cursor now = head();
  Cursor unknown_epoch = now;
  unknown_epoch.epoch = Epoch{9999};
  Cursor beyond = now;
  beyond.seq = beyond.seq.next();
  Cursor other_generation = now;
  other_generation.generation = Generation{7};
  for (const Cursor& cursor : {unknown_epoch, beyond, other_generation}) {
    const auto refused = page(cursor);
    ASSERT_FALSE(refused) << to_string(cursor);
    EXPECT_EQ(refused.error().code, ErrorCode::resync_required);
  }
  EXPECT_TRUE(page({}));
}

TEST_F(PullPages, ACursorFromBeforeARestoreIsNoticedWhenTheHeadHasGrownPastIt) {
  write("a", "A");
  const server::MemoryImage backup = store_->image();
  write("b", "B");
  const Cursor lost = head();
  restart_on(backup);
  for (std::uint8_t i = 1; i <= 2; ++i) {
    auto change = upsert(i, saved_query, "new" + std::to_string(i), query_text("C", "q"));
    change.change = change_id(static_cast<std::uint8_t>(100 + i));
    push(tablet_, {change});
  }
  EXPECT_GT(head().seq, lost.seq);
  EXPECT_EQ(page(lost).error().code, ErrorCode::resync_required);
}

TEST_F(PullPages, SinceATimeIsExclusive) {
  write("a", "A");
  write("b", "B");
  const CommitTime first = stored(saved_query, "a")->committed;
  EXPECT_EQ(ids(*page_since(first)), texts({"b"}));
  EXPECT_EQ(ids(*page_since({first.unix_us - 1})), texts({"a", "b"}));
  EXPECT_TRUE(page_since(stored(saved_query, "b")->committed)->changes.empty());
}

TEST_F(PullPages, SinceATimeFromBeforeACollectedDeleteNeedsAResync) {
  write("a", "A");
  write("b", "B");
  remove("a");
  const CommitTime removed = stored(saved_query, "a")->committed;
  write("c", "C");
  LogTest::write([&](UserTxn& log) { log.collect_tombstones({removed.unix_us + 1}, 9); });
  const auto refused = page_since({removed.unix_us - 1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::resync_required);
  EXPECT_EQ(ids(*page_since(removed)), texts({"c"}));
}

TEST_F(PullPages, CommitTimesRiseWithinOneMoment) {
  push(laptop_, {upsert(1, saved_query, "a", query_text("A", "q")),
                 upsert(2, saved_query, "b", query_text("B", "q"))});
  EXPECT_LT(stored(saved_query, "a")->committed, stored(saved_query, "b")->committed);
}

TEST_F(PullPages, DigestsAnswerForTheHeadAndForNamedBuckets) {
  write("a", "A");
  write("b", "B");
  remove("b");
  Digest expected;
  expected.add(*stored(saved_query, "a"));
  Result<DigestAnswer> sums = DigestAnswer{};
  Result<DigestAnswer> rows = DigestAnswer{};
  read([&](UserReader& log) {
    sums = read_digest(log, {});
    rows = read_digest(log, {.cursor = {}, .buckets = {digest_bucket("a")}});
  });
  EXPECT_EQ(sums->cursor, head());
  EXPECT_EQ(sums->sums, expected.sums());
  EXPECT_FALSE(sums->has_rows);
  ASSERT_EQ(rows->rows.size(), 1U);
  EXPECT_EQ(rows->rows[0].id, "a");
}

}  // namespace
}  // namespace studiosync::testing
