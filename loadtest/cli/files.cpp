#include "loadtest/cli/files.hpp"

#include <cstdio>
#include <fstream>

namespace studiosync::load {

Result<> write_text(const std::string& file, const std::string& text) {
  if (file == "-") {
    std::fputs(text.c_str(), stdout);
    return {};
  }
  std::ofstream out(file);
  if (out << text && out.flush()) return {};
  return fail(ErrorCode::store_error, "cannot write " + file);
}

void complain(const Error& error) {
  std::string text = "syncload: " + error.message;
  if (!error.path.empty()) text += " (at " + error.path + ")";
  std::fprintf(stderr, "%s\n", text.c_str());
}

}  // namespace studiosync::load
