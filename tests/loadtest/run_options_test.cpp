#include "loadtest/run/run_options.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "loadtest/run/accounts.hpp"
#include "loadtest/run/workers.hpp"

namespace studiosync::load {
namespace {

RunOptions local() {
  RunOptions options;
  options.target = "http://127.0.0.1:8080";
  return options;
}

TEST(RunOptions, AnotherMachineIsLoadedOnlyByNamingIt) {
  RunOptions options = local();
  EXPECT_TRUE(check_options(options).has_value());
  options.target = "https://sync.example.com";
  const auto refused = check_options(options);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("--i-may-load sync.example.com"), std::string::npos);
  options.permitted_host = "example.com";
  EXPECT_FALSE(check_options(options).has_value());
  options.permitted_host = "sync.example.com";
  EXPECT_TRUE(check_options(options).has_value());
}

TEST(RunOptions, WhatCannotBeRunIsRefusedBeforehand) {
  RunOptions options = local();
  options.target = "127.0.0.1:8080";
  EXPECT_FALSE(check_options(options).has_value());
  options = local();
  options.scenario = "panic";
  EXPECT_FALSE(check_options(options).has_value());
  options = local();
  options.scenario = "conflict";
  options.devices = 1;
  EXPECT_FALSE(check_options(options).has_value());
  options = local();
  options.thresholds = {"error_rate<much"};
  EXPECT_FALSE(check_options(options).has_value());
  options = local();
  options.users = 100'000'000;
  const auto refused = check_options(options);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("ulimit -n"), std::string::npos);
}

TEST(RunOptions, ManyDevicesOnTheLoopbackComeFromSeveralAddresses) {
  RunOptions options = local();
  options.users = 1'000;
  EXPECT_TRUE(source_addresses(options).empty());
  options.devices = 50;
  const auto addresses = source_addresses(options);
  ASSERT_EQ(addresses.size(), 5U);
  EXPECT_EQ(addresses[0], "127.0.0.2");
  EXPECT_EQ(addresses[4], "127.0.0.6");
  options.target = "https://sync.example.com";
  EXPECT_TRUE(source_addresses(options).empty());
}

TEST(RunOptions, EachReaderOfADownloadIsAConnection) {
  RunOptions options = local();
  options.scenario = "download";
  options.rate = 500;
  options.duration = std::chrono::seconds(60);
  EXPECT_FALSE(source_addresses(options).empty());
  options.rate = 50;
  EXPECT_TRUE(source_addresses(options).empty());
}

// A rate by the number of users differs from run to run as one that was asked for.
TEST(RunOptions, TheRateIsToldAlsoWhereTheScenarioChoosesIt) {
  RunOptions options = local();
  const std::string few = described(options).at("rate");
  options.users = 20;
  EXPECT_NE(described(options).at("rate"), few);
  options.rate = 7;
  EXPECT_EQ(described(options).at("rate"), "7");
}

std::string value_after(const std::vector<std::string>& command, const std::string& name) {
  const auto at = std::ranges::find(command, name);
  return at == command.end() ? "" : *(at + 1);
}

TEST(Workers, DealOutUsersAndRate) {
  RunOptions options = local();
  options.users = 10;
  options.rate = 100;
  options.users_file = "users.jsonl";
  std::size_t users = 0;
  double rate = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto command = worker_command(options, 3, i, "syncload", "out.json");
    EXPECT_EQ(value_after(command, "--users-skip"), std::to_string(users));
    users += std::stoul(value_after(command, "--users"));
    rate += std::stod(value_after(command, "--rate"));
    EXPECT_EQ(value_after(command, "--target"), options.target);
  }
  EXPECT_EQ(users, 10U);
  EXPECT_DOUBLE_EQ(rate, 100);
}

TEST(Accounts, AreLinesOfTheServersOwnMaking) {
  const auto account = parse_account(
      R"({"user_id":"u1","email":"a@example.test","username":"a","password":"p","token":"t",)"
      R"("refresh_token":"r","expires_at":"2026-01-31T12:00:00.000Z"})");
  ASSERT_TRUE(account.has_value());
  EXPECT_EQ(account->user_id, "u1");
  EXPECT_EQ(account->token, "t");
  EXPECT_EQ(account->expires.unix_ms, 1'769'860'800'000);
  EXPECT_FALSE(parse_account(R"({"user_id":"u1"})").has_value());
  EXPECT_FALSE(parse_account("no JSON").has_value());
}

}  // namespace
}  // namespace studiosync::load
