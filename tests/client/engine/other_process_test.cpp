// Several processes on one data folder: one syncs, the others read and write.
#include <gtest/gtest.h>

#include "core/sync/local_edit.hpp"
#include "os/wall_clock.hpp"
#include "tests/support/live/live_device.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

using test::LiveDevice;
using test::LiveServer;

class OtherProcessTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteDeviceStore> open_again() {
    return open_device_store(laptop_.database(), os::wall_now()).value();
  }

  LiveServer server_;
  LiveDevice laptop_{server_.sign_up("ann"), "laptop"};
  LiveDevice phone_{server_.log_in("ann"), "phone"};
};

TEST_F(OtherProcessTest, MayNotSyncTheSameFolder) {
  const auto second = EngineHost::create(open_again(), Login{}, {.folder = laptop_.folder()}, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::store_locked);
}

TEST_F(OtherProcessTest, MayGoOnWhenTheFirstHasEnded) {
  laptop_.put("q1", "Orders");
  laptop_.restart();
  EXPECT_EQ(laptop_.name_of("q1"), "Orders");
}

TEST_F(OtherProcessTest, HasItsEditPushedByTheOneThatSyncs) {
  laptop_.online();
  phone_.online();
  ASSERT_EQ(laptop_.sync(), "");
  auto other = open_again();
  ASSERT_TRUE(other->begin());
  const Json data = Json::object().set("name", "From a script").set("query", "SELECT 1");
  ASSERT_TRUE(put_record(*other, EntityType::saved_query, "q1", data, os::wall_now()));
  ASSERT_TRUE(other->commit());
  EXPECT_TRUE(phone_.wait_for_name("q1", "From a script"));
  ASSERT_EQ(laptop_.sync(), "");
  EXPECT_EQ(other->counts().pending + other->counts().frozen, 0U);
}

TEST_F(OtherProcessTest, SeesWhatTheOneThatSyncsReceived) {
  laptop_.online();
  phone_.online();
  auto other = open_again();
  phone_.put("q1", "From the phone");
  ASSERT_TRUE(laptop_.wait_for_name("q1", "From the phone"));
  const auto record = other->find(EntityType::saved_query, "q1");
  ASSERT_TRUE(record);
  EXPECT_NE(record->content.find("From the phone"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::client
