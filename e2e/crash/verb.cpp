#include "e2e/crash/verb.hpp"

#include <chrono>
#include <cstdio>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "e2e/crash/fault_sweep.hpp"
#include "e2e/disk/memory_faults.hpp"

namespace studiosync::e2e {

namespace {

constexpr int exit_violation = 1;
constexpr const char* both_sides = "both";
constexpr const char* modes_in_turn = "turns";
constexpr const char* each_fault = "all";

struct Chosen {
  std::vector<CrashSide> sides;
  std::optional<CrashMode> mode;
  std::optional<StoreFault> fault;
};

std::string_view name_of(CrashSide side) {
  return side == CrashSide::server ? "server" : "device";
}

Chosen choose(const CrashPointsOptions& options) {
  Chosen chosen;
  chosen.mode = crash_mode_from(options.mode);
  chosen.fault = store_fault_from(options.fault);
  for (const CrashSide side : {CrashSide::server, CrashSide::device}) {
    if (options.side == both_sides || options.side == name_of(side)) chosen.sides.push_back(side);
  }
  SS_CHECK(!chosen.sides.empty() && options.stride > 0 && options.visit_every > 0);
  SS_CHECK(chosen.mode || options.mode == modes_in_turn);
  SS_CHECK(chosen.fault || options.fault == each_fault);
  return chosen;
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

void print_json(const CrashPointsOptions& options, CrashSide side, const SweepReport& report,
                double points_a_second) {
  Json violations = Json::array();
  for (const std::string& violation : report.violations) violations.push_back(violation);
  Json line = Json::object();
  line.set("side", name_of(side)).set("steps", report.steps);
  if (options.faults) {
    line.set("steps_visited", report.visited)
        .set("steps_left_out", report.steps - report.visited)
        .set("groups_visited", report.groups);
  } else {
    line.set("moments", report.moments).set("disks", report.disks);
  }
  line.set("points", report.points)
      .set("stride", options.stride)
      .set("points_per_second", points_a_second)
      .set("verdict", report.violations.empty() ? "ok" : "violation")
      .set("violations", std::move(violations));
  std::printf("%s\n", line.dump().c_str());
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

// What was looked at, and what was not.
std::string coverage(const CrashPointsOptions& options, const SweepReport& report) {
  const std::string points = counted(report.points, "point");
  std::string text = counted(report.steps, "step") + ", ";
  if (!options.faults) {
    text += points + " of " + counted(report.moments, "moment");
    return text + " (" + counted(report.disks, "disk") + ")";
  }
  text += std::to_string(report.visited) + " visited (" + counted(report.groups, "group") + "), ";
  text += std::to_string(report.steps - report.visited) + " left out, " + points;
  if (options.stride > 1) text += " (one call in " + std::to_string(options.stride) + ")";
  return text;
}

void print_text(const CrashPointsOptions& options, CrashSide side, const SweepReport& report,
                double points_a_second) {
  std::printf("%s: %s, %.0f points/s, %s\n", std::string(name_of(side)).c_str(),
              coverage(options, report).c_str(), points_a_second,
              counted(report.violations.size(), "violation").c_str());
  for (const std::string& violation : report.violations) std::printf("  %s\n", violation.c_str());
}

template <class Values>
std::vector<std::string> names_of(const Values& values, const char* all_of_them) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(to_string(value));
  names.emplace_back(all_of_them);
  return names;
}

}  // namespace

std::vector<std::string> crash_side_names() {
  return {"server", "device", both_sides};
}

std::vector<std::string> crash_mode_names() {
  return names_of(crash_modes, modes_in_turn);
}

std::vector<std::string> store_fault_names() {
  return names_of(store_faults, each_fault);
}

int run_crash_points(const CrashPointsOptions& options) {
  using Clock = std::chrono::steady_clock;
  const Chosen chosen = choose(options);
  int exit = 0;
  for (const CrashSide side : chosen.sides) {
    const auto begun = Clock::now();
    const SweepReport report = sweep(options, chosen, side);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const double rate = static_cast<double>(report.points) / std::max(seconds, 0.001);
    const auto print = options.json ? print_json : print_text;
    print(options, side, report, rate);
    std::fflush(stdout);
    if (!report.violations.empty()) exit = exit_violation;
  }
  return exit;
}

}  // namespace studiosync::e2e
