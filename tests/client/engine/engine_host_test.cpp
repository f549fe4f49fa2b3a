// Devices of one user over a real server, all in this process.
#include <gtest/gtest.h>

#include "tests/support/damage/damaged_page.hpp"
#include "tests/support/live/live_device.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

using test::LiveDevice;
using test::LiveServer;

class EngineHostTest : public testing::Test {
 protected:
  void online() {
    laptop_.online();
    phone_.online();
  }
  void expect_equal_to_server(LiveDevice& device) {
    EXPECT_EQ(device.sync(), "");
    const auto digest = device.host().compare_digest(test::patience);
    ASSERT_TRUE(digest) << digest.error().message;
    EXPECT_TRUE(digest->equal);
    EXPECT_EQ(digest->device, digest->server);
  }

  LiveServer server_;
  const Login login_ = server_.sign_up("ann");
  LiveDevice laptop_{login_, "laptop"};
  LiveDevice phone_{server_.log_in("ann"), "phone"};
};

TEST_F(EngineHostTest, SendsAnEditToTheOtherDevice) {
  online();
  laptop_.put("q1", "Orders");
  EXPECT_TRUE(phone_.wait_for_name("q1", "Orders"));
  const auto changed = phone_.notices(Notice::Kind::changed);
  ASSERT_FALSE(changed.empty());
  EXPECT_EQ(changed.back().key, (RecordKey{EntityType::saved_query, "q1"}));
  EXPECT_TRUE(laptop_.notices(Notice::Kind::changed).empty()) << "its own edit is no news";
}

TEST_F(EngineHostTest, SendsADeleteToTheOtherDevice) {
  online();
  laptop_.put("q1", "Orders");
  ASSERT_TRUE(phone_.wait_for_name("q1", "Orders"));
  ASSERT_TRUE(phone_.host().remove(EntityType::saved_query, "q1"));
  EXPECT_TRUE(laptop_.wait_for_name("q1", ""));
}

TEST_F(EngineHostTest, KeepsEditsMadeOfflineAndSendsThemLater) {
  laptop_.put("q1", "first");
  laptop_.put("q1", "Orders");
  laptop_.put("q2", "Customers");
  EXPECT_EQ(laptop_.name_of("q1"), "Orders");
  EXPECT_EQ(laptop_.host().status().counts.pending, 2U);
  EXPECT_EQ(laptop_.host().status().state, LinkState::stopped);
  online();
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_EQ(laptop_.host().status().counts.pending, 0U);
  EXPECT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.names(), (std::vector<std::string>{"Orders", "Customers"}));
}

TEST_F(EngineHostTest, GoesOfflineAndBack) {
  online();
  laptop_.put("q1", "one");
  ASSERT_TRUE(phone_.wait_for_name("q1", "one"));
  phone_.offline();
  EXPECT_EQ(phone_.host().status().state, LinkState::stopped);
  laptop_.put("q1", "two");
  phone_.put("q2", "offline");
  ASSERT_EQ(laptop_.sync(), "");
  EXPECT_EQ(phone_.name_of("q1"), "one");
  phone_.online();
  EXPECT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.name_of("q1"), "two");
  EXPECT_TRUE(laptop_.wait_for_name("q2", "offline"));
}

TEST_F(EngineHostTest, RefusesWhatIsNoRecordAndWritesNothing) {
  const auto bad = laptop_.host().put(EntityType::saved_query, "q1", Json::object().set("name", 7));
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::validation_error);
  EXPECT_EQ(bad.error().path, "$.name");
  EXPECT_EQ(laptop_.name_of("q1"), "");
  EXPECT_EQ(laptop_.host().status().counts.pending, 0U);
  laptop_.put("q1", "Orders");  // no transaction was left open
  EXPECT_EQ(laptop_.name_of("q1"), "Orders");
}

TEST_F(EngineHostTest, KnowsWhenNothingIsLeftToSync) {
  online();
  EXPECT_EQ(laptop_.sync(), "");
  laptop_.put("q1", "Orders");
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_TRUE(laptop_.host().status().synced);
  EXPECT_EQ(laptop_.host().status().cursor.seq, Seq{1});
}

// The barrier holds for what others had committed before, not only for what was heard of.
TEST_F(EngineHostTest, HasEverythingThatWasOnTheServerWhenItWaited) {
  online();
  ASSERT_EQ(phone_.sync(), "");
  for (int i = 0; i < 20; ++i) {
    const std::string name = "version " + std::to_string(i);
    laptop_.put("q1", name);
    ASSERT_EQ(laptop_.sync(), "");
    ASSERT_EQ(phone_.sync(), "");
    ASSERT_EQ(phone_.name_of("q1"), name);
  }
}

