#include "loadtest/compare.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

constexpr double unnoticed_us = 1000;
constexpr double unnoticed_share = 0.001;
// An allocator's own ups and downs.
constexpr double unnoticed_memory_growth = 0.01;

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
    if ((a.count() == 0) != (b.count() == 0)) {
      comparison.remarks.push_back("only the " + std::string(b.count() == 0 ? "first" : "second") +
                                   " run has " + std::string(to_string(timing)));
    }
    // Nothing arrives any more where something did: no latency is worse than that.
    if (a.count() > 0 && b.count() == 0 && before.scenario == after.scenario) {
      comparison.figures.push_back({.name = std::string(to_string(timing)),
                                    .before = duration_of(static_cast<double>(a.percentile(0.5))),
                                    .after = "nothing",
                                    .ratio = INFINITY,
                                    .regressed = true});
    }
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

// What runs are asked for beside latencies, where the scenario has it.
struct Asked {
  const char* name;
  std::optional<double> (*measure)(const Results&);
  bool more_is_better;
  double unnoticed;  // in its own unit
  std::string (*text)(double);
};

std::optional<double> fill_rate(const Results& results) {
  return results.fill ? std::optional(results.fill->per_second()) : std::nullopt;
}

std::optional<double> fill_rate_at_end(const Results& results) {
  return results.fill ? std::optional(results.fill->per_second_at_end()) : std::nullopt;
}

std::optional<double> row_rate(const Results& results) {
  return results.total().applied > 0 ? std::optional(results.rows_per_second()) : std::nullopt;
}

std::optional<double> highest_rate(const Results& results) {
  return results.capacity ? std::optional(results.capacity->rate) : std::nullopt;
}

std::optional<double> cpu_per_change(const Results& results) {
  return results.cpu_us_per_change();
}

std::optional<double> memory_per_device(const Results& results) {
  return results.memory_per_device();
}

// One that shrinks is as good as one that stays.
std::optional<double> memory_growth(const Results& results) {
  const auto growth = results.memory_growth();
  return growth ? std::optional(std::max(0.0, *growth)) : std::nullopt;
}

constexpr Asked asked[] = {
    {"row_rate", row_rate, true, 0, rate_of},
    {"highest_rate", highest_rate, true, 0, rate_of},
    {"cpu_per_change", cpu_per_change, false, 0, duration_of},
    {"memory_per_device", memory_per_device, false, 0, bytes_of},
    {"memory_growth", memory_growth, false, unnoticed_memory_growth, percent_of},
    {"fill_rate", fill_rate, true, 0, rate_of},
    {"fill_rate_at_end", fill_rate_at_end, true, 0, rate_of},
};

void compare_asked(const Results& before, const Results& after, double tolerance,
                   Comparison& comparison) {
  for (const Asked& what : asked) {
    const auto from = what.measure(before);
    const auto to = what.measure(after);
    if (from.has_value() != to.has_value()) {
      comparison.remarks.push_back("only the " + std::string(from ? "first" : "second") +
                                   " run has " + what.name);
    }
    if (!from || !to) continue;
    const double allowed = std::max(*from * tolerance, what.unnoticed);
    ComparedFigure compared = figure(what.name, *from, *to, allowed, what.text);
    if (what.more_is_better) compared.regressed = *to < *from - allowed;
    comparison.figures.push_back(std::move(compared));
  }
}

void compare_losses(const Results& before, const Results& after, Comparison& comparison) {
  const auto lost = [](const Results& results) {
    const Verification& found = results.verification;
    return static_cast<double>(found.missing + found.different + found.devices_apart);
  };
  const auto text = [](double count) { return std::to_string(std::llround(count)); };
  ComparedFigure losses = figure("lost_or_apart", lost(before), lost(after), 0, text);
  comparison.lost = losses.regressed;
  comparison.figures.push_back(std::move(losses));
}

std::string option(const Results& results, const std::string& name) {
  const auto at = results.options.find(name);
  return at == results.options.end() ? "nothing" : at->second;
}

// Results of different questions have different answers.
void note_differences(const Results& before, const Results& after, Comparison& comparison) {
  if (before.scenario != after.scenario) {
    comparison.remarks.push_back("different scenarios: " + before.scenario + " and " +
                                 after.scenario);
  }
  auto options = before.options;
  options.insert(after.options.begin(), after.options.end());
  for (const auto& [name, value] : options) {
    const std::string was = option(before, name);
    const std::string is = option(after, name);
    if (was != is) comparison.remarks.push_back(name + " was " + was + ", is " + is);
  }
}

void note_flaws(const Results& run, const std::string& which, Comparison& comparison) {
  if (!run.flaw().empty()) {
    comparison.valid = false;
    comparison.remarks.push_back("the " + which + " run is invalid: " + run.flaw());
  }
  if (!run.verification.done) {
    comparison.remarks.push_back("the " + which + " run is not verified");
  }
}

}  // namespace

Comparison compare(const Results& before, const Results& after, double tolerance) {
  Comparison comparison;
  note_differences(before, after, comparison);
  note_flaws(before, "first", comparison);
  note_flaws(after, "second", comparison);
  compare_throughput(before, after, tolerance, comparison);
  compare_latencies(before, after, tolerance, comparison);
  compare_rates(before, after, tolerance, comparison);
  compare_asked(before, after, tolerance, comparison);
  compare_losses(before, after, comparison);
  comparison.regressed = std::ranges::any_of(comparison.figures, &ComparedFigure::regressed);
  return comparison;
}

}  // namespace studiosync::load
