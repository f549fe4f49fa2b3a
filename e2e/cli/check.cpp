#include <algorithm>
#include <cstdio>

#include "e2e/checkers/explain.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {
namespace {

std::string_view meaning_of(std::string_view rule) {
  const auto found = std::ranges::find(rules(), rule, &RuleInfo::name);
  return found == rules().end() ? std::string_view() : found->meaning;
}

// The rule, what it asks for, and the events around the one that shows that it was broken.
void print(const History& history, const Violation& violation, bool json) {
  const std::string_view meaning = meaning_of(violation.rule);
  const auto story = explain(history, violation);
  if (json) {
    Json events = Json::array();
    for (const std::string& line : story) events.push_back(line);
    Json line = to_json(violation).set("meaning", meaning).set("story", std::move(events));
    std::printf("%s\n", line.dump().c_str());
    return;
  }
  std::printf("%s\n  (%s)\n", to_text(violation).c_str(), std::string(meaning).c_str());
  for (const std::string& line : story) std::printf("  %s\n", line.c_str());
}

// Of nothing it could only be said that nothing is wrong with it.
Result<History> read_history(const std::string& file) {
  SS_ASSIGN(const std::string text, read_file(file));
  SS_ASSIGN(History history, parse_history(text));
  if (history.empty()) return fail(ErrorCode::bad_request, file + ": holds no event");
  return history;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const auto history = read_history(options.file);
  if (!history) {
    std::fprintf(stderr, "syncsim: %s\n", history.error().message.c_str());
    return exit_bad_file;
  }
  for (const std::string& line : unjudged(*history)) {
    std::fprintf(stderr, "not judged: %s\n", line.c_str());
  }
  const auto violations = check(*history);
  for (const Violation& violation : violations) print(*history, violation, options.json);
  if (!options.json) {
    std::printf("%zu events, %zu violations\n", history->size(), violations.size());
  }
  return violations.empty() ? exit_fine : exit_violation;
}

}  // namespace studiosync::e2e
