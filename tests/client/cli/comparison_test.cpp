#include "client/cli/comparison.hpp"

#include <gtest/gtest.h>

#include "client/store/memory_device_store.hpp"
#include "core/sync/local_edit.hpp"

namespace studiosync::client {
namespace {

class ComparisonTest : public testing::Test {
 protected:
  // What the server gave this device.
  void here(const std::string& id, const std::string& content, std::uint64_t version = 1) {
    DeviceRecord record{.type = EntityType::saved_query, .id = id, .content = content};
    record.shadow = Record{.type = record.type, .id = id, .rev = {{1}, {version}}};
    record.shadow->content = content;
    put(record);
  }
  void put(const DeviceRecord& record) {
    ASSERT_TRUE(store_.begin());
    store_.put(record);
    ASSERT_TRUE(store_.commit());
  }
  DeviceRecord find(const std::string& id) {
    return store_.find(EntityType::saved_query, id).value_or(DeviceRecord{});
  }
  void page(const std::string& queries, const std::string& deleted = "") {
    const auto json =
        parse_json(R"({"saved_queries":[)" + queries + R"(],"deleted":[)" + deleted + "]}");
    ASSERT_TRUE(json);
    comparison_.take(*json);
  }
  static RecordKey key(const std::string& id) { return {EntityType::saved_query, id}; }

  MemoryDeviceStore store_;
  Comparison comparison_{store_};
};

constexpr const char* row_a =
    R"({"id":"a","name":"n","sync_version":1,"updated_at":"2026-01-01T00:00:00.000000Z"})";

TEST_F(ComparisonTest, FindsNothingWhereBothSidesAreTheSame) {
  here("a", R"({"name":"n"})");
  page(row_a);
  EXPECT_TRUE(comparison_.finish().empty());
}

TEST_F(ComparisonTest, TellsWhichSideLacksARecord) {
  here("b", R"({"name":"n"})", 4);
  page(row_a);
  const auto found = comparison_.finish();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at(key("a")).kind, Difference::Kind::only_there);
  EXPECT_EQ(found.at(key("a")).server_version, 1U);
  EXPECT_EQ(found.at(key("b")).kind, Difference::Kind::only_here);
  EXPECT_EQ(found.at(key("b")).local_version, 4U);
}

TEST_F(ComparisonTest, NamesTheFieldsThatDiffer) {
  here("a", R"({"description":"d","name":"m","query":"same"})");
  page(R"({"id":"a","sync_version":2,"name":"n","query":"same","tags":["t"]})");
  const auto found = comparison_.finish();
  EXPECT_EQ(found.at(key("a")).kind, Difference::Kind::differs);
  EXPECT_EQ(found.at(key("a")).fields, (std::vector<std::string>{"description", "name", "tags"}));
}

TEST_F(ComparisonTest, ComparesARedactedFieldAsItWasSent) {
  here("a", R"({"name":"n","query":"[REDACTED]"})");
  DeviceRecord record = find("a");
  record.content = R"({"name":"n","query":"hunter2"})";
  record.redacted = {"query"};
  put(record);
  page(R"({"id":"a","sync_version":1,"name":"n","query":"[REDACTED]"})");
  EXPECT_TRUE(comparison_.finish().empty());
}

// The name of a field may be a credential itself: the server has neither it nor its text.
TEST_F(ComparisonTest, TakesARedactedFieldThatWasNotSentForNone) {
  here("a", R"({"name":"n"})");
  DeviceRecord record = find("a");
  record.content = R"({"AKIA7QXN4ZJ2WVB3KDTP":"x","name":"n"})";
  record.redacted = {"AKIA7QXN4ZJ2WVB3KDTP"};
  put(record);
  page(row_a);
  EXPECT_TRUE(comparison_.finish().empty());
}

TEST_F(ComparisonTest, LeavesOutWhatNeverLeavesTheDevice) {
  put({.type = EntityType::saved_query,
       .id = "a",
       .content = R"({"name":"n"})",
       .local_only = true});
  page("");
  EXPECT_TRUE(comparison_.finish().empty());
}

TEST_F(ComparisonTest, BelievesTheLaterPage) {
  here("a", R"({"name":"new"})");
  page(row_a);
  page(R"({"id":"a","sync_version":2,"name":"new"})");
  EXPECT_TRUE(comparison_.finish().empty());
}

TEST_F(ComparisonTest, TakesARecordThatIsDeletedMeanwhileForGone) {
  here("a", R"({"name":"n"})");
  page(row_a);
  page("", R"({"item_type":"saved_query","item_id":"a","sync_version":2})");
  EXPECT_EQ(comparison_.finish().at(key("a")).kind, Difference::Kind::only_here);
}

}  // namespace
}  // namespace studiosync::client
