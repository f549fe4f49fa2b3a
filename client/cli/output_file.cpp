#include "client/cli/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "os/durable_folder.hpp"

namespace studiosync::client {
namespace {

namespace fs = std::filesystem;

Unexpected system_failure(const std::string& path, int error) {
  return fail(ErrorCode::store_error, path + ": " + std::strerror(error));
}

// Also by another name, as /dev/stdout.
bool is_standard_output(const std::string& path) {
  struct stat named {};
  struct stat standard {};
  if (path == "-") return true;
  return ::stat(path.c_str(), &named) == 0 && ::fstat(STDOUT_FILENO, &standard) == 0 &&
         named.st_dev == standard.st_dev && named.st_ino == standard.st_ino;
}

bool is_no_file(const std::string& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  return fs::exists(status) && !fs::is_regular_file(status);
}

// A link goes on leading to the file.
std::string behind_links(const std::string& path) {
  std::error_code failed;
  const fs::path target = fs::canonical(path, failed);
  return failed ? path : target.string();
}

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
  if (is_standard_output(path)) {
    return OutputFile(Stream(stdout, [](std::FILE* out) { return std::fflush(out); }), path, {});
  }
  std::string target = path;
  std::string unfinished;
  int flags = O_WRONLY | O_CLOEXEC;
  if (!is_no_file(path)) {
    target = behind_links(path);
    unfinished = target + "." + std::to_string(::getpid()) + ".new";
    ::unlink(unfinished.c_str());  // left by a process that had our number and crashed
    flags |= O_CREAT | O_EXCL;
  }
  const int made = ::open((unfinished.empty() ? target : unfinished).c_str(), flags, 0600);
  if (made < 0) return system_failure(path, errno);
  return OutputFile(Stream(::fdopen(made, "w"), &std::fclose), std::move(target),
                    std::move(unfinished));
}

OutputFile::~OutputFile() {
  if (!unfinished_.empty()) ::unlink(unfinished_.c_str());
}

void OutputFile::line(std::string_view text) {
  if (error_ != 0) return;
  const bool written = std::fwrite(text.data(), 1, text.size(), out_.get()) == text.size() &&
                       std::fputc('\n', out_.get()) != EOF;
  if (!written) error_ = errno;
}

Result<> OutputFile::close() {
  if (error_ == 0 && std::fflush(out_.get()) != 0) error_ = errno;
  if (error_ == 0 && !unfinished_.empty() && ::fsync(::fileno(out_.get())) != 0) error_ = errno;
  if (out_.get_deleter()(out_.release()) != 0 && error_ == 0) error_ = errno;
  return error_ == 0 ? Result<>() : system_failure("cannot write " + path_, error_);
}

Result<std::string> OutputFile::finish(bool whole) {
  SS_TRY(close());
  if (unfinished_.empty()) return path_;
  std::error_code unknown;
  const std::string name = !whole && fs::exists(path_, unknown) ? path_ + ".incomplete" : path_;
  if (std::rename(unfinished_.c_str(), name.c_str()) != 0) return system_failure(name, errno);
  unfinished_.clear();
  SS_TRY(os::sync_folder_of(name));
  return name;
}

}  // namespace studiosync::client
