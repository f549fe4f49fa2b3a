// rejected: what the server refused for good stays with the user.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class RejectedVerbsTest : public SyncctlTest {
 protected:
  // An account that holds next to nothing, and a record that is too large for it.
  RejectedVerbsTest() {
    start_server({"limits.bytes_per_user=1KiB"});
    laptop_.emplace(device("laptop"));
    EXPECT_EQ(put("large", std::string(4000, 'x')), 0);
    EXPECT_EQ(put("small", "x"), 0);
  }
  int put(const std::string& id, const std::string& name) {
    const std::string data = R"({"name":"n","query":")" + name + R"("})";
    return laptop_->run({"put", "saved_query", id, "--file", "-"}, data).code;
  }
  std::string rejected_change() {
    const Ran ran = laptop_->json({"rejected", "list"});
    EXPECT_EQ(ran.code, 6);
    const auto rows = ran.objects();
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? std::string() : text(rows[0], "change_id");
  }

  std::optional<CliDevice> laptop_;
};

TEST_F(RejectedVerbsTest, ListsWhatWasRefusedAndLetsTheRestPass) {
  EXPECT_EQ(laptop_->run({"rejected", "list"}).code, 0);
  const Ran sync = laptop_->json({"sync"});
  EXPECT_EQ(sync.code, 6) << sync.errors;
  EXPECT_EQ(text(sync.json(), "rejected"), "1");
  const auto rows = laptop_->json({"rejected", "list"}).objects();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(text(rows[0], "id"), "large");
  EXPECT_EQ(text(rows[0], "code"), "quota_exceeded");
  EXPECT_EQ(text(*rows[0].find("data"), "query"), std::string(4000, 'x'));
  EXPECT_EQ(text(laptop_->json({"get", "saved_query", "large"}).json(), "state"), "rejected");
  EXPECT_EQ(text(laptop_->json({"get", "saved_query", "small"}).json(), "state"), "synced");
  EXPECT_EQ(text(laptop_->json({"status"}).json(), "rejected"), "1");
}

TEST_F(RejectedVerbsTest, GivesAChangeUp) {
  ASSERT_EQ(laptop_->run({"sync"}).code, 6);
  EXPECT_EQ(laptop_->json({"rejected", "discard", rejected_change()}).code, 0);
  EXPECT_EQ(laptop_->run({"rejected", "list"}).code, 0);
  EXPECT_EQ(laptop_->run({"get", "saved_query", "large"}).code, 8);
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
}

TEST_F(RejectedVerbsTest, SendsAChangeAgainToAServerThatHasRoom) {
  ASSERT_EQ(laptop_->run({"sync"}).code, 6);
  stop_server();
  start_server();
  EXPECT_EQ(laptop_->json({"rejected", "retry", rejected_change()}).code, 0);
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  EXPECT_EQ(text(laptop_->json({"get", "saved_query", "large"}).json(), "state"), "synced");
}

// An edit is refused, and others delete what it was upon: the list has its only copy.
TEST_F(RejectedVerbsTest, KeepsADeviceInItsAccountWhileOnlyTheListHasAText) {
  const auto large = [&](const char* verb) {
    return laptop_->json({"rejected", verb, rejected_change()}).code;
  };
  ASSERT_EQ(laptop_->run({"sync"}).code, 6);
  ASSERT_EQ(large("discard"), 0);
  ASSERT_EQ(put("small", std::string(4000, 'x')), 0);
  ASSERT_EQ(laptop_->run({"sync"}).code, 6);
  const CliDevice phone = device("phone");
  ASSERT_EQ(phone.run({"sync"}).code, 0);
  ASSERT_EQ(phone.run({"delete", "saved_query", "small"}).code, 0);
  ASSERT_EQ(phone.run({"sync"}).code, 0);
  ASSERT_EQ(laptop_->run({"sync"}).code, 6);
  const Ran refused = laptop_->run({"disable"});
  EXPECT_EQ(refused.code, 5);
  EXPECT_NE(refused.errors.find("syncctl rejected list"), std::string::npos) << refused.errors;
  ASSERT_EQ(large("discard"), 0);
  EXPECT_EQ(laptop_->run({"disable"}).code, 0);
}

TEST_F(RejectedVerbsTest, SaysThatThereIsNoSuchChange) {
  EXPECT_EQ(laptop_->run({"rejected", "discard", "none"}).code, 8);
  EXPECT_EQ(laptop_->run({"rejected", "retry", "none"}).code, 8);
}

class HeldVerbsTest : public SyncctlTest {
 protected:
  static constexpr int records = 30;
  // Everything is synced, and deleted here while nobody looks.
  HeldVerbsTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    std::string lines;
    for (int i = 0; i < records; ++i) {
      lines += R"({"type":"saved_query","id":"q)" + std::to_string(i) +
               R"(","data":{"name":"n","query":"SELECT 1"}})" + "\n";
    }
    EXPECT_EQ(laptop_->run({"import", "-"}, lines).code, 0);
    EXPECT_EQ(laptop_->run({"sync"}).code, 0);
    for (int i = 0; i < records; ++i) {
      EXPECT_EQ(laptop_->run({"delete", "saved_query", "q" + std::to_string(i)}).code, 0);
    }
    EXPECT_EQ(laptop_->run({"sync"}).code, 6);
  }

  std::optional<CliDevice> laptop_;
};

TEST_F(HeldVerbsTest, ListsHeldDeletesAsHeldAndSaysWhatToDo) {
  const auto rows = laptop_->json({"rejected", "list"}).objects();
  ASSERT_EQ(rows.size(), std::size_t{records});
  EXPECT_EQ(text(rows[0], "state"), "held");
  EXPECT_EQ(text(rows[0], "code"), "mass_delete_held");
  const Json status = laptop_->json({"status"}).json();
  EXPECT_EQ(text(status, "held"), std::to_string(records));
  EXPECT_NE(text(status, "summary").find("rejected retry --held"), std::string::npos);
}

TEST_F(HeldVerbsTest, ConfirmsOneOrAllOfThem) {
  const auto rows = laptop_->json({"rejected", "list"}).objects();
  EXPECT_EQ(laptop_->run({"rejected", "retry", text(rows.at(0), "change_id")}).code, 0);
  EXPECT_EQ(laptop_->run({"sync"}).code, 6);
  const Ran all = laptop_->json({"rejected", "retry", "--held"});
  EXPECT_EQ(text(all.json(), "confirmed"), std::to_string(records - 1));
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  const CliDevice phone = device("phone");
  EXPECT_EQ(text(phone.json({"sync"}).json(), "received"), "0");
}

TEST_F(HeldVerbsTest, RetryNeedsAChangeOrTheFlag) {
  EXPECT_EQ(laptop_->run({"rejected", "retry"}).code, 1);
}

}  // namespace
}  // namespace studiosync::client
