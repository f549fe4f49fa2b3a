#include "loadtest/cli/files.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace studiosync::load {

Result<Results> read_results(const std::string& file) {
  std::ifstream in(file);
  if (!in) return fail(ErrorCode::not_found, "cannot read " + file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  SS_ASSIGN(const Json json, parse_json(text));
  return results_from_json(json);
}

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
