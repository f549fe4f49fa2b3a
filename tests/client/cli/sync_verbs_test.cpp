// sync, wait, and several processes on one folder.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr const char* orders = R"({"name":"Orders","query":"SELECT 1"})";

class SyncVerbsTest : public SyncctlTest {
 protected:
  SyncVerbsTest() { start_server(); }
};

TEST_F(SyncVerbsTest, BringsRecordsToTheOtherDevice) {
  const CliDevice laptop = device("laptop");
  const CliDevice phone = device("phone");
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Ran sent = laptop.json({"sync"});
  ASSERT_EQ(sent.code, 0) << sent.errors;
  EXPECT_EQ(text(sent.json(), "sent"), "1");
  const Ran received = phone.json({"sync"});
  ASSERT_EQ(received.code, 0) << received.errors;
  EXPECT_EQ(text(received.json(), "received"), "1");
  const Json record = phone.json({"get", "saved_query", "q1"}).json();
  EXPECT_EQ(text(record, "state"), "synced");
  EXPECT_EQ(text(record, "sync_version"), "1");
  EXPECT_EQ(text(laptop.json({"get", "saved_query", "q1"}).json(), "state"), "synced");
  EXPECT_EQ(text(laptop.json({"sync"}).json(), "sent"), "0");
}

TEST_F(SyncVerbsTest, BringsADeleteToTheOtherDevice) {
  const CliDevice laptop = device("laptop");
  const CliDevice phone = device("phone");
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  ASSERT_EQ(laptop.run({"sync"}).code, 0);
  ASSERT_EQ(phone.run({"sync"}).code, 0);
  ASSERT_EQ(phone.run({"delete", "saved_query", "q1"}).code, 0);
  EXPECT_EQ(text(phone.json({"queue"}).objects().at(0), "action"), "delete");
  ASSERT_EQ(phone.run({"sync"}).code, 0);
  ASSERT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_EQ(laptop.run({"get", "saved_query", "q1"}).code, 8);
}

TEST_F(SyncVerbsTest, WaitsUntilEverythingIsSettled) {
  const CliDevice laptop = device("laptop");
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Ran ran = laptop.json({"wait", "--until-synced", "--timeout", "20s"});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(text(ran.json(), "sent"), "1");
}

TEST_F(SyncVerbsTest, GivesUpOnAServerThatIsAwayAndKeepsTheEdits) {
  const CliDevice laptop = device("laptop");
  stop_server();
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Ran sync = laptop.run({"sync"});
  EXPECT_EQ(sync.code, 3) << sync.errors;
  EXPECT_NE(sync.errors, "");
  EXPECT_EQ(laptop.run({"wait", "--until-synced", "--timeout", "300ms"}).code, 9);
  EXPECT_EQ(laptop.run({"policy"}).code, 3);
  EXPECT_EQ(laptop.json({"queue"}).objects().size(), 1U);

  start_server();
  EXPECT_EQ(text(laptop.json({"sync"}).json(), "sent"), "1");
}

TEST_F(SyncVerbsTest, WaitsForAServerThatComesBack) {
  const CliDevice laptop = device("laptop");
  stop_server();
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  os::ChildProcess wait = laptop.start({"wait", "--until-synced", "--timeout", "30s"});
  start_server();
  EXPECT_EQ(wait.wait(Millis{30'000}).value_or(-1), 0);
}

}  // namespace
}  // namespace studiosync::client
