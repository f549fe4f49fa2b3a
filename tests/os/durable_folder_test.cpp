#include "os/durable_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::os {
namespace {

namespace fs = std::filesystem;

class DurableFolder : public testing::Test {
 protected:
  DurableFolder() {
    fs::create_directory(unfinished_);
    std::ofstream(unfinished_ + "/a") << "content";
  }

  TemporaryFolder folder_;
  const std::string unfinished_ = folder_.file("unfinished");
  const std::string final_ = folder_.file("final");
};

TEST_F(DurableFolder, GetsItsNameWithEverythingInIt) {
  ASSERT_TRUE(publish_folder(unfinished_, final_));
  EXPECT_FALSE(fs::exists(unfinished_));
  EXPECT_TRUE(fs::exists(final_ + "/a"));
}

TEST_F(DurableFolder, TakesThePlaceOfAnEmptyOne) {
  fs::create_directory(final_);
  ASSERT_TRUE(publish_folder(unfinished_, final_));
  EXPECT_TRUE(fs::exists(final_ + "/a"));
}

TEST_F(DurableFolder, NeverTakesThePlaceOfAFullOneOrOfAFile) {
  fs::create_directory(final_);
  std::ofstream(final_ + "/b") << "other";
  const auto over_folder = publish_folder(unfinished_, final_);
  ASSERT_FALSE(over_folder);
  EXPECT_EQ(over_folder.error().code, ErrorCode::already_exists);
  const auto over_file = publish_folder(unfinished_, final_ + "/b");
  ASSERT_FALSE(over_file);
  EXPECT_EQ(over_file.error().code, ErrorCode::already_exists);
  EXPECT_TRUE(fs::exists(unfinished_ + "/a"));
}

TEST_F(DurableFolder, ReportsWhatIsMissing) {
  const auto published = publish_folder(folder_.file("none"), final_);
  ASSERT_FALSE(published);
  EXPECT_EQ(published.error().code, ErrorCode::store_error);
}

class DurableFile : public testing::Test {
 protected:
  DurableFile() { std::ofstream(from_) << "content"; }

  TemporaryFolder folder_;
  const std::string from_ = folder_.file("from");
  const std::string to_ = folder_.file("to");
};

TEST_F(DurableFile, GetsAnotherName) {
  ASSERT_TRUE(move_file(from_, to_));
  EXPECT_FALSE(fs::exists(from_));
  EXPECT_EQ(fs::file_size(to_), 7U);
}

TEST_F(DurableFile, NeverTakesThePlaceOfAnother) {
  std::ofstream(to_) << "other";
  const auto moved = move_file(from_, to_);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, ErrorCode::already_exists);
  EXPECT_EQ(fs::file_size(to_), 5U);
  EXPECT_TRUE(fs::exists(from_));
}

TEST_F(DurableFile, ReportsWhatIsMissing) {
  const auto moved = move_file(folder_.file("none"), to_);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, ErrorCode::store_error);
}

}  // namespace
}  // namespace studiosync::os
