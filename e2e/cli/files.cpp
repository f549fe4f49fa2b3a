#include "e2e/cli/files.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>

namespace studiosync::e2e {

Result<std::string> read_file(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  std::array<char, 1 << 16> part{};
  // Not with a stream's iterators: those throw where a folder is read.
  while (in.read(part.data(), part.size()) || in.gcount() > 0) {
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  const bool failed = in.bad() || !in.eof() || (path == "-" && std::ferror(stdin) != 0);
  if (failed) return fail(ErrorCode::not_found, path + ": cannot be read");
  return text;
}

Result<> write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) return fail(ErrorCode::store_error, path + ": cannot be written");
  return {};
}

}  // namespace studiosync::e2e
