#include "os/private_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::os {
namespace {

class PrivateFile : public ::testing::Test {
 protected:
  std::optional<std::string> text() const {
    auto read = read_private_file(path_, 1000);
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : std::nullopt;
  }
  ErrorCode refusal(std::size_t bytes_max = 1000) const {
    const auto read = read_private_file(path_, bytes_max);
    EXPECT_FALSE(read);
    return read ? ErrorCode::not_found : read.error().code;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("secret");
};

TEST_F(PrivateFile, IsNothingBeforeItIsWritten) {
  EXPECT_EQ(text(), std::nullopt);
}

TEST_F(PrivateFile, IsReplacedAsAWholeAndForItsOwnerOnly) {
  ASSERT_TRUE(write_private_file(path_, "a longer first text"));
  ASSERT_TRUE(write_private_file(path_, "second"));
  EXPECT_EQ(text(), "second");
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_EQ(files(), 1U);
}

TEST_F(PrivateFile, StaysPrivateWhenACrashLeftAnOpenUnfinishedOne) {
  const std::string unfinished = path_ + "." + std::to_string(::getpid()) + ".new";
  std::ofstream(unfinished) << "half";
  ::chmod(unfinished.c_str(), 0644);
  ASSERT_TRUE(write_private_file(path_, "whole"));
  EXPECT_EQ(text(), "whole");
}

// A signal that another thread was meant to get, or that only wakes a process, is no failure.
TEST_F(PrivateFile, IsReadThroughSignals) {
  static std::atomic<int> signals;
  struct sigaction interrupt {};
  interrupt.sa_handler = [](int) { ++signals; };  // and reading does not go on by itself
  struct sigaction before {};
  ::sigaction(SIGUSR1, &interrupt, &before);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);  // a file that is long in coming
  std::thread reader([this] { EXPECT_EQ(text(), "late"); });
  const int writer = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);  // both are there now
  for (int sent = 0; sent < 10'000 && signals < 100; ++sent) {
    ::pthread_kill(reader.native_handle(), SIGUSR1);
    std::this_thread::yield();
  }
  EXPECT_EQ(::write(writer, "late", 4), 4);
  ::close(writer);
  reader.join();
  ::sigaction(SIGUSR1, &before, nullptr);
}

TEST_F(PrivateFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(write_private_file(path_, "text"));
  for (const mode_t mode : {0640U, 0604U, 0620U}) {
    ::chmod(path_.c_str(), mode);
    EXPECT_EQ(refusal(), ErrorCode::forbidden);
  }
}

TEST_F(PrivateFile, IsRefusedBeyondItsBound) {
  ASSERT_TRUE(write_private_file(path_, std::string(10'000, 'x')));
  EXPECT_EQ(refusal(9'999), ErrorCode::validation_error);
  EXPECT_TRUE(read_private_file(path_, 10'000));
}

TEST_F(PrivateFile, IsNotReadThroughALink) {
  ASSERT_TRUE(write_private_file(folder_.file("target"), "text"));
  ASSERT_EQ(::symlink(folder_.file("target").c_str(), path_.c_str()), 0);
  EXPECT_EQ(refusal(), ErrorCode::store_error);
}

TEST(PrivateFolder, IsMadeWithThoseAboveItForItsOwnerOnly) {
  const TemporaryFolder folder;
  const std::string inner = folder.file("outer/inner");
  ASSERT_TRUE(make_private_folder(inner));
  EXPECT_TRUE(make_private_folder(inner));
  for (const std::string& made : {folder.file("outer"), inner}) {
    struct stat status {};
    ASSERT_EQ(::stat(made.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U) << made;
  }
}

TEST(PrivateFolder, IsAnErrorBelowAFile) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("file")) << "x";
  EXPECT_FALSE(make_private_folder(folder.file("file/folder")));
}

TEST_F(PrivateFile, LeavesNothingBehindWhenItCannotBeReplaced) {
  std::filesystem::create_directory(path_);  // no file can take its place
  EXPECT_FALSE(write_private_file(path_, "text"));
  EXPECT_EQ(files(), 1U);
}

}  // namespace
}  // namespace studiosync::os
