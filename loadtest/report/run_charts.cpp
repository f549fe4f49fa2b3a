#include "loadtest/report/run_charts.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/report/axis_labels.hpp"
#include "loadtest/report/chart.hpp"
#include "loadtest/report/distribution.hpp"

namespace studiosync::load {
namespace {

const Histogram& timing_of(const Interval& interval, Timing timing) {
  return interval.timings[static_cast<std::size_t>(timing)];
}

// Of the run's intervals, each drawn at its end.
std::vector<double> seconds_of(const Results& results) {
  std::vector<double> seconds;
  for (const Interval& interval : results.intervals) {
    seconds.push_back(static_cast<double>(interval.second + results.interval_seconds));
  }
  return seconds;
}

template <class Value>
ChartSeries series(const Results& results, std::string name, std::string color, Value value) {
  ChartSeries made{.name = std::move(name), .color = std::move(color), .values = {}};
  for (const Interval& interval : results.intervals) made.values.push_back(value(interval));
  return made;
}

template <class Count>
ChartSeries rate_of(const Results& results, std::string name, std::string color, Count count) {
  return series(results, std::move(name), std::move(color), [&](const Interval& interval) {
    return static_cast<double>(count(interval.counts)) / results.interval_seconds;
  });
}

// What the axis of time has no place for.
std::string after_the_end(std::uint64_t count, const std::string& what) {
  return count == 0 ? "" : "; " + std::to_string(count) + " " + what + " after the measured time";
}

std::string latency_chart(const Results& results, Timing timing, std::string note) {
  const auto percentile = [&](std::string name, std::string color, double share) {
    return series(results, std::move(name), std::move(color), [=](const Interval& interval) {
      const Histogram& all = timing_of(interval, timing);
      return all.count() == 0 ? std::nan("") : static_cast<double>(all.percentile(share));
    });
  };
  return draw({.title = std::string(to_string(timing)) + " over time",
               .note = std::move(note),
               .logarithmic = true,
               .label = duration_label,
               .seconds = seconds_of(results),
               .series = {percentile("p50", "c1", 0.5), percentile("p95", "c2", 0.95),
                          percentile("p99", "c3", 0.99), percentile("max", "c6", 1)}});
}

std::string throughput_chart(const Results& results) {
  Chart chart{.title = "Throughput",
              .note = "a second: what the schedule asked for and what came of it" +
                      after_the_end(results.late.counts.acknowledged, "edits"),
              .label = count_label,
              .seconds = seconds_of(results)};
  chart.series = {
      rate_of(results, "offered", "c6", [](const Counts& c) { return c.offered; }),
      rate_of(results, "acknowledged", "c1", [](const Counts& c) { return c.acknowledged; }),
      rate_of(results, "rows on other devices", "c4", [](const Counts& c) { return c.applied; })};
  return draw(chart);
}

std::string error_chart(const Results& results) {
  static constexpr const char* colors[] = {"c3", "c2", "c5", "c4", "c1", "c6"};
  Chart chart{
      .title = "Errors",
      .note = "a second, by category" + after_the_end(results.late.counts.all_errors(), "errors"),
      .kind = Chart::Kind::stacked,
      .label = count_label,
      .seconds = seconds_of(results)};
  for (const auto& entry : results.total().errors) {
    chart.series.push_back(rate_of(results, std::string(to_string(entry.first)),
                                   colors[chart.series.size() % std::size(colors)],
                                   [code = entry.first](const Counts& c) {
                                     const auto at = c.errors.find(code);
                                     return at == c.errors.end() ? 0 : at->second;
                                   }));
  }
  return draw(chart);
}

std::string conflict_chart(const Results& results) {
  return draw({.title = "Conflict rate",
               .note = "conflicts, of the acknowledged edits",
               .label = percent_label,
               .seconds = seconds_of(results),
               .series = {series(results, "conflicts", "c5", [](const Interval& interval) {
                 const Counts& counts = interval.counts;
                 if (counts.acknowledged == 0) return std::nan("");
                 return static_cast<double>(counts.conflicts) /
                        static_cast<double>(counts.acknowledged);
               })}});
}

std::string connection_chart(const Results& results) {
  const auto in = [&](std::string name, std::string color, std::uint32_t Interval::*state) {
    return series(results, std::move(name), std::move(color),
                  [state](const Interval& interval) -> double { return interval.*state; });
  };
  Chart chart{.title = "Connections",
              .note = "devices by the state of their link",
              .kind = Chart::Kind::stacked,
              .label = count_label,
              .seconds = seconds_of(results)};
  chart.series = {in("live", "c4", &Interval::live), in("connecting", "c2", &Interval::connecting),
                  in("offline", "c6", &Interval::waiting), in("halted", "c3", &Interval::halted)};
  // A state that no device was in is not worth a line.
  std::erase_if(chart.series, [](const ChartSeries& state) {
    return std::ranges::all_of(state.values, [](double devices) { return devices == 0; });
  });
  return draw(chart);
}

std::string byte_chart(const Results& results) {
  Chart chart{.title = "Bytes",
              .note = "of messages, a second",
              .label = bytes_label,
              .seconds = seconds_of(results)};
  chart.series = {
      rate_of(results, "sent", "c1", [](const Counts& c) { return c.bytes_sent; }),
      rate_of(results, "received", "c4", [](const Counts& c) { return c.bytes_received; })};
  return draw(chart);
}

std::string fill_chart(const Fill& fill) {
  Chart chart{.title = "Records beforehand",
              .note = "acknowledged a second while the users' records were written",
              .label = count_label};
  ChartSeries rate{.name = "records", .color = "c1", .values = {}};
  Fill::Sample before;
  for (const Fill::Sample& sample : fill.samples) {
    const double seconds = std::max(sample.seconds - before.seconds, 1e-3);
    rate.values.push_back(static_cast<double>(sample.records - before.records) / seconds);
    chart.seconds.push_back(sample.seconds);
    before = sample;
  }
  chart.series.push_back(std::move(rate));
  return draw(chart);
}

std::string memory_chart(const Results& results) {
  Chart chart{
      .title = "Server memory", .note = "resident, as the server tells", .label = bytes_label};
  ChartSeries bytes{.name = "memory", .color = "c5", .values = {}};
  for (const MemorySample& sample : results.memory) {
    chart.seconds.push_back(sample.seconds);
    bytes.values.push_back(static_cast<double>(sample.bytes));
  }
  chart.series.push_back(std::move(bytes));
  return draw(chart);
}

const char* note_of(Timing timing) {
  switch (timing) {
    case Timing::propagation:
      return "from an edit's intended start until another device has it";
    case Timing::pull:
      return "from asking for a page until it is applied";
    case Timing::generator_lag:
      return "how late the generator began: its own fault, never the server's";
    default:
      return "from the intended start, so that a stalled server is charged for the wait";
  }
}

}  // namespace

Timing main_timing(const Results& results) {
  for (const Timing timing : {Timing::sync_latency, Timing::first_sync}) {
    if (results.total(timing).count() > 0) return timing;
  }
  return Timing::connect;
}

std::string run_charts(const Results& results) {
  std::string html;
  if (!results.intervals.empty()) {
    const Timing timing = main_timing(results);
    const auto latency = [&](Timing which) {
      if (results.total(which).count() > 0) html += latency_chart(results, which, note_of(which));
    };
    latency(timing);
    html += throughput_chart(results);
    const Histogram all = results.total(timing);
    if (all.count() > 0) {
      html += draw_distribution(std::string(to_string(timing)) + " distribution",
                                "how many operations took how long", all);
    }
    html += error_chart(results) + connection_chart(results) + conflict_chart(results);
    for (const Timing which : {Timing::propagation, Timing::pull}) latency(which);
    html += byte_chart(results);
    latency(Timing::generator_lag);
  }
  if (!results.memory.empty()) html += memory_chart(results);
  if (results.fill && !results.fill->samples.empty()) html += fill_chart(*results.fill);
  return html;
}

}  // namespace studiosync::load
