#include "os/file_lock.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <optional>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::os {
namespace {

class FileLocks : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  const std::string path_ = folder_.file("lock");
};

TEST_F(FileLocks, HaveOneOwnerAtATime) {
  std::optional<Result<FileLock>> first = FileLock::take(path_);
  ASSERT_TRUE(*first);
  const auto second = FileLock::take(path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::store_locked);
  first.reset();
  EXPECT_TRUE(FileLock::take(path_));
}

TEST_F(FileLocks, MoveWithTheirOwner) {
  auto taken = FileLock::take(path_);
  ASSERT_TRUE(taken);
  {
    const FileLock owner = std::move(*taken);
    EXPECT_FALSE(FileLock::take(path_));
  }
  EXPECT_TRUE(FileLock::take(path_));
}

TEST_F(FileLocks, LieInFilesOfTheUserAlone) {
  ASSERT_TRUE(FileLock::take(path_));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(FileLocks, TellAFolderThatIsMissingFromALockThatIsHeld) {
  const auto lock = FileLock::take(folder_.file("missing/lock"));
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::store_error);
}

}  // namespace
}  // namespace studiosync::os
