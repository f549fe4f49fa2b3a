// Records made before there was an account: taken along or kept aside, never dropped.
#include <algorithm>
#include <filesystem>

#include "tests/client/cli/cli_fixture.hpp"
#include "tests/support/damage/damaged_page.hpp"

namespace studiosync::client {
namespace {

constexpr const char* orders = R"({"name":"Orders","query":"SELECT 1"})";

class ExistingDataTest : public SyncctlTest {
 protected:
  ExistingDataTest() {
    start_server();
    other_.emplace(device("other"));
    EXPECT_EQ(
        laptop_
            .run({"put", "saved_query", "q1", "--json", R"({"name":"Local","query":"SELECT 1"})"})
            .code,
        0);
  }
  Ran set_up(const std::vector<std::string>& further) {
    auto words = setup_words(url_);
    words.insert(words.end(), {"--password-file", laptop_.home() + "/password"});
    words.insert(words.end(), further.begin(), further.end());
    return laptop_.json(words);
  }
  Ran set_up_as_bob(const std::vector<std::string>& further) {
    std::vector<std::string> words{"setup",
                                   "--server",
                                   url_,
                                   "--email",
                                   "bob@example.com",
                                   "--password-file",
                                   laptop_.home() + "/password",
                                   "--register",
                                   "--username",
                                   "bob"};
    words.insert(words.end(), further.begin(), further.end());
    return laptop_.run(words);
  }

  CliDevice laptop_ = folder("laptop");
  std::optional<CliDevice> other_;
};

TEST_F(ExistingDataTest, NeedsADecision) {
  const Ran ran = set_up({});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.errors.find("--existing"), std::string::npos);
  EXPECT_EQ(laptop_.run({"status"}).code, 2);
  EXPECT_EQ(laptop_.run({"get", "saved_query", "q1"}).code, 0);
}

// The refusal must not leave an account behind that makes the next attempt fail.
TEST_F(ExistingDataTest, NeedsADecisionBeforeAnAccountIsMade) {
  EXPECT_EQ(set_up_as_bob({}).code, 1);
  const Ran ran = set_up_as_bob({"--existing", "upload"});
  EXPECT_EQ(ran.code, 0) << ran.errors;
}

TEST_F(ExistingDataTest, IsUploadedWhenAsked) {
  ASSERT_EQ(set_up({"--existing", "upload"}).code, 0);
  ASSERT_EQ(laptop_.run({"sync"}).code, 0);
  ASSERT_EQ(other_->run({"sync"}).code, 0);
  EXPECT_EQ(other_->run({"get", "saved_query", "q1"}).code, 0);
}

TEST_F(ExistingDataTest, IsKeptAsideWhenTheUserStartsFresh) {
  const Ran ran = set_up({"--existing", "fresh"});
  ASSERT_EQ(ran.code, 0);
  EXPECT_NE(text(ran.json(), "note").find("kept aside"), std::string::npos);
  EXPECT_EQ(laptop_.run({"get", "saved_query", "q1"}).code, 8);
  ASSERT_EQ(laptop_.run({"sync"}).code, 0);
  ASSERT_EQ(other_->run({"sync"}).code, 0);
  EXPECT_EQ(other_->run({"get", "saved_query", "q1"}).code, 8);

  // The old database is whole: as the local one of another folder it shows the record.
  const CliDevice rescued = folder("rescued");
  std::filesystem::create_directory(rescued.data());
  for (const auto& entry : std::filesystem::directory_iterator(laptop_.data())) {
    const std::string name = entry.path().filename();
    if (!name.starts_with("local-")) continue;
    std::filesystem::copy(entry.path(), rescued.data() + "/local.db");
  }
  EXPECT_EQ(rescued.run({"get", "saved_query", "q1"}).code, 0);
}

// Neither joined to the account unread nor replaced by what comes back when the device leaves it.
TEST_F(ExistingDataTest, IsNotOverwrittenWhereItCannotBeRead) {
  damage(laptop_.data() + "/local.db", "saved_queries");
  EXPECT_EQ(set_up({}).code, 7);
  EXPECT_EQ(set_up({"--existing", "upload"}).code, 7);
  ASSERT_EQ(set_up({"--existing", "fresh"}).code, 0);
  ASSERT_EQ(laptop_.run({"disable"}).code, 0);
  const auto kept = [](const std::filesystem::directory_entry& entry) {
    return entry.path().filename().string().starts_with("local-");
  };
  const std::filesystem::directory_iterator files(laptop_.data());
  EXPECT_EQ(std::count_if(begin(files), end(files), kept), 1);
}

// An earlier setup left the account's database here; two cannot become one. Nothing is moved.
TEST_F(ExistingDataTest, IsNotUploadedOverADatabaseOfTheAccount) {
  ASSERT_EQ(set_up({"--existing", "upload"}).code, 0);
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q2", "--json", orders}).code, 0);
  ASSERT_EQ(laptop_.run({"sync"}).code, 0);
  ASSERT_EQ(set_up_as_bob({}).code, 0);
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  ASSERT_EQ(laptop_.run({"put", "saved_query", "q3", "--json", orders}).code, 0);
  ASSERT_EQ(laptop_.run({"disable"}).code, 0);

  const Ran refused = set_up({"--existing", "upload"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(laptop_.run({"status"}).code, 2);
  EXPECT_EQ(laptop_.run({"get", "saved_query", "q3"}).code, 0);

  // The way that it names.
  for (const char* step : {"export", "--existing fresh", "import"}) {
    EXPECT_NE(refused.errors.find(step), std::string::npos) << refused.errors;
  }
  const std::string file = laptop_.home() + "/records";
  ASSERT_EQ(laptop_.run({"export", file}).code, 0);
  ASSERT_EQ(set_up({"--existing", "fresh"}).code, 0);
  ASSERT_EQ(laptop_.run({"import", file}).code, 0);
  ASSERT_EQ(laptop_.run({"sync"}).code, 0);
  ASSERT_EQ(other_->run({"sync"}).code, 0);
  for (const char* id : {"q1", "q2", "q3"}) {
    EXPECT_EQ(other_->run({"get", "saved_query", id}).code, 0) << id;
  }
  EXPECT_EQ(text(*other_->json({"get", "saved_query", "q1"}).json().find("data"), "name"),
            "Orders");
}

TEST_F(ExistingDataTest, IsNoQuestionForAnEmptyFolder) {
  ASSERT_EQ(laptop_.run({"delete", "saved_query", "q1"}).code, 0);
  EXPECT_EQ(set_up({}).code, 0);
}

}  // namespace
}  // namespace studiosync::client
