// Two devices of a user edit the same record while they do not see each other.
#include <gtest/gtest.h>

#include <algorithm>

#include "client/engine/account.hpp"
#include "core/protocol/codec.hpp"
#include "tests/support/live/live_device.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

using test::LiveDevice;
using test::LiveServer;

class ConflictTest : public testing::Test {
 protected:
  // Both know `q1`; then the laptop's edit reaches the server first, the phone's second.
  void edit_apart() {
    for (LiveDevice* device : {&laptop_, &phone_}) device->online();
    laptop_.put("q1", "Orders");
    ASSERT_EQ(laptop_.sync(), "");
    ASSERT_EQ(phone_.sync(), "");
    phone_.offline();
    phone_.put("q1", "Phone's");
    laptop_.put("q1", "Laptop's");
    ASSERT_EQ(laptop_.sync(), "");
    phone_.online();
    ASSERT_EQ(phone_.sync(), "");
    ASSERT_EQ(laptop_.sync(), "");
  }

  Json ask(const std::string& method, const std::string& path, const Json* body) {
    HttpClient http(server_.url());
    auto reply = http.request(method, path, body, login_.access_token);
    EXPECT_TRUE(reply) << reply.error().message;
    return reply ? std::move(reply->body) : Json();
  }
  void choose_strategy(const std::string& strategy) {
    const Json policies =
        Json::object().set("policies", Json::object().set("saved_query", strategy));
    ask("PUT", "/api/sync/policies", &policies);
  }

  LiveServer server_;
  const Login login_ = server_.sign_up("ann");
  LiveDevice laptop_{login_, "laptop"};
  LiveDevice phone_{server_.log_in("ann"), "phone"};
};

TEST_F(ConflictTest, KeepsBothVersionsOnBothDevices) {
  edit_apart();
  const std::vector<std::string> both{"Laptop's", "Phone's (conflicted copy - phone)"};
  for (LiveDevice* device : {&laptop_, &phone_}) {
    auto names = device->names();
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, both);
    EXPECT_EQ(device->name_of("q1"), "Laptop's");
  }
  const auto conflicts = phone_.notices(Notice::Kind::conflict);
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_FALSE(conflicts[0].settled.value().copy_id.empty());
}

TEST_F(ConflictTest, MergesEditsOfDifferentFieldsWithoutAConflict) {
  for (LiveDevice* device : {&laptop_, &phone_}) device->online();
  laptop_.put("q1", "Orders");
  ASSERT_EQ(laptop_.sync(), "");
  ASSERT_EQ(phone_.sync(), "");
  phone_.offline();
  const Json tagged = Json::object().set("name", "Orders").set("query", "SELECT 2");
  ASSERT_TRUE(phone_.host().put(EntityType::saved_query, "q1", tagged));
  laptop_.put("q1", "All orders");
  ASSERT_EQ(laptop_.sync(), "");
  phone_.online();
  ASSERT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.names(), std::vector<std::string>{"All orders"});
  EXPECT_TRUE(phone_.notices(Notice::Kind::conflict).empty());
  EXPECT_TRUE(laptop_.wait_until([&] {
    std::string content;
    laptop_.host().with_store([&](SqliteDeviceStore& store) {
      content = store.find(EntityType::saved_query, "q1").value().content;
    });
    return content.find("SELECT 2") != std::string::npos;
  }));
}

TEST_F(ConflictTest, AsksTheUserAndTakesTheChoiceOnBothDevices) {
  choose_strategy("user_choice");
  edit_apart();
  EXPECT_EQ(phone_.name_of("q1"), "Laptop's");
  const auto conflicts = phone_.notices(Notice::Kind::conflict);
  ASSERT_EQ(conflicts.size(), 1U);
  const std::string id = conflicts[0].settled.value().conflict_id;

  // Conflicts are records: the other device learned of it too.
  laptop_.host().with_store([&](SqliteDeviceStore& store) {
    const auto record = store.find(EntityType::conflict, id);
    ASSERT_TRUE(record);
    const auto view = conflict_from_content(id, record->content);
    ASSERT_TRUE(view);
    EXPECT_FALSE(view->resolved);
    EXPECT_NE(view->conflict.local.content.find("Phone's"), std::string::npos);
    EXPECT_NE(view->conflict.remote.content.find("Laptop's"), std::string::npos);
  });

  const Json choice = Json::object().set("strategy", "user_choice").set("chosen_version", "local");
  ask("POST", "/api/sync/conflicts/" + id + "/resolve", &choice);
  EXPECT_TRUE(laptop_.wait_for_name("q1", "Phone's"));
  EXPECT_TRUE(phone_.wait_for_name("q1", "Phone's"));
  ASSERT_EQ(laptop_.sync(), "");
  laptop_.host().with_store([&](SqliteDeviceStore& store) {
    const auto record = store.find(EntityType::conflict, id);
    ASSERT_TRUE(record);
    EXPECT_TRUE(conflict_from_content(id, record->content).value().resolved);
  });
}

TEST_F(ConflictTest, LetsAnEditSurviveADeleteThatDidNotSeeIt) {
  for (LiveDevice* device : {&laptop_, &phone_}) device->online();
  laptop_.put("q1", "Orders");
  ASSERT_EQ(laptop_.sync(), "");
  ASSERT_EQ(phone_.sync(), "");
  phone_.offline();
  ASSERT_TRUE(phone_.host().remove(EntityType::saved_query, "q1"));
  laptop_.put("q1", "Edited");
  ASSERT_EQ(laptop_.sync(), "");
  phone_.online();
  ASSERT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.name_of("q1"), "Edited");
  EXPECT_EQ(laptop_.name_of("q1"), "Edited");
}

}  // namespace
}  // namespace studiosync::client
