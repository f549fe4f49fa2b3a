// policy, conflicts.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class ConflictVerbsTest : public SyncctlTest {
 protected:
  ConflictVerbsTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    phone_.emplace(device("phone"));
  }

  static void put(const CliDevice& device, const std::string& name) {
    const std::string data = R"({"name":")" + name + R"(","query":"SELECT 1"})";
    ASSERT_EQ(device.run({"put", "saved_query", "q1", "--json", data}).code, 0);
  }
  std::string name_on(const CliDevice& device) {
    return text(*device.json({"get", "saved_query", "q1"}).json().find("data"), "name");
  }

  // Both edit the record without seeing each other; the phone's sync ends with this code.
  int edit_apart() {
    put(*laptop_, "Orders");
    EXPECT_EQ(laptop_->run({"sync"}).code, 0);
    EXPECT_EQ(phone_->run({"sync"}).code, 0);
    put(*laptop_, "Laptop's");
    put(*phone_, "Phone's");
    EXPECT_EQ(laptop_->run({"sync"}).code, 0);
    return phone_->run({"sync"}).code;
  }
  void ask_the_user() { ASSERT_EQ(laptop_->run({"policy", "saved_query", "user_choice"}).code, 0); }
  // The one open conflict's id.
  std::string open_conflict() {
    const Ran ran = phone_->json({"conflicts", "list"});
    EXPECT_EQ(ran.code, 5);
    const auto conflicts = ran.objects();
    EXPECT_EQ(conflicts.size(), 1U);
    return conflicts.empty() ? std::string() : text(conflicts[0], "id");
  }

  std::optional<CliDevice> laptop_;
  std::optional<CliDevice> phone_;
};

TEST_F(ConflictVerbsTest, ShowsAndChoosesStrategies) {
  const Ran before = laptop_->json({"policy"});
  ASSERT_EQ(before.code, 0) << before.errors;
  EXPECT_EQ(text(*before.json().find("policies"), "saved_query"), "keep_both");
  ask_the_user();
  const Json after = *phone_->json({"policy"}).json().find("policies");
  EXPECT_EQ(text(after, "saved_query"), "user_choice");
  EXPECT_NE(phone_->run({"policy"}).out.find("user_choice"), std::string::npos);
  EXPECT_EQ(laptop_->run({"policy", "saved_query", "coin_toss"}).code, 1);
  EXPECT_EQ(laptop_->run({"policy", "table", "merge"}).code, 1);
}

TEST_F(ConflictVerbsTest, KeepsBothVersionsWithoutAQuestion) {
  EXPECT_EQ(edit_apart(), 0);
  EXPECT_EQ(phone_->run({"conflicts", "list"}).code, 0);
  EXPECT_EQ(phone_->json({"list", "saved_query"}).objects().size(), 2U);
  EXPECT_EQ(name_on(*phone_), "Laptop's");
}

TEST_F(ConflictVerbsTest, AsksForADecision) {
  ask_the_user();
  EXPECT_EQ(edit_apart(), 5);
  const std::string id = open_conflict();
  EXPECT_EQ(text(phone_->json({"status"}).json(), "open_conflicts"), "1");
  EXPECT_NE(phone_->run({"conflicts", "list"}).out.find(id), std::string::npos);

  const Ran show = phone_->json({"conflicts", "show", id});
  ASSERT_EQ(show.code, 0) << show.errors;
  EXPECT_EQ(text(show.json(), "item_id"), "q1");
  EXPECT_EQ(text(show.json(), "status"), "open");
  const std::string for_people = phone_->run({"conflicts", "show", id}).out;
  EXPECT_NE(for_people.find("Phone's"), std::string::npos);
  EXPECT_NE(for_people.find("Laptop's"), std::string::npos);
  EXPECT_NE(for_people.find("local|remote|keep_both"), std::string::npos);
  EXPECT_NE(phone_->run({"sync"}).out.find("1 conflict to decide"), std::string::npos);
  EXPECT_EQ(phone_->run({"conflicts", "show", "none"}).code, 8);
}

TEST_F(ConflictVerbsTest, TakesADecisionToAllDevices) {
  ask_the_user();
  edit_apart();
  const std::string id = open_conflict();
  const Ran resolved = phone_->json({"conflicts", "resolve", id, "--choose", "local"});
  ASSERT_EQ(resolved.code, 0) << resolved.errors;
  EXPECT_TRUE(resolved.json().is_object());
  for (const CliDevice* device : {&*phone_, &*laptop_}) {
    EXPECT_EQ(device->run({"sync"}).code, 0);
    EXPECT_EQ(name_on(*device), "Phone's");
    EXPECT_EQ(device->run({"conflicts", "list"}).code, 0);
  }
  EXPECT_EQ(phone_->json({"conflicts", "list", "--all"}).objects().size(), 1U);
}

TEST_F(ConflictVerbsTest, TakesAMergedVersion) {
  ask_the_user();
  edit_apart();
  const std::string merged = phone_->file("merged.json", R"({"name":"Both's","query":"SELECT 2"})");
  const Ran resolved = phone_->run({"conflicts", "resolve", open_conflict(), "--merged", merged});
  ASSERT_EQ(resolved.code, 0) << resolved.errors;
  ASSERT_EQ(laptop_->run({"sync"}).code, 0);
  EXPECT_EQ(name_on(*laptop_), "Both's");
}

TEST_F(ConflictVerbsTest, KeepsBothWhenThatIsTheDecision) {
  ask_the_user();
  edit_apart();
  ASSERT_EQ(phone_->run({"conflicts", "resolve", open_conflict(), "--choose", "keep_both"}).code,
            0);
  ASSERT_EQ(laptop_->run({"sync"}).code, 0);
  EXPECT_EQ(laptop_->json({"list", "saved_query"}).objects().size(), 2U);
}

TEST_F(ConflictVerbsTest, SaysThatThereIsNoSuchConflict) {
  EXPECT_EQ(phone_->run({"conflicts", "resolve", "none", "--choose", "local"}).code, 8);
}

}  // namespace
}  // namespace studiosync::client
