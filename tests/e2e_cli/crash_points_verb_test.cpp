#include <gtest/gtest.h>

#include "e2e/cli/exit_code.hpp"
#include "tests/e2e_cli/syncsim.hpp"

namespace studiosync::e2e {
namespace {

using testing::Ran;
using testing::syncsim;

void expect_named(std::vector<std::string> options, const char* option, const char* allowed) {
  options.insert(options.begin(), "crashpoints");
  const Ran ran = syncsim(options);
  EXPECT_EQ(ran.code, exit_usage);
  EXPECT_NE(ran.err.find(option), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find(allowed), std::string::npos) << ran.err;
}

TEST(CrashPointsVerb, ARefusalNamesTheOptionAndWhatItMayBe) {
  expect_named({"--side", "moon"}, "--side", "device");
  expect_named({"--mode", "soft"}, "--mode", "torn-4096");
  expect_named({"--faults", "--fault", "quake"}, "--fault", "no-memory");
  expect_named({"--stride", "0"}, "--stride", "");
  expect_named({"--faults", "--visit-every", "0"}, "--visit-every", "");
  expect_named({"--seed", "0"}, "--seed", "");
}

TEST(CrashPointsVerb, WhatOnlyOneOfTheSweepsKnowsIsRefusedWithTheOther) {
  expect_named({"--fault", "busy"}, "--fault", "--faults");
  expect_named({"--visit-every", "1"}, "--visit-every", "--faults");
  expect_named({"--faults", "--mode", "kept"}, "--mode", "--faults");
}

TEST(CrashPointsVerb, SaysHowManyStepsWereLeftOut) {
  const Ran ran = syncsim({"crashpoints", "--side", "server", "--faults", "--fault", "busy",
                           "--ops", "3", "--visit-every", "2", "--stride", "9"});
  EXPECT_EQ(ran.code, exit_fine) << ran.out;
  EXPECT_NE(ran.out.find("3 steps, 2 visited ("), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("1 left out"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("one call in 9"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace studiosync::e2e
