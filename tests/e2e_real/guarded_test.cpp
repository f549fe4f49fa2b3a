#include "e2e/process/guarded.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "os/child_process.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

// What the worker tells its parent, who lives on.
class Note {
 public:
  Note() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  ~Note() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;

  void write(const std::string& text) const {
    EXPECT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  std::string read() const {
    std::array<char, 512> text{};
    const ssize_t size = ::read(ends_[0], text.data(), text.size());
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(Guarded, ReturnsTheExitCodeAndTakesTheFolderAway) {
  const Note folder_name;
  const int code = run_guarded([&](const std::string& folder) {
    std::ofstream(folder + "/file") << "content";
    folder_name.write(fs::exists(folder + "/file") ? folder : "");
    return 7;
  });
  EXPECT_EQ(code, 7);
  const std::string folder = folder_name.read();
  EXPECT_NE(folder, "");
  EXPECT_FALSE(fs::exists(folder));
}

TEST(Guarded, EndsWhatTheWorkerLeftRunning) {
  const Note process_id;
  run_guarded([&](const std::string&) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::pause();
      ::_exit(0);
    }
    process_id.write(std::to_string(child));
    return 0;
  });
  EXPECT_EQ(::kill(std::stoi(process_id.read()), 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

TEST(Guarded, ASignalEndsTheRunAndLeavesNothing) {
  const Note folder_name;
  const int code = run_guarded([&](const std::string& folder) {
    folder_name.write(folder);
    ::kill(::getppid(), SIGTERM);
    ::pause();
    return 0;
  });
  EXPECT_EQ(code, 128 + SIGTERM);
  EXPECT_FALSE(fs::exists(folder_name.read()));
}

TEST(Guarded, SaysHowTheWorkerDied) {
  EXPECT_EQ(run_guarded([](const std::string&) { return ::raise(SIGKILL); }), 128 + SIGKILL);
}

}  // namespace
}  // namespace studiosync::e2e
