// syncctl as a process of its own, against a syncd that is one, too.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "os/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {

// How one run of syncctl ended.
struct Ran {
  int code = -1;
  std::string out;
  std::string errors;

  std::vector<std::string> lines() const;
  Json json() const;                  // the output as one JSON value
  std::vector<Json> objects() const;  // … as JSON lines
};

// The member as text, or empty; numbers and truth values as JSON writes them.
std::string text(const Json& object, std::string_view key);

// One data folder, as one device of a user.
class CliDevice {
 public:
  explicit CliDevice(std::string home) : home_(std::move(home)) {}

  // `input` is standard input. A run that takes longer than half a minute fails the test.
  Ran run(const std::vector<std::string>& arguments, const std::string& input = {}) const;
  // With --json.
  Ran json(std::vector<std::string> arguments, const std::string& input = {}) const;
  os::ChildProcess start(const std::vector<std::string>& arguments,
                         const std::string& input = {}) const;

  // Writes a file into the home folder; its path.
  std::string file(const std::string& name, const std::string& content) const;
  const std::string& home() const noexcept { return home_; }
  std::string data() const { return home_ + "/data"; }

  // `NAME=value` for each run; nothing else of the test's own environment is passed on.
  std::vector<std::string> environment;

 private:
  std::string home_;
};

class SyncctlTest : public testing::Test {
 protected:
  // The server's data stays when it stops.
  void start_server(const std::vector<std::string>& settings = {});
  void stop_server();

  // A new device of ann, whose account is made with the first one.
  CliDevice device(const std::string& name);
  CliDevice folder(const std::string& name);
  static std::vector<std::string> setup_words(const std::string& url);

  static inline const std::string password = "correct horse battery";

  TemporaryFolder folder_;
  std::string url_ = "http://127.0.0.1:1";
  std::optional<os::ChildProcess> server_;
  bool registered_ = false;
  std::string port_ = "0";
};

}  // namespace studiosync::client
