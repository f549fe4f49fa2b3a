// A file that a verb writes for its user.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync::client {

// Its owner's alone, whatever mode another of that name has. What is under its name stays until all
// of the new one is on the disk.
class OutputFile {
 public:
  // `-` is standard output. What is no file (a pipe, a device) is written as it comes.
  static Result<OutputFile> open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();  // one that is not finished leaves nothing behind

  // Whether it was written is told by finish.
  void line(std::string_view text);

  // Gives the file its name, and returns where it is. One that is not `whole` does not take the
  // place of another, but is called `<path>.incomplete` then.
  Result<std::string> finish(bool whole);

 private:
  using Stream = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  OutputFile(Stream out, std::string path, std::string unfinished)
      : out_(std::move(out)), path_(std::move(path)), unfinished_(std::move(unfinished)) {}
  Result<> close();

  Stream out_;
  std::string path_;
  std::string unfinished_;  // its name until it is finished; empty where there is none
  int error_ = 0;           // of the first line that could not be written
};

}  // namespace studiosync::client
