#include "e2e/crash/verb.hpp"

#include <chrono>
#include <cstdio>

#include "core/base/json.hpp"
#include "e2e/crash/fault_sweep.hpp"
#include "e2e/disk/memory_faults.hpp"

namespace studiosync::e2e {

namespace {

constexpr int exit_violation = 1;
constexpr int exit_usage = 2;

struct Chosen {
  std::vector<CrashSide> sides;
  std::optional<CrashMode> mode;
  std::optional<StoreFault> fault;
};

std::string_view name_of(CrashSide side) {
  return side == CrashSide::server ? "server" : "device";
}

std::optional<Chosen> choose(const CrashPointsOptions& options) {
  Chosen chosen;
  chosen.mode = crash_mode_from(options.mode);
  chosen.fault = store_fault_from(options.fault);
  for (const CrashSide side : {CrashSide::server, CrashSide::device}) {
    if (options.side == "both" || options.side == name_of(side)) chosen.sides.push_back(side);
  }
  const bool known = !chosen.sides.empty() && options.stride > 0 && options.visit_every > 0 &&
                     (chosen.mode || options.mode == "turns") &&
                     (chosen.fault || options.fault == "all");
  return known ? std::optional(std::move(chosen)) : std::nullopt;
}

SweepReport sweep(const CrashPointsOptions& options, const Chosen& chosen, CrashSide side) {
  if (!options.faults) {
    return sweep_crashes({.side = side,
                          .seed = options.seed,
                          .steps = options.ops,
                          .stride = options.stride,
                          .mode = chosen.mode});
  }
  MemoryFaults::install();
  return sweep_faults({.side = side,
                       .seed = options.seed,
                       .steps = options.ops,
                       .visit_every = options.visit_every,
                       .stride = options.stride,
                       .fault = chosen.fault});
}

void print_json(CrashSide side, const SweepReport& report, double points_a_second) {
  Json violations = Json::array();
  for (const std::string& violation : report.violations) violations.push_back(violation);
  const Json line = Json::object()
                        .set("side", name_of(side))
                        .set("steps", report.steps)
                        .set("moments", report.moments)
                        .set("points", report.points)
                        .set("points_per_second", points_a_second)
                        .set("verdict", report.violations.empty() ? "ok" : "violation")
                        .set("violations", std::move(violations));
  std::printf("%s\n", line.dump().c_str());
}

void print_text(CrashSide side, const SweepReport& report, double points_a_second) {
  const std::string disks =
      report.disks == 0 ? "" : " (" + std::to_string(report.disks) + " disks)";
  std::printf("%s: %zu steps, %zu points%s, %.0f points/s, %zu violations\n",
              std::string(name_of(side)).c_str(), report.steps, report.points, disks.c_str(),
              points_a_second, report.violations.size());
  for (const std::string& violation : report.violations) std::printf("  %s\n", violation.c_str());
}

}  // namespace

int run_crash_points(const CrashPointsOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto chosen = choose(options);
  if (!chosen) {
    std::fprintf(stderr, "crashpoints: no such side, mode, fault or stride\n");
    return exit_usage;
  }
  int exit = 0;
  for (const CrashSide side : chosen->sides) {
    const auto begun = Clock::now();
    const SweepReport report = sweep(options, *chosen, side);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const double rate = static_cast<double>(report.points) / std::max(seconds, 0.001);
    options.json ? print_json(side, report, rate) : print_text(side, report, rate);
    std::fflush(stdout);
    if (!report.violations.empty()) exit = exit_violation;
  }
  return exit;
}

}  // namespace studiosync::e2e
