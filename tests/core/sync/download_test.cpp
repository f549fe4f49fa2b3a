#include "core/sync/download.hpp"

#include <gmock/gmock.h>

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using ::testing::ElementsAre;

class DownloadTest : public LogTest {
 protected:
  void create(std::initializer_list<const char*> ids) {
    for (const char* id : ids)
      push(laptop_,
           {upsert(++seq_, EntityType::saved_query, id, query_text(id, "SELECT 1"), {}, {})});
  }
  void erase(std::string_view id) {
    push(laptop_,
         {removal(++seq_, EntityType::saved_query, id, stored(EntityType::saved_query, id)->rev)});
  }
  void collect() {
    now_ = now_ + Millis{1000};
    write([&](UserTxn& log) { log.collect_tombstones(to_commit_time(now_), 100); });
  }
  Result<Download> download(const DownloadCursor& after, std::uint32_t limit = 0) {
    Result<Download> page = Download{};
    read([&](UserReader& log) { page = read_download(log, after, limit); });
    return page;
  }
  Result<Download> download_since(CommitTime since, std::uint32_t limit = 0) {
    Result<Download> page = Download{};
    read([&](UserReader& log) { page = read_download_since(log, since, limit); });
    return page;
  }
  static std::vector<std::string> ids(const Result<Download>& read) {
    if (!read) return {std::string(to_string(read.error().code))};
    std::vector<std::string> ids;
    for (const Record& record : read->page.changes) ids.push_back(record.id);
    return ids;
  }

 private:
  std::uint64_t seq_ = 0;
};

TEST_F(DownloadTest, GoesOnBelowTheFloorUntilItHasComeToTheHeadThatItBeganWith) {
  create({"a", "b", "c", "d"});
  erase("d");
  collect();
  const auto first = download({}, 1);
  ASSERT_TRUE(first->next.began);
  EXPECT_EQ(first->next.began->seq, Seq{5});
  const auto second = download(first->next, 1);
  EXPECT_THAT(ids(second), ElementsAre("b"));
  create({"e", "f"});
  const auto third = download(second->next, 2);
  EXPECT_THAT(ids(third), ElementsAre("c", "e"));
  EXPECT_TRUE(third->page.has_more);
  EXPECT_EQ(third->next, (DownloadCursor{third->page.to, std::nullopt}));
  EXPECT_THAT(ids(download(third->next)), ElementsAre("f"));
}

TEST_F(DownloadTest, GoesOnWhenTombstonesFromBeforeItsBeginningAreCollected) {
  create({"a", "b", "c"});
  erase("c");
  const auto first = download({}, 1);
  collect();
  EXPECT_THAT(ids(download(first->next)), ElementsAre("b"));
}

TEST_F(DownloadTest, EndsWhereWhatItWasGivenHasBeenDeletedAndCollected) {
  create({"a", "b", "c"});
  const auto first = download({}, 1);
  erase("a");
  EXPECT_THAT(ids(download(first->next)), ElementsAre("b", "c", "a"));
  collect();
  EXPECT_THAT(ids(download(first->next)), ElementsAre("resync_required"));
  EXPECT_THAT(ids(download({})), ElementsAre("b", "c"));
}

TEST_F(DownloadTest, ThatBeganFurtherOnEndsAtTheFloor) {
  create({"a", "b", "c"});
  const auto first = download({}, 1);
  erase("c");
  collect();
  EXPECT_THAT(ids(download({first->page.to, std::nullopt})), ElementsAre("resync_required"));
}

// The head that it began with is a place of the lost history: the delete there now is later.
TEST_F(DownloadTest, GoesOnAfterARestoreOnlyAboveTheFloor) {
  create({"a", "b", "c"});
  const server::MemoryImage backup = store_->image();
  create({"d"});
  const auto first = download({}, 1);
  restart_on(backup);
  PushChange removed =
      removal(1, EntityType::saved_query, "a", stored(EntityType::saved_query, "a")->rev);
  removed.change = change_id(100);
  push_one(tablet_, removed);
  EXPECT_THAT(ids(download(first->next)), ElementsAre("b", "c", "a"));
  collect();
  ASSERT_EQ(image().state.floor, first->next.began->seq);
  EXPECT_THAT(ids(download(first->next)), ElementsAre("resync_required"));
}

TEST_F(DownloadTest, HasOneCursorWhereNothingIsMissing) {
  create({"a", "b"});
  EXPECT_EQ(download({})->next.began, std::nullopt);
  const auto first = download({}, 1);
  EXPECT_EQ(download(first->next)->next, (DownloadCursor{download({})->page.to, std::nullopt}));
}

TEST_F(DownloadTest, IsUntilItsLastRowOrTheHead) {
  EXPECT_EQ(download({})->until, CommitTime{});
  create({"a", "b", "c"});
  const auto first = download({}, 2);
  EXPECT_EQ(first->until, first->page.changes.back().committed);
  EXPECT_EQ(download_since({}, 2)->until, first->until);
  const auto last = download(first->next);
  EXPECT_EQ(last->until, stored(EntityType::saved_query, "c")->committed);
  EXPECT_EQ(download(last->next)->until, last->until);
}

TEST_F(DownloadTest, IsUntilTheHeadAlsoWhereThatHasBeenCollected) {
  create({"a", "b"});
  erase("b");
  const CommitTime head = stored(EntityType::saved_query, "b")->committed;
  collect();
  EXPECT_EQ(download({})->until, head);
  EXPECT_THAT(ids(download_since({head.unix_us - 1})), ElementsAre("resync_required"));
  EXPECT_TRUE(download_since(head)->page.changes.empty());
  create({"c"});
  EXPECT_THAT(ids(download_since(head)), ElementsAre("c"));
}

TEST_F(DownloadTest, IsNeverUntilATimeBeforeTheOneItBeganAt) {
  create({"a"});
  const CommitTime later{stored(EntityType::saved_query, "a")->committed.unix_us + 7};
  EXPECT_EQ(download_since(later)->until, later);
}

// Rows of the server's own are no one's news, and are passed all the same.
TEST_F(DownloadTest, IsUntilAConflictThatIsItsLastRow) {
  create({"a"});
  write([&](UserTxn& log) {
    Record conflict;
    conflict.type = EntityType::conflict;
    conflict.id = "c-1";
    conflict.content = R"({"status":"open"})";
    log.put(conflict);
    Record next;
    next.type = EntityType::saved_query;
    next.id = "b";
    next.content = "{}";
    log.put(next);
  });
  EXPECT_EQ(download({}, 2)->until, stored(EntityType::conflict, "c-1")->committed);
}

TEST(DownloadCursor, IsTheTextOfItsPlaceUnlessItBeganAtTheBeginning) {
  const DownloadCursor plain{{Epoch{7}, Seq{100}, Generation{1}}, std::nullopt};
  EXPECT_EQ(to_string(plain), "e7-64-1");
  EXPECT_EQ(parse_download_cursor("e7-64-1"), plain);
  const DownloadCursor first{plain.place, Cursor{Epoch{8}, Seq{501}, Generation{1}}};
  EXPECT_EQ(to_string(first), "e7-64-1.e8-1f5-1");
  EXPECT_EQ(parse_download_cursor("e7-64-1.e8-1f5-1"), first);
}

}  // namespace
}  // namespace studiosync::testing