TEST_F(EngineHostTest, SaysThatItCouldNotSyncInTime) {
  const auto synced = laptop_.host().wait_synced(Millis{10});
  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().code, ErrorCode::timeout);
}

TEST_F(EngineHostTest, CannotCompareWhileOffline) {
  const auto digest = laptop_.host().compare_digest(Millis{10});
  ASSERT_FALSE(digest);
  EXPECT_EQ(digest.error().code, ErrorCode::timeout);
}

TEST_F(EngineHostTest, AgreesWithTheServerRecordByRecord) {
  online();
  for (int i = 0; i < 120; ++i) {  // more than one batch
    laptop_.put("q" + std::to_string(i), "query " + std::to_string(i));
  }
  expect_equal_to_server(laptop_);
  ASSERT_TRUE(laptop_.host().remove(EntityType::saved_query, "q7"));
  expect_equal_to_server(laptop_);
  expect_equal_to_server(phone_);
  EXPECT_EQ(phone_.names().size(), 119U);
}

TEST_F(EngineHostTest, SeesThatADeviceDiffersFromTheServer) {
  online();
  laptop_.put("q1", "Orders");
  expect_equal_to_server(laptop_);
  laptop_.host().with_store([](SqliteDeviceStore& store) {
    auto record = store.find(EntityType::saved_query, "q1").value();
    record.shadow->content = R"({"name":"Or","query":"SELECT 1"})";
    ASSERT_TRUE(store.begin());
    store.put(record);
    ASSERT_TRUE(store.commit());
  });
  const auto digest = laptop_.host().compare_digest(test::patience);
  ASSERT_TRUE(digest);
  EXPECT_FALSE(digest->equal);
  EXPECT_NE(digest->device, digest->server);
}

TEST_F(EngineHostTest, KeepsUsersApart) {
  LiveDevice stranger(server_.sign_up("bob"), "laptop");
  stranger.online();
  online();
  laptop_.put("q1", "Ann's");
  stranger.put("q1", "Bob's");
  ASSERT_EQ(laptop_.sync(), "");
  ASSERT_EQ(stranger.sync(), "");
  ASSERT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.names(), std::vector<std::string>{"Ann's"});
  EXPECT_EQ(stranger.names(), std::vector<std::string>{"Bob's"});
}

// One data folder is one account's: switching accounts must not mix their records.
TEST_F(EngineHostTest, RefusesToSyncAnotherAccountsDatabase) {
  laptop_.online();
  laptop_.put("q1", "Ann's");
  ASSERT_EQ(laptop_.sync(), "");
  laptop_.put("q2", "Ann's, not sent");
  Login other = server_.sign_up("bob");
  ASSERT_TRUE(save_login(laptop_.folder(), other));
  laptop_.restart();
  laptop_.online();
  EXPECT_EQ(laptop_.sync(), "forbidden");
  EXPECT_EQ(laptop_.host().status().state, LinkState::halted);
}

// A queue that cannot be counted is not an empty one.
TEST_F(EngineHostTest, IsNotSyncedWhileTheQueueCannotBeRead) {
  laptop_.online();
  laptop_.put("q1", "Orders");
  ASSERT_EQ(laptop_.sync(), "");
  laptop_.put("q2", "Customers");
  laptop_.restart([&] { damage(laptop_.database(), "saved_queries_by_pending_edit"); });
  laptop_.online();
  const auto synced = laptop_.host().wait_synced(test::patience, EngineHost::Outage::give_up);
  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().code, ErrorCode::store_error);
  const EngineStatus status = laptop_.host().status();
  EXPECT_FALSE(status.synced);
  ASSERT_TRUE(status.last_error);
  EXPECT_EQ(status.last_error->code, ErrorCode::store_error);
}

// What is wrong with one table is told once and does not stand in the way of the others.
TEST_F(EngineHostTest, EditsOneTableWhileAnotherCannotBeRead) {
  laptop_.put("q1", "Orders");
  const Json shop = Json::object().set("name", "Shop").set("type", "postgres").set("host", "db");
  ASSERT_TRUE(laptop_.host().put(EntityType::connection, "c1", shop));
  laptop_.restart([&] { damage(laptop_.database(), "connection_templates"); });
  const auto refused = laptop_.host().remove(EntityType::connection, "c1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_error);
  laptop_.host().with_store([](SqliteDeviceStore& store) {
    EXPECT_TRUE(store.list(EntityType::connection, {}, 10).empty());
    EXPECT_TRUE(store.error());
  });
  laptop_.put("q1", "Customers");
  EXPECT_EQ(laptop_.name_of("q1"), "Customers");
}

}  // namespace
}  // namespace studiosync::client
