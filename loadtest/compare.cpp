#include "loadtest/compare.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

constexpr double unnoticed_us = 1000;
constexpr double unnoticed_share = 0.001;

double ratio_of(double before, double after) {
  if (before == after) return 1;
  return before == 0 ? INFINITY : after / before;
}

// Where less is better.
ComparedFigure figure(std::string name, double before, double after, double allowed_more,
                      std::string (*text)(double)) {
  return {.name = std::move(name),
          .before = text(before),
          .after = text(after),
          .ratio = ratio_of(before, after),
          .regressed = after > before + allowed_more};
}

double bytes_an_edit(const Results& results) {
  const Counts counts = results.total();
  return static_cast<double>(counts.bytes_sent + counts.bytes_received) /
         static_cast<double>(std::max<std::uint64_t>(counts.acknowledged, 1));
}

void compare_latencies(const Results& before, const Results& after, double tolerance,
                       Comparison& comparison) {
  for (const Timing timing : {Timing::sync_latency, Timing::propagation, Timing::local_edit,
                              Timing::connect, Timing::pull, Timing::first_sync}) {
    const Histogram a = before.total(timing);
    const Histogram b = after.total(timing);
    if (a.count() == 0 || b.count() == 0) continue;
    for (const auto& [name, share] : {std::pair{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}}) {
      const auto from = static_cast<double>(a.percentile(share));
      const auto to = static_cast<double>(b.percentile(share));
      comparison.figures.push_back(figure(std::string(to_string(timing)) + "." + name, from, to,
                                          std::max(from * tolerance, unnoticed_us), duration_of));
    }
  }
}

void compare_throughput(const Results& before, const Results& after, double tolerance,
                        Comparison& comparison) {
  ComparedFigure edits =
      figure("throughput", before.edits_per_second(), after.edits_per_second(), 0, rate_of);
  edits.regressed = after.edits_per_second() < before.edits_per_second() * (1 - tolerance);
  comparison.figures.push_back(std::move(edits));
}

void compare_rates(const Results& before, const Results& after, double tolerance,
                   Comparison& comparison) {
  const auto add = [&](const char* name, double from, double to) {
    comparison.figures.push_back(
        figure(name, from, to, std::max(from * tolerance, unnoticed_share), percent_of));
  };
  add("error_rate", before.error_rate(), after.error_rate());
  add("conflict_rate", before.conflict_rate(), after.conflict_rate());
  const double from = bytes_an_edit(before);
  comparison.figures.push_back(
      figure("bytes_an_edit", from, bytes_an_edit(after), from * tolerance, bytes_of));
}

void compare_losses(const Results& before, const Results& after, Comparison& comparison) {
  const auto lost = [](const Results& results) {
    const Verification& found = results.verification;
    return static_cast<double>(found.missing + found.different + found.devices_apart);
  };
  const auto text = [](double count) { return std::to_string(std::llround(count)); };
  comparison.figures.push_back(figure("lost_or_apart", lost(before), lost(after), 0, text));
}

// Results of different questions have different answers.
void note_differences(const Results& before, const Results& after, Comparison& comparison) {
  if (before.scenario != after.scenario) {
    comparison.remarks.push_back("different scenarios: " + before.scenario + " and " +
                                 after.scenario);
  }
  for (const auto& [name, value] : before.options) {
    const auto other = after.options.find(name);
    const std::string text = other == after.options.end() ? "nothing" : other->second;
    if (text != value) comparison.remarks.push_back(name + " was " + value + ", is " + text);
  }
  if (!before.self.valid) comparison.remarks.push_back("the first run is invalid");
  if (!after.self.valid) comparison.remarks.push_back("the second run is invalid");
}

}  // namespace

Comparison compare(const Results& before, const Results& after, double tolerance) {
  Comparison comparison;
  note_differences(before, after, comparison);
  compare_throughput(before, after, tolerance, comparison);
  compare_latencies(before, after, tolerance, comparison);
  compare_rates(before, after, tolerance, comparison);
  compare_losses(before, after, comparison);
  comparison.regressed = std::ranges::any_of(comparison.figures, &ComparedFigure::regressed);
  return comparison;
}

}  // namespace studiosync::load
