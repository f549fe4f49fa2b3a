// put, get, list, delete, search: all of them without any server.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr const char* orders = R"({"name":"Orders","query":"SELECT * FROM orders"})";

class RecordVerbsTest : public SyncctlTest {
 protected:
  std::string name_of(const std::string& id) {
    const Ran ran = laptop_.json({"get", "saved_query", id});
    if (ran.code != 0) return {};
    return text(*ran.json().find("data"), "name");
  }

  CliDevice laptop_ = folder("laptop");
};

TEST_F(RecordVerbsTest, PutsARecordFromTheCommandLine) {
  const Ran ran = laptop_.json({"put", "saved_query", "q1", "--json", orders});
  ASSERT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(ran.json().dump(),
            R"({"id":"q1","local_only":false,"queued":true,"redacted":[],"type":"saved_query"})");
  EXPECT_EQ(name_of("q1"), "Orders");
}

TEST_F(RecordVerbsTest, PutsARecordFromAFile) {
  const std::string path = laptop_.file("orders.json", orders);
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q1", "--file", path}).code, 0);
  EXPECT_EQ(name_of("q1"), "Orders");
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q2", "--file", "/no/such/file"}).code, 8);
}

TEST_F(RecordVerbsTest, PutsARecordFromStandardInput) {
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q1", "--file", "-"}, orders).code, 0);
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q2", "-"}, orders).code, 0);
  EXPECT_EQ(name_of("q1"), "Orders");
  EXPECT_EQ(name_of("q2"), "Orders");
}

TEST_F(RecordVerbsTest, GivesARecordAnIdWhenItHasNone) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"put", "saved_query", "-"}, {"put", "saved_query", "--file", "-"}}) {
    const Ran ran = laptop_.json(words, orders);
    ASSERT_EQ(ran.code, 0) << ran.errors;
    const std::string id = text(ran.json(), "id");
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(name_of(id), "Orders");
  }
}

TEST_F(RecordVerbsTest, ChangesOnlyTheFieldsThatAreGiven) {
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--merge", "--json", orders}).code, 0);
  ASSERT_EQ(laptop_
                .run({"put", "saved_query", "q1", "--merge", "--json",
                      R"({"folder":"monday","description":"d"})"})
                .code,
            0);
  ASSERT_EQ(laptop_
                .run({"put", "saved_query", "q1", "--merge", "--json",
                      R"({"query":"SELECT 2","description":null})"})
                .code,
            0);
  const Json record = laptop_.json({"get", "saved_query", "q1"}).json();
  const Json& data = *record.find("data");
  EXPECT_EQ(text(data, "name"), "Orders");
  EXPECT_EQ(text(data, "folder"), "monday");
  EXPECT_EQ(text(data, "query"), "SELECT 2");
  EXPECT_EQ(data.find("description"), nullptr);
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q1", "--merge", "--json", "[]"}).code, 1);
}

TEST_F(RecordVerbsTest, SaysThatNothingChanged) {
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  EXPECT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  EXPECT_EQ(laptop_.json({"queue"}).objects().size(), 1U);
}

TEST_F(RecordVerbsTest, SaysWhatStaysOnThisDevice) {
  const Ran ran = laptop_.json(
      {"put", "query_history", "h1", "--json",
       R"({"query":"SELECT 1","executed_at":"2026-01-01T00:00:00Z","privacy_mode":"private"})"});
  ASSERT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(text(ran.json(), "local_only"), "true");
  EXPECT_EQ(text(ran.json(), "queued"), "false");
  EXPECT_TRUE(laptop_.json({"queue"}).objects().empty());
}

TEST_F(RecordVerbsTest, SaysWhatOthersGetRedacted) {
  const std::string data =
      R"({"name":"a","query":"ALTER ROLE a PASSWORD 'q7Zx'; ALTER ROLE b PASSWORD 'q8Zx'"})";
  const Ran ran = laptop_.json({"put", "saved_query", "q1", "--json", data});
  ASSERT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(text(ran.json(), "redacted"),
            R"([{"count":2,"path":"$.query","rule":"sql.password_clause"}])");
  const Ran for_people = laptop_.run({"put", "saved_query", "q1", "--json", data});
  EXPECT_EQ(for_people.errors, "redacted in the cloud: sql.password_clause at $.query (2 times)\n");
  EXPECT_EQ(for_people.out.find("q7Zx"), std::string::npos);
}

