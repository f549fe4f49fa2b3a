// disable: back to local only; what is in the cloud stays there.
#include <filesystem>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class DisableVerbTest : public SyncctlTest {
 protected:
  DisableVerbTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    EXPECT_EQ(put("q1"), 0);
    EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  }
  int put(const std::string& id) {
    return laptop_->run({"put", "saved_query", id, "--json", R"({"name":"n","query":"q"})"}).code;
  }

  std::optional<CliDevice> laptop_;
};

TEST_F(DisableVerbTest, KeepsTheRecordsHereAndInTheCloud) {
  EXPECT_EQ(laptop_->run({"disable"}).code, 0);
  EXPECT_FALSE(std::filesystem::exists(laptop_->data() + "/auth.json"));
  EXPECT_EQ(laptop_->run({"sync"}).code, 2);
  EXPECT_EQ(laptop_->run({"get", "saved_query", "q1"}).code, 0);
  EXPECT_EQ(text(device("phone").json({"sync"}).json(), "received"), "1");
}

TEST_F(DisableVerbTest, IsDoneOnceAndCanBeSaidTwice) {
  EXPECT_EQ(laptop_->run({"disable"}).code, 0);
  EXPECT_EQ(put("q2"), 0);
  EXPECT_EQ(laptop_->run({"disable"}).code, 0);
  EXPECT_EQ(laptop_->run({"get", "saved_query", "q1"}).code, 0);
  EXPECT_EQ(laptop_->run({"get", "saved_query", "q2"}).code, 0);
}

TEST_F(DisableVerbTest, TheRecordsCanBeUploadedAgainWithoutCopies) {
  EXPECT_EQ(laptop_->run({"disable"}).code, 0);
  EXPECT_EQ(put("q2"), 0);
  auto words = setup_words(url_);
  words.insert(words.end(),
               {"--existing", "upload", "--password-file", laptop_->home() + "/password"});
  const Ran setup = laptop_->run(words);
  ASSERT_EQ(setup.code, 0) << setup.errors;
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  EXPECT_EQ(text(device("phone").json({"sync"}).json(), "received"), "2");
}

}  // namespace
}  // namespace studiosync::client
