#include <cstdio>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/history/history_file.hpp"
#include "e2e/trace/replay.hpp"

namespace studiosync::e2e {
namespace {

Result<std::vector<Recording>> read_recordings(const std::vector<std::string>& files) {
  std::vector<Recording> recordings;
  for (const std::string& file : files) {
    SS_ASSIGN(const std::string text, read_file(file));
    auto history = parse_history(text);
    if (!history) {
      Error error = history.error();
      error.message = file + ": " + error.message;
      return Unexpected(error);
    }
    recordings.push_back({file, std::move(*history)});
  }
  return recordings;
}

Result<> write(const std::string& file, const std::string& text) {
  if (!file.empty()) return write_file(file, text);
  std::printf("%s\n", text.c_str());
  return {};
}

// The proof is a run: the same changes must meet the same.
int prove(const Replay& replay) {
  const Judgement judgement = judge(replay.scenario);
  for (const Violation& violation : judgement.violations) {
    std::fprintf(stderr, "violated: %s\n", to_text(violation).c_str());
  }
  const auto lines = differences(replay.outcomes, outcomes_of(judgement.run.history));
  for (const std::string& line : lines) std::fprintf(stderr, "differs: %s\n", line.c_str());
  for (const Outcome& outcome : replay.outcomes) {
    std::fprintf(stderr, "recorded: %s\n", to_text(outcome).c_str());
  }
  return lines.empty() && judgement.fine() ? exit_fine : exit_violation;
}

}  // namespace

int run_from_trace(const FromTraceOptions& options) {
  const auto recordings = read_recordings(options.files);
  auto replay = recordings ? replay_of(*recordings) : Unexpected(recordings.error());
  if (!replay) {
    std::fprintf(stderr, "syncsim: %s\n", replay.error().message.c_str());
    return exit_bad_file;
  }
  replay->scenario.name = options.name;
  for (const std::string& note : replay->notes) {
    std::fprintf(stderr, "not as recorded: %s\n", note.c_str());
  }
  if (const auto done = write(options.out_file, to_json_text(replay->scenario)); !done) {
    std::fprintf(stderr, "syncsim: %s\n", done.error().message.c_str());
    return exit_bad_file;
  }
  return prove(*replay);
}

}  // namespace studiosync::e2e
