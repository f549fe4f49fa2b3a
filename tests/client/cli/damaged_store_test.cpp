// Verbs over a database of which a part cannot be read: that is an error, and never "nothing".
#include "tests/client/cli/cli_fixture.hpp"
#include "tests/support/damage/damaged_page.hpp"

namespace studiosync::client {
namespace {

// Read even where there is no conflict.
constexpr const char* conflict_ids = "sqlite_autoindex_sync_conflicts_archive_1";

class DamagedStoreTest : public SyncctlTest {
 protected:
  DamagedStoreTest() { EXPECT_EQ(laptop_.run({"import", "-"}, two_records).code, 0); }
  void damage(const std::string& table) const {
    studiosync::damage(laptop_.data() + "/local.db", table);
  }
  // Nothing is claimed, and the error tells that the store is to blame.
  void expect_store_error(const std::vector<std::string>& verb) const {
    SCOPED_TRACE(verb.front() + " " + verb.back());
    const Ran ran = laptop_.run(verb);
    EXPECT_EQ(ran.code, 7);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.errors, "");
    EXPECT_EQ(laptop_.json(verb).code, 7);
  }

  static constexpr const char* two_records =
      R"({"type":"connection","id":"c1","data":{"name":"Shop","type":"postgres","host":"db"}})"
      "\n"
      R"({"type":"saved_query","id":"q1","data":{"name":"Orders","query":"SELECT 1"}})";
  CliDevice laptop_ = folder("laptop");
};

TEST_F(DamagedStoreTest, RecordsThatCannotBeReadAreNotMissing) {
  damage("connection_templates");
  expect_store_error({"list", "connection"});
  expect_store_error({"get", "connection", "c1"});
  expect_store_error({"delete", "connection", "c1"});
  expect_store_error({"put", "connection", "c1", "--merge", "--json", R"({"host":"db2"})"});
  EXPECT_EQ(laptop_.run({"get", "saved_query", "q1"}).code, 0);
  EXPECT_EQ(laptop_.json({"list", "saved_query"}).objects().size(), 1U);
}

TEST_F(DamagedStoreTest, AQueueThatCannotBeReadIsNotEmpty) {
  damage("connection_templates_by_pending_edit");
  expect_store_error({"queue"});
  expect_store_error({"status"});
}

TEST_F(DamagedStoreTest, ListsThatCannotBeReadAreNotEmpty) {
  damage("sync_rejected");
  damage("originals");
  damage(conflict_ids);
  expect_store_error({"rejected", "list"});
  expect_store_error({"rejected", "retry", "--held"});
  expect_store_error({"rejected", "discard", "01890a5d-ac96-774b-bcce-b302099a8057"});
  expect_store_error({"originals", "list"});
  expect_store_error({"originals", "show", "1"});
  expect_store_error({"originals", "discard", "1"});
  expect_store_error({"status"});
}

TEST_F(DamagedStoreTest, ASearchThatFailsHasNotFoundNothing) {
  damage("saved_queries");
  expect_store_error({"search", "orders"});
}

TEST_F(DamagedStoreTest, AnIdentityThatCannotBeReadIsNotReplaced) {
  damage("sync_metadata");
  expect_store_error({"list", "saved_query"});
  expect_store_error({"put", "saved_query", "q2", "--json", R"({"name":"n","query":"q"})"});
}

TEST_F(DamagedStoreTest, DoctorSaysSoOfTheQueue) {
  damage("connection_templates_by_pending_edit");
  const Ran ran = laptop_.json({"doctor"});
  EXPECT_EQ(ran.code, 7);
  bool told = false;
  const Json report = ran.json();
  for (const Json& check : report.find("checks")->items()) {
    told = told || (text(check, "check") == "queue" && text(check, "level") == "fail");
  }
  EXPECT_TRUE(told) << ran.out;
}

class DamagedAccountTest : public SyncctlTest {
 protected:
  DamagedAccountTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    EXPECT_EQ(laptop_->run({"sync"}).code, 0);
    const std::string query = R"({"name":"Orders","query":"SELECT 1"})";
    EXPECT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", query}).code, 0);
  }
  void damage(const std::string& table) const {
    const std::string user =
        text(laptop_->json({"login", "--password-file", laptop_->home() + "/password"}).json(),
             "user_id");
    studiosync::damage(laptop_->data() + "/account-" + user + ".db", table);
  }

  std::optional<CliDevice> laptop_;
};

TEST_F(DamagedAccountTest, IsNotInSyncWithAQueueThatCannotBeRead) {
  damage("saved_queries_by_pending_edit");
  for (const char* verb : {"sync", "status"}) {
    const Ran ran = laptop_->run({verb});
    EXPECT_EQ(ran.code, 7) << ran.errors;
    EXPECT_EQ(ran.out, "");
  }
}

TEST_F(DamagedAccountTest, ConflictsThatCannotBeReadAreNotGone) {
  damage(conflict_ids);
  for (const std::vector<std::string>& verb : {std::vector<std::string>{"conflicts", "list"},
                                               {"conflicts", "show", "x"},
                                               {"conflicts", "resolve", "x", "--choose", "local"},
                                               {"why"},
                                               {"sync"}}) {
    const Ran ran = laptop_->run(verb);
    EXPECT_EQ(ran.code, 7) << verb.front() << ran.errors;
    EXPECT_EQ(ran.out, "") << verb.front();
  }
}

}  // namespace
}  // namespace studiosync::client
