#include "os/file_lock.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <optional>
#include <thread>

#include "os/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::os {
namespace {

class FileLockTest : public testing::Test {
 protected:
  std::optional<ErrorCode> refusal() {
    const auto lock = FileLock::take(path_);
    return lock ? std::nullopt : std::optional(lock.error().code);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.file("lock");
};

TEST_F(FileLockTest, HasOneOwnerAtATime) {
  {
    const auto first = FileLock::take(path_);
    ASSERT_TRUE(first);
    EXPECT_EQ(refusal(), ErrorCode::store_locked);
  }
  EXPECT_EQ(refusal(), std::nullopt);
}

TEST_F(FileLockTest, CreatesAFileForItsOwnerOnly) {
  ASSERT_TRUE(FileLock::take(path_));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(FileLockTest, SaysThatTheFileCannotBeMade) {
  const auto lock = FileLock::take(folder_.file("missing/lock"));
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::store_error);
}

TEST_F(FileLockTest, MovesToAnotherOwner) {
  std::optional<FileLock> kept;
  {
    auto first = FileLock::take(path_);
    ASSERT_TRUE(first);
    kept.emplace(std::move(*first));
  }
  EXPECT_EQ(refusal(), ErrorCode::store_locked);
  kept.reset();
  EXPECT_EQ(refusal(), std::nullopt);
}

TEST_F(FileLockTest, WaitsUntilTheOwnerLetsGo) {
  std::atomic<bool> released = false;
  auto first = std::make_optional(FileLock::take(path_).value());
  std::thread second([&] {
    EXPECT_TRUE(FileLock::wait(path_));
    EXPECT_TRUE(released);
  });
  released = true;
  first.reset();
  second.join();
}

TEST_F(FileLockTest, ShowsOthersWhatItsOwnerTellsAndNothingOfAnEarlierOne) {
  {
    auto first = FileLock::take(path_);
    ASSERT_TRUE(first);
    EXPECT_EQ(FileLock::told(path_), "");
    first->tell("a longer line");
    first->tell("short");
    EXPECT_EQ(refusal(), ErrorCode::store_locked);
    EXPECT_EQ(FileLock::told(path_), "short");
  }
  const auto second = FileLock::take(path_);
  EXPECT_EQ(FileLock::told(path_), "");
  EXPECT_EQ(FileLock::told(folder_.file("missing")), "");
}

TEST_F(FileLockTest, IsFreeAgainWhenItsProcessIsKilled) {
  auto owner = ChildProcess::start(
      {"flock", "--no-fork", path_, "sh", "-c", "echo held; exec sleep infinity"});
  ASSERT_TRUE(owner);
  ASSERT_EQ(owner->read_line(Millis{20'000}).value_or(""), "held");
  EXPECT_EQ(refusal(), ErrorCode::store_locked);
  owner->kill();
  EXPECT_EQ(refusal(), std::nullopt);
}

}  // namespace
}  // namespace studiosync::os
