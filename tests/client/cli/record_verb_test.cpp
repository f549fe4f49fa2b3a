// record: a device's history, written while other processes edit and sync.
#include <sys/stat.h>

#include <csignal>

#include "e2e/history/history_file.hpp"
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class RecordVerbTest : public SyncctlTest {
 protected:
  static constexpr Millis patience{20'000};

  RecordVerbTest() {
    start_server();
    laptop_.emplace(device("laptop"));
  }
  void put(const std::string& id, const std::string& sql) {
    const std::string data = R"({"name":"n","query":")" + sql + R"("})";
    EXPECT_EQ(laptop_->run({"put", "saved_query", id, "--json", data}).code, 0);
  }
  // Begins to record, and waits until it does.
  void record() {
    recording_.emplace(laptop_->start({"record", "--for", "30s"}));
    take_line();
  }
  void take_line() {
    const auto line = recording_->read_line(patience);
    ASSERT_TRUE(line);
    trace_ += *line + '\n';
  }
  void take_until(const std::string& kind) {
    const std::string wanted = R"("kind":")" + kind + '"';
    while (!testing::Test::HasFatalFailure() && trace_.find(wanted) == std::string::npos) {
      take_line();
    }
  }
  void stop() {
    recording_->signal(SIGTERM);
    EXPECT_EQ(recording_->wait(patience).value_or(-1), 0);
  }

  std::optional<CliDevice> laptop_;
  std::optional<os::ChildProcess> recording_;
  std::string trace_;
};

TEST_F(RecordVerbTest, TellsTheWayOfAnEditAsAHistory) {
  record();
  put("q1", "SELECT 1");
  EXPECT_EQ(laptop_->run({"sync"}).code, 0);
  take_until("acknowledged");
  stop();
  const auto history = e2e::parse_history(trace_);
  ASSERT_TRUE(history) << history.error().message << trace_;
  ASSERT_EQ(history->size(), 4U) << trace_;
  const auto* edited = std::get_if<e2e::Edited>(&history->at(1).what);
  const auto* frozen = std::get_if<e2e::FrozenEdit>(&history->at(2).what);
  const auto* answer = std::get_if<e2e::Acknowledged>(&history->at(3).what);
  ASSERT_TRUE(edited && frozen && answer) << trace_;
  EXPECT_EQ(edited->before, "");
  EXPECT_NE(edited->after.find("SELECT 1"), std::string::npos);
  EXPECT_EQ(frozen->change, answer->change);
  EXPECT_EQ(answer->status, Status::applied);
  EXPECT_EQ(history->at(1).lane, "laptop");
}

TEST_F(RecordVerbTest, BeginsWithWhatIsUnderWay) {
  put("q1", "SELECT 1");
  record();
  take_until("edited");
  stop();
  EXPECT_TRUE(e2e::parse_history(trace_)) << trace_;
}

TEST_F(RecordVerbTest, WritesNoCredential) {
  record();
  put("q1", "CREATE USER app IDENTIFIED BY 'hunter2trombone'");
  take_until("edited");
  stop();
  EXPECT_NE(trace_.find("[REDACTED]"), std::string::npos) << trace_;
  EXPECT_EQ(trace_.find("hunter2trombone"), std::string::npos);
}

TEST_F(RecordVerbTest, EndsByItselfAndWritesAFileForItsOwnerOnly) {
  const std::string file = laptop_->home() + "/trace.jsonl";
  EXPECT_EQ(laptop_->run({"record", "--out", file, "--for", "200ms"}).code, 0);
  struct stat facts {};
  ASSERT_EQ(::stat(file.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  EXPECT_EQ(laptop_->run({"record", "--out", "/no/such/folder/x", "--for", "200ms"}).code, 7);
}

}  // namespace
}  // namespace studiosync::client
