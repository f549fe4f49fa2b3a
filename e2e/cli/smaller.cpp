#include "e2e/cli/smaller.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "e2e/cli/failure.hpp"
#include "e2e/cli/stop_signal.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

Millis since_start_of_clock() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

Judgement judge_with(const Scenario& scenario, const std::string& bug) {
  const Planted planted(bug);
  return judge(scenario);
}

bool still_fails(const Scenario& candidate, const Failure& failure) {
  return failure.is_in(candidate, judge_with(candidate, candidate.bug)) &&
         (candidate.bug.empty() || judge_with(candidate, {}).fine());
}

void show(const ShrinkProgress& progress) {
  std::fprintf(stderr, "\r\033[K%zu steps on %zu devices after %zu runs (%.*s)", progress.steps,
               progress.devices, progress.runs, static_cast<int>(progress.pass.size()),
               progress.pass.data());
}

}  // namespace

Smallest smaller(const Scenario& failing, Millis time_max) {
  const bool live = ::isatty(STDERR_FILENO) == 1;
  const Budget budget{.time_max = time_max, .clock = since_start_of_clock, .stopped = [] {
                        return StopSignal::received() != 0;
                      }};
  std::function<void(const ShrinkProgress&)> on_progress;
  if (live) on_progress = show;
  const Failure failure(failing, judge_with(failing, failing.bug), failing.breaks);
  Smallest small = shrink(
      failing, [&](const Scenario& candidate) { return still_fails(candidate, failure); }, budget,
      on_progress);
  if (live) std::fprintf(stderr, "\r\033[K");
  return small;
}

}  // namespace studiosync::e2e
