// A load tester that cannot find a loss is worth nothing: losses are planted and found.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/loadtest/live/load_fixture.hpp"
#include "tests/support/live/live_device.hpp"

namespace studiosync::load {
namespace {

class PlantedLoss : public testing::Test {
 protected:
  PlantedLoss() : login_(server_.sign_up("ann")) {
    std::ofstream(folder_.file("users.jsonl")) << account_line(login_);
  }

  RunOptions options() {
    RunOptions options = short_run(server_.url(), "steady");
    options.users = 1;
    options.users_file = folder_.file("users.jsonl");
    return options;
  }

  TemporaryFolder folder_;
  test::LiveServer server_{without_limits()};
  client::Login login_;
  Meddler meddler_;
};

void delete_one_record(test::LiveDevice& device) {
  device.online();
  ASSERT_EQ(device.sync(), "");
  std::string victim;
  device.host().with_store([&](client::SqliteDeviceStore& store) {
    victim = store.list(EntityType::saved_query, "", 1).at(0).id;
  });
  ASSERT_TRUE(device.host().remove(EntityType::saved_query, victim).has_value());
  ASSERT_EQ(device.sync(), "");
}

TEST_F(PlantedLoss, ARecordDeletedBehindTheTestersBackIsMissing) {
  test::LiveDevice other(login_, "other");
  meddler_.on["verifying"] = [&] { delete_one_record(other); };
  const auto results = run_load(options(), meddler_);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->verification.missing, 1U);
  EXPECT_EQ(results->verification.found + 1, results->verification.acknowledged);
  EXPECT_EQ(results->verification.examples.size(), 1U);
  EXPECT_FALSE(results->passed);
}

TEST_F(PlantedLoss, AServerOnAnOlderFolderHasLostWhatCameLater) {
  const std::string backup = folder_.file("backup");
  const auto copy = std::filesystem::copy_options::recursive;
  meddler_.on["measuring"] = [&] {
    server_.stop();
    std::filesystem::copy(server_.data_folder(), backup, copy);
    server_.start();
  };
  meddler_.on["verifying"] = [&] {
    server_.stop();
    std::filesystem::remove_all(server_.data_folder());
    std::filesystem::copy(backup, server_.data_folder(), copy);
    server_.start();
  };
  RunOptions many = options();
  many.rate = 150;  // more than what devices remember, and give back
  const auto results = run_load(many, meddler_);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_GT(results->verification.missing + results->verification.different, 0U);
  EXPECT_FALSE(results->passed);
}

TEST_F(PlantedLoss, WithoutOneNothingIsFound) {
  const auto results = run_load(options(), meddler_);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_TRUE(results->verification.done);
  EXPECT_TRUE(results->verification.lossless());
}

TEST(ThrottledGenerator, MakesTheResultInvalid) {
  test::LiveServer server{without_limits()};
  Meddler nobody;
  RunOptions options = short_run(server.url(), "steady");
  options.rate = 500'000;  // more than a thread can start
  options.records = 0;
  const auto results = run_load(options, nobody);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_FALSE(results->self.valid);
  EXPECT_NE(results->self.reason.find("were started"), std::string::npos) << results->self.reason;
  EXPECT_FALSE(results->passed);
  EXPECT_TRUE(results->verification.lossless());
}

TEST(Target, ThatIsNotThereIsRefusedAtOnce) {
  Meddler nobody;
  const auto results = run_load(short_run("http://127.0.0.1:1", "steady"), nobody);
  ASSERT_FALSE(results.has_value());
  EXPECT_EQ(results.error().code, ErrorCode::connection_refused);
}

}  // namespace
}  // namespace studiosync::load
