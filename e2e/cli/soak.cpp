#include <unistd.h>

#include <cstdio>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/seed_options.hpp"
#include "e2e/cli/stop_signal.hpp"

namespace studiosync::e2e {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds progress_interval{200};  // on a terminal

// Lines as they come, one status line on a terminal or a line a minute elsewhere, and a sum at the
// end.
class Report {
 public:
  explicit Report(const SoakOptions& options)
      : options_(options), live_(!options.json && ::isatty(STDERR_FILENO) == 1) {}

  void take(std::uint64_t seed, const std::optional<std::string>& line) {
    ++seeds_;
    const Json outcome = line ? parse_json(*line).value() : crashed(seed);
    const bool fine = outcome.find("verdict")->as_string() == "ok";
    if (!fine) ++bad_;
    if (options_.json) {
      std::printf("%s\n", outcome.dump().c_str());
      std::fflush(stdout);
    } else if (!fine) {
      explain(seed, outcome);
    }
    show_progress(seed);
  }

  // `signal`: that ended it early, or 0.
  int finish(int signal) const {
    if (live_) std::fprintf(stderr, "\r\033[K");
    const double seconds = elapsed();
    std::fprintf(options_.json ? stderr : stdout,
                 "%s%llu seeds, %llu with violations, %.1f s, %.1f seeds/s\n",
                 signal == 0 ? "" : "interrupted: ", wide(seeds_), wide(bad_), seconds,
                 static_cast<double>(seeds_) / std::max(seconds, 0.001));
    return exit_code_after(signal, bad_ == 0 ? exit_fine : exit_violation);
  }

 private:
  static unsigned long long wide(std::uint64_t number) { return number; }
  static Json crashed(std::uint64_t seed) {
    return Json::object().set("seed", seed).set("verdict", "crashed");
  }
  double elapsed() const { return std::chrono::duration<double>(Clock::now() - begun_).count(); }

  void explain(std::uint64_t seed, const Json& outcome) const {
    if (live_) std::fprintf(stderr, "\r\033[K");
    std::printf("seed %llu: %s\n", wide(seed), outcome.find("verdict")->as_string().c_str());
    if (const Json* violations = outcome.find("violations")) {
      for (const Json& violation : violations->items()) {
        std::printf("  %s on %s: %s\n", violation.find("rule")->as_string().c_str(),
                    violation.find("lane")->as_string().c_str(),
                    violation.find("message")->as_string().c_str());
      }
    }
    std::printf("  replay: %s\n", replay_command(seed, options_).c_str());
    std::fflush(stdout);
  }

  void show_progress(std::uint64_t seed) {
    if (Clock::now() - shown_ < (live_ ? progress_interval : options_.progress_every)) return;
    shown_ = Clock::now();
    std::fprintf(stderr, "%sseed %llu, %llu with violations, %.0f seeds/s%s",
                 live_ ? "\r\033[K" : "", wide(seed), wide(bad_),
                 static_cast<double>(seeds_) / std::max(elapsed(), 0.001), live_ ? "" : "\n");
  }

  const SoakOptions& options_;
  const bool live_;
  const Clock::time_point begun_ = Clock::now();
  Clock::time_point shown_ = begun_;
  std::uint64_t seeds_ = 0;
  std::uint64_t bad_ = 0;
};

int refuse(const Error& error) {
  std::fprintf(stderr, "syncsim: %s\n", error.message.c_str());
  return exit_usage;
}

}  // namespace

int run_soak(const SoakOptions& options) {
  const auto workload = workload_of(options);
  if (!workload) return refuse(workload.error());
  auto seeds = seeds_of(options);
  if (!seeds) return refuse(seeds.error());
  if (options.seeds.empty() && options.seconds <= 0) {
    return refuse({.message = "how many? --seeds 1..300 or --seconds 60"});
  }
  const StopSignal signal;
  seeds->stopped = [&] { return StopSignal::received() != 0; };
  Report report(options);
  run_seeds(
      *seeds,
      [&](std::uint64_t seed) {
        return to_json(seed, judge(make_scenario(seed, *workload), {.hashed = options.json}))
            .dump();
      },
      [&](std::uint64_t seed, const std::optional<std::string>& line) {
        report.take(seed, line);
        return true;
      });
  return report.finish(StopSignal::received());
}

}  // namespace studiosync::e2e
