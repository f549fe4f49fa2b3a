#include "server/ops/logging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/base/json.hpp"

namespace studiosync::server {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Logging : public testing::Test {
 protected:
  ~Logging() override { stop_logging(); }

  void start(bool json, Level level = Level::info) {
    start_logging({.level = level, .json = json, .out = &out_});
  }
  Json line() const { return parse_json(out_.str()).value_or(Json()); }

  std::ostringstream out_;
};

TEST_F(Logging, WritesOneJsonObjectALineInProduction) {
  start(true);
  log_event(Level::warn, "push_applied", {{"device", "d-1"}, {"changes", 3}, {"resync", false}});
  const Json written = line();
  ASSERT_TRUE(written.is_object()) << out_.str();
  EXPECT_EQ(*written.find("level"), Json("warning"));
  EXPECT_EQ(*written.find("event"), Json("push_applied"));
  EXPECT_EQ(*written.find("device"), Json("d-1"));
  EXPECT_EQ(*written.find("changes"), Json(3));
  EXPECT_EQ(*written.find("resync"), Json(false));
  EXPECT_EQ(written.find("time")->as_string().size(), 24U);
}

TEST_F(Logging, WritesReadableLinesInDevelopment) {
  start(false);
  log_event(Level::info, "push_applied", {{"device", "d-1"}, {"changes", 3}});
  EXPECT_THAT(out_.str(), EndsWith("push_applied device=d-1 changes=3\n"));
}

TEST_F(Logging, KeepsALineALineWhateverAPeerSends) {
  start(false);
  log_event(Level::info, "device_seen", {{"name", "lap\ntop login_failed user=x"}});
  EXPECT_THAT(out_.str(), EndsWith("device_seen name=\"lap\\ntop login_failed user=x\"\n"));
}

TEST_F(Logging, StaysJsonWhenATextIsNoUtf8OrLooksLikeAFormat) {
  start(true);
  log_event(Level::info, "device_seen", {{"name", "a\xFF\"{}"}});
  const Json written = line();
  ASSERT_TRUE(written.is_object()) << out_.str();
  EXPECT_EQ(*written.find("name"), Json("a?\"{}"));
}

TEST_F(Logging, LeavesOutWhatIsBelowTheLevel) {
  start(true, Level::warn);
  log_event(Level::info, "push_applied");
  EXPECT_EQ(out_.str(), "");
  log_event(Level::error, "commit_failed");
  EXPECT_THAT(out_.str(), HasSubstr("commit_failed"));
}

TEST_F(Logging, GoesNowhereBeforeItIsStarted) {
  log_event(Level::error, "commit_failed");
  EXPECT_EQ(out_.str(), "");
}

TEST(LogLevel, IsReadByName) {
  EXPECT_EQ(parse_level("debug"), Level::debug);
  EXPECT_EQ(parse_level("warn"), Level::warn);
  EXPECT_EQ(parse_level("error"), Level::error);
  EXPECT_EQ(parse_level("info"), Level::info);
}

}  // namespace
}  // namespace studiosync::server
