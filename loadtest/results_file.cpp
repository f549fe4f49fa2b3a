#include "loadtest/results_file.hpp"

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

}  // namespace studiosync::load
