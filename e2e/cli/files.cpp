#include "e2e/cli/files.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace studiosync::e2e {
namespace {

std::string all_of(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  if (path == "-") return all_of(std::cin);
  std::ifstream in(path, std::ios::binary);
  std::string text = all_of(in);
  if (!in.good() && !in.eof()) return fail(ErrorCode::not_found, path + ": cannot be read");
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