TEST_F(RecordVerbsTest, RefusesAnIdThatIsACredentialWithoutRepeatingIt) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  const Ran ran = laptop_.json({"put", "saved_query", secret, "--json", orders});
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ((ran.out + ran.errors).find(secret), std::string::npos);
  const auto error = parse_json(ran.errors);
  ASSERT_TRUE(error);
  EXPECT_EQ(text(*error, "code"), "credential_leaked");
  EXPECT_EQ(text(*error, "path"), "$.id");
  EXPECT_TRUE(laptop_.json({"list", "saved_query"}).objects().empty());
}

TEST_F(RecordVerbsTest, ShowsARecordWithItsState) {
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Json record = laptop_.json({"get", "saved_query", "q1"}).json();
  EXPECT_EQ(text(record, "type"), "saved_query");
  EXPECT_EQ(text(record, "id"), "q1");
  EXPECT_EQ(text(record, "sync_version"), "0");
  EXPECT_EQ(text(record, "state"), "pending");
  const auto for_people = parse_json(laptop_.run({"get", "saved_query", "q1"}).out);
  ASSERT_TRUE(for_people);
  EXPECT_EQ(*for_people, record);
}

TEST_F(RecordVerbsTest, ListsRecordsOfAType) {
  for (const char* id : {"q2", "q1"}) {
    ASSERT_EQ(laptop_.run({"put", "saved_query", id, "--json", orders}).code, 0);
  }
  const auto records = laptop_.json({"list", "saved_query"}).objects();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(text(records[0], "id"), "q1");
  EXPECT_EQ(text(records[1], "id"), "q2");
  const auto lines = laptop_.run({"list", "saved-queries"}).lines();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[0].starts_with("ID")) << lines[0];
  EXPECT_NE(lines[1].find("Orders"), std::string::npos);
  EXPECT_TRUE(laptop_.json({"list", "connection"}).objects().empty());
}

TEST_F(RecordVerbsTest, DeletesARecord) {
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Ran ran = laptop_.json({"delete", "saved_query", "q1"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(text(ran.json(), "id"), "q1");
  EXPECT_EQ(laptop_.run({"get", "saved_query", "q1"}).code, 8);
  EXPECT_EQ(laptop_.run({"delete", "saved_query", "q1"}).code, 8);
}

TEST_F(RecordVerbsTest, SaysThatThereIsNoSuchRecord) {
  const Ran ran = laptop_.json({"get", "saved_query", "none"});
  EXPECT_EQ(ran.code, 8);
  EXPECT_EQ(ran.out, "");
  const auto error = parse_json(ran.errors);
  ASSERT_TRUE(error);
  EXPECT_EQ(text(*error, "code"), "not_found");
}

TEST_F(RecordVerbsTest, FindsWordsInQueries) {
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const auto hits = laptop_.json({"search", "ord"}).objects();
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(text(hits[0], "id"), "q1");
  EXPECT_NE(text(hits[0], "snippet").find("«"), std::string::npos);
  EXPECT_NE(laptop_.run({"search", "orders"}).out.find("q1"), std::string::npos);
  const Ran nothing = laptop_.run({"search", "customers"});
  EXPECT_EQ(nothing.code, 0);
  EXPECT_EQ(nothing.out, "nothing found\n");
  EXPECT_TRUE(laptop_.json({"search", "customers"}).objects().empty());
}

TEST_F(RecordVerbsTest, ShowsTheQueue) {
  EXPECT_EQ(laptop_.run({"queue"}).out, "the queue is empty\n");
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const auto rows = laptop_.json({"queue"}).objects();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(text(rows[0], "state"), "pending");
  EXPECT_EQ(text(rows[0], "action"), "put");
  EXPECT_NE(laptop_.run({"queue"}).out.find("q1"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::client
