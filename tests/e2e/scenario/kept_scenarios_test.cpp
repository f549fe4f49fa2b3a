// The scenarios that the project keeps, as files: each reads well and asks for something.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::Ge;
using ::testing::SizeIs;

std::vector<std::filesystem::path> kept_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(STUDIOSYNC_FIXTURES "/scenarios")) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(KeptScenarios, AreMany) {
  EXPECT_THAT(kept_files(), SizeIs(Ge(45U)));
}

TEST(KeptScenarios, AreWrittenAsTheyWouldBeWrittenAgain) {
  for (const auto& file : kept_files()) {
    const std::string text = text_of(file);
    const auto scenario = parse_scenario(text);
    ASSERT_TRUE(scenario.has_value())
        << file << scenario.error().path << ": " << scenario.error().message;
    EXPECT_EQ(to_json_text(*scenario), text) << file;
  }
}

TEST(KeptScenarios, SayWhatTheyAreAboutAndWhatMustHold) {
  for (const auto& file : kept_files()) {
    const auto scenario = parse_scenario(text_of(file));
    ASSERT_TRUE(scenario.has_value()) << file;
    EXPECT_EQ(scenario->name, file.stem().string());
    EXPECT_THAT(scenario->about, SizeIs(Ge(30U))) << file;
    EXPECT_TRUE(std::ranges::count(scenario->steps, Do::expect, &Step::what) > 0) << file;
  }
}

}  // namespace
}  // namespace studiosync::e2e
