#include <cstdio>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {

int run_check(const CheckOptions& options) {
  const auto text = read_file(options.file);
  const auto history = text ? parse_history(*text) : Unexpected(text.error());
  if (!history) {
    std::fprintf(stderr, "syncsim: %s\n", history.error().message.c_str());
    return exit_bad_file;
  }
  for (const std::string& line : unjudged(*history)) {
    std::fprintf(stderr, "not judged: %s\n", line.c_str());
  }
  const auto violations = check(*history);
  for (const Violation& violation : violations) {
    const std::string line = options.json ? to_json(violation).dump() : to_text(violation);
    std::printf("%s\n", line.c_str());
  }
  if (!options.json) {
    std::printf("%zu events, %zu violations\n", history->size(), violations.size());
  }
  return violations.empty() ? exit_fine : exit_violation;
}

}  // namespace studiosync::e2e
