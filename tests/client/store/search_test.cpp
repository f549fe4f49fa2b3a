// Full-text search, and the index that must never differ from the records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/store/search_query.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Search : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = open_device_store(folder_.file("device.db"), WallTime{0});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  DeviceStore& port() { return *store_; }

  void put(const std::vector<DeviceRecord>& records) {
    ASSERT_TRUE(port().begin());
    for (const auto& record : records) port().put(record);
    ASSERT_TRUE(port().commit());
  }

  std::vector<std::string> found(std::string_view text) {
    std::vector<std::string> ids;
    for (const auto& hit : store_->search(text, 100)) ids.push_back(hit.id);
    EXPECT_FALSE(store_->error()) << text;
    return ids;
  }

  TemporaryFolder folder_;
  std::unique_ptr<SqliteDeviceStore> store_;
};

DeviceRecord of_type(EntityType type, std::string_view id, std::string content) {
  return {.type = type, .id = std::string(id), .content = std::move(content)};
}

TEST_F(Search, FindsQueriesHistoryAndMessages) {
  put({pulled_query("saved", "SELECT revenue FROM orders"),
       of_type(EntityType::query_history, "ran", R"({"error":"no column revenue","query":"x"})"),
       of_type(EntityType::ai_message, "said", R"({"content":"Revenue is in orders."})"),
       of_type(EntityType::connection, "other", R"({"name":"revenue"})")});
  EXPECT_THAT(found("revenue"), UnorderedElementsAre("saved", "ran", "said"));
  EXPECT_THAT(found("revenue column"), ElementsAre("ran"));
  EXPECT_THAT(found("reven"), UnorderedElementsAre("saved", "ran", "said"));
  EXPECT_THAT(found("evenue"), IsEmpty());
}

TEST_F(Search, ShowsTheWordsWhereTheyWereFound) {
  put({pulled_query("q1", "SELECT revenue FROM orders")});
  const auto hits = store_->search("revenue", 10);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].type, EntityType::saved_query);
  EXPECT_THAT(hits[0].snippet, HasSubstr("SELECT «revenue» FROM"));
}

TEST_F(Search, TheBestComesFirstAndTheLimitHolds) {
  put({pulled_query("long", "SELECT orders, and a lot of other words that make it weigh less"),
       pulled_query("short", "orders orders"),
       of_type(EntityType::ai_message, "said",
               R"({"content":"something about orders, I think"})")});
  EXPECT_EQ(store_->search("orders", 1).size(), 1U);
  const auto hits = store_->search("orders", 10);
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_LE(hits[0].rank, hits[1].rank);
  EXPECT_LE(hits[1].rank, hits[2].rank);
}

TEST_F(Search, AnyTextIsASafeQuestion) {
  put({pulled_query("q1", R"(SELECT \"user_id\" FROM t WHERE a = 'x' AND b NEAR c)")});
  for (const std::string_view text : {"",
                                      " ",
                                      "*",
                                      "\"",
                                      "\"\"",
                                      "a AND",
                                      "NOT",
                                      "name:",
                                      "(",
                                      ")",
                                      "^x",
                                      "-",
                                      "- -",
                                      "{a b}:c",
                                      "a\"b",
                                      "'",
                                      "; DROP TABLE saved_queries; --",
                                      "\xff\xfe",
                                      "NEAR(",
                                      "+",
                                      "q1 *"}) {
    found(text);
  }
  using namespace std::string_view_literals;
  found("a\0b"sv);
  EXPECT_THAT(found("user_id"), ElementsAre("q1"));
  EXPECT_THAT(found("b NEAR c"), ElementsAre("q1"));
  EXPECT_THAT(found("= 'x'"), ElementsAre("q1"));
  EXPECT_THAT(found("from where"), ElementsAre("q1"));
}

TEST_F(Search, QuotesEveryWordAndLooksForTheLastAsABeginning) {
  EXPECT_EQ(search_query("sum of\ttot"), R"("sum" "of" "tot" *)");
  EXPECT_EQ(search_query(R"(say "hi")"), R"("say" """hi""" *)");
  EXPECT_EQ(search_query(" \n"), "");
}

TEST_F(Search, FollowsEditsAndDeletes) {
  put({pulled_query("q1", "SELECT apples"), pulled_query("q2", "SELECT pears")});
  put({pulled_query("q1", "SELECT cherries")});
  EXPECT_THAT(found("apples"), IsEmpty());
  EXPECT_THAT(found("cherries"), ElementsAre("q1"));

  DeviceRecord deleted = pulled_query("q1", "SELECT cherries");
  deleted.content.clear();
  put({deleted});
  EXPECT_THAT(found("cherries"), IsEmpty());
  put({{.type = EntityType::saved_query, .id = "q2"}});
  EXPECT_THAT(found("pears"), IsEmpty());
}

TEST_F(Search, FindsRowsThatWereAdded) {
  ASSERT_TRUE(port().begin());
  ASSERT_TRUE(port().add(*pulled_query("q1", "SELECT apples").shadow));
  ASSERT_FALSE(port().add(*pulled_query("q1", "SELECT pears").shadow));
  ASSERT_TRUE(port().commit());
  EXPECT_THAT(found("apples"), ElementsAre("q1"));
  EXPECT_THAT(found("pears"), IsEmpty());
}

TEST_F(Search, ForgetsWhatWasRolledBack) {
  put({pulled_query("q1", "SELECT apples")});
  ASSERT_TRUE(port().begin());
  port().put(pulled_query("q1", "SELECT pears"));
  port().put(pulled_query("q2", "SELECT pears"));
  port().rollback();
  put({pulled_query("q3", "SELECT plums")});
  EXPECT_THAT(found("pears"), IsEmpty());
  EXPECT_THAT(found("apples"), ElementsAre("q1"));
  EXPECT_EQ(*store_->integrity(), "ok");
}

TEST_F(Search, ARowThatChangesSeveralTimesInOneTransactionIsIndexedOnce) {
  put({pulled_query("q1", "SELECT apples")});
  put({pulled_query("q1", "SELECT pears"),
       pulled_query("q1", "SELECT plums"),
       {.type = EntityType::saved_query, .id = "q1"},
       pulled_query("q9", "SELECT figs"),
       pulled_query("q1", "SELECT dates"),
       pulled_query("q9", "SELECT nuts")});
  EXPECT_THAT(found("dates"), ElementsAre("q1"));
  EXPECT_THAT(found("nuts"), ElementsAre("q9"));
  EXPECT_THAT(found("apples"), IsEmpty());
  EXPECT_THAT(found("figs"), IsEmpty());
  EXPECT_EQ(*store_->integrity(), "ok");
}

TEST_F(Search, TheIntegrityCheckSeesAnIndexThatDiffersFromTheRecords) {
  put({pulled_query("q1", "SELECT apples")});
  auto db = sqlite::Database::open(folder_.file("device.db"));
  ASSERT_TRUE((*db)->run("UPDATE saved_queries SET content = '{\"name\":\"pears\"}'"));
  EXPECT_NE(*store_->integrity(), "ok");
}

}  // namespace
}  // namespace studiosync::client
