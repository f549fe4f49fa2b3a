// why: the timeline of one record, and the reason for its state.
#include <algorithm>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class WhyVerbTest : public SyncctlTest {
 protected:
  static void put(const CliDevice& device, const std::string& id) {
    const Ran ran =
        device.run({"put", "saved_query", id, "--json", R"({"name":"n","query":"SELECT 1"})"});
    EXPECT_EQ(ran.code, 0) << ran.errors;
  }
  static Json why(const CliDevice& device, const std::string& id) {
    const Ran ran = device.json({"why", "saved_query", id});
    EXPECT_EQ(ran.code, 0) << ran.errors;
    return ran.json();
  }
  static std::vector<std::string> steps(const Json& answer) {
    std::vector<std::string> names;
    for (const Json& step : answer.find("timeline")->items()) names.push_back(text(step, "what"));
    return names;
  }
};

TEST_F(WhyVerbTest, TellsTheWayOfARecordFromTheEditToTheServer) {
  start_server();
  const CliDevice laptop = device("laptop");
  put(laptop, "q1");
  EXPECT_EQ(text(why(laptop, "q1"), "reason"), "not_syncing");
  EXPECT_EQ(steps(why(laptop, "q1")), std::vector<std::string>{"edited"});
  EXPECT_EQ(laptop.run({"sync"}).code, 0);
  const Json answer = why(laptop, "q1");
  EXPECT_EQ(text(answer, "reason"), "synced");
  EXPECT_EQ(steps(answer), (std::vector<std::string>{"edited", "frozen", "committed", "answered"}));
}

TEST_F(WhyVerbTest, TellsWhyAnEditIsNotSynced) {
  const CliDevice alone = folder("alone");
  put(alone, "q1");
  EXPECT_EQ(text(why(alone, "q1"), "reason"), "not_set_up");
  start_server();
  const CliDevice laptop = device("laptop");
  put(laptop, "q1");
  stop_server();
  EXPECT_EQ(text(why(laptop, "q1"), "reason"), "offline");
  EXPECT_EQ(laptop.run({"logout"}).code, 3);
  EXPECT_EQ(text(why(laptop, "q1"), "reason"), "logged_out");
}

TEST_F(WhyVerbTest, NamesTheCodeOfARefusal) {
  start_server({"limits.bytes_per_user=10"});
  const CliDevice laptop = device("laptop");
  put(laptop, "q1");
  EXPECT_EQ(laptop.run({"sync"}).code, 6);
  const Json answer = why(laptop, "q1");
  EXPECT_EQ(text(answer, "reason"), "rejected");
  EXPECT_NE(text(answer, "text").find("quota_exceeded"), std::string::npos);
  EXPECT_EQ(steps(answer).back(), "rejected");
}

TEST_F(WhyVerbTest, SaysOfARevokedDeviceThatItWasRemoved) {
  start_server();
  const CliDevice laptop = device("laptop");
  const CliDevice phone = device("phone");
  EXPECT_EQ(phone.run({"sync"}).code, 0);
  put(phone, "q1");
  EXPECT_EQ(laptop.run({"devices", "revoke", "phone"}).code, 0);
  EXPECT_EQ(text(why(phone, "q1"), "reason"), "revoked");
}

TEST_F(WhyVerbTest, ShowsTheServersConflictInTheTimeline) {
  start_server();
  const CliDevice laptop = device("laptop");
  const CliDevice phone = device("phone");
  const auto edit = [](const CliDevice& at, const std::string& query) {
    const std::string data = R"({"name":"n","query":")" + query + "\"}";
    EXPECT_EQ(at.run({"put", "saved_query", "q1", "--json", data}).code, 0);
  };
  edit(laptop, "SELECT 1");
  EXPECT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_EQ(phone.run({"sync"}).code, 0);
  edit(laptop, "SELECT 2");
  edit(phone, "SELECT 3");
  EXPECT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_EQ(phone.run({"sync"}).code, 0);
  const Json answer = why(phone, "q1");
  EXPECT_EQ(std::ranges::count(steps(answer), "conflict"), 1);
  for (const Json& step : answer.find("timeline")->items()) {
    EXPECT_FALSE(text(step, "reason").empty()) << step.dump();
  }
}

TEST_F(WhyVerbTest, AloneNamesEveryRecordThatIsNotInSyncWithOneReason) {
  start_server();
  const CliDevice laptop = device("laptop");
  put(laptop, "synced");
  EXPECT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_TRUE(laptop.json({"why"}).objects().empty());
  put(laptop, "waits");
  const std::string run =
      R"({"query":"SELECT 1","executed_at":"2027-01-15T08:00:00Z","duration_ms":1,)"
      R"("success":true,"privacy_mode":"private"})";
  EXPECT_EQ(laptop.run({"put", "query_history", "stays", "--json", run}).code, 0);
  const auto lines = laptop.json({"why"}).objects();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(text(lines[0], "id"), "waits");
  EXPECT_EQ(text(lines[0], "reason"), "not_syncing");
  EXPECT_EQ(text(lines[1], "id"), "stays");
  EXPECT_EQ(text(lines[1], "reason"), "local_only");
  EXPECT_EQ(laptop.run({"why", "saved_query"}).code, 1);
}

TEST_F(WhyVerbTest, KnowsNothingOfARecordThatNeverWas) {
  EXPECT_EQ(folder("alone").run({"why", "saved_query", "none"}).code, 8);
}

}  // namespace
}  // namespace studiosync::client
