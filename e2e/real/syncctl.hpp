// Runs `syncctl` as a user or a pipeline does: one process a command, answers as JSON lines.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "os/child_process.hpp"

namespace studiosync::e2e {

class Syncctl {
 public:
  // `program` is the binary, `folder` the device's data folder; errors go to `folder`.log.
  Syncctl(std::string program, std::string folder)
      : program_(std::move(program)), folder_(std::move(folder)) {}

  struct Answer {
    int exit_code = 0;
    std::vector<Json> lines;
  };
  // Waits for its end. `timeout` after a minute: then it is killed.
  Result<Answer> run(const std::vector<std::string>& words) const;
  // Starts it and returns at once.
  Result<os::ChildProcess> start(const std::vector<std::string>& words) const;

  const std::string& folder() const noexcept { return folder_; }
  // The same program on another folder.
  Syncctl in(std::string folder) const { return {program_, std::move(folder)}; }

 private:
  std::string program_;
  std::string folder_;
};

}  // namespace studiosync::e2e
