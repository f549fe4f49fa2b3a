#include "client/cli/input.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace studiosync::client {

Result<std::string> read_input(const std::string& file, std::size_t bytes_max) {
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const auto keep_open = [](std::FILE*) { return 0; };
  const File in =
      file == "-" ? File(stdin, +keep_open) : File(std::fopen(file.c_str(), "r"), &std::fclose);
  if (!in) return fail(ErrorCode::not_found, file + ": " + std::strerror(errno));
  std::string text;
  std::array<char, 65536> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), in.get())) {
    text.append(buffer.data(), n);
    if (text.size() > bytes_max) return fail(ErrorCode::payload_too_large, file + " is too large");
  }
  if (std::ferror(in.get()) != 0) return fail(ErrorCode::store_error, "cannot read " + file);
  return text;
}

Result<std::string> read_password(const std::string& file) {
  std::string password = environment("STUDIOSYNC_PASSWORD");
  if (!file.empty()) {
    SS_ASSIGN(password, read_input(file, 4096));
    password = password.substr(0, password.find_first_of("\r\n"));
  }
  if (password.empty()) {
    return fail(
        ErrorCode::bad_request,
        "no password; give --password-file FILE (- for standard input) or STUDIOSYNC_PASSWORD");
  }
  return password;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

}  // namespace studiosync::client
