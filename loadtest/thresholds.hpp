// What a run must keep to pass: `sync_latency.p95<2s`, `error_rate<1%`, `throughput>=500`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

// METRIC OPERATOR LIMIT, blanks allowed between them.
//   METRIC    a timing and `.p50`, `.p90`, `.p95`, `.p99`, `.p999`, `.mean` or `.max`, or `.spread`
//             (its slowest, as a multiple of the median: whether anybody was starved);
//             `error_rate`, `conflict_rate`; `throughput` (edits a second that were
//             acknowledged within the measured time); `row_rate` (rows that arrived a second, until
//             the last one did, be it after that time); `fill_rate` and
//             `fill_rate_at_end` (records written a second before the measurement, and of their
//             last quarter); `memory_per_device` (bytes of the server for each further one);
//             `memory_growth` (of the server, from the second quarter of the time to the last);
//             `cpu_per_change` (microseconds of the server's for an edit and its pushes)
//   OPERATOR  < <= > >=
//   LIMIT     of a timing a duration (`2s`, `1m30s`, `250ms`, `0.5ms`, `200us`), of `error_rate`,
//             `conflict_rate` and `memory_growth` a percentage, else a number
struct ThresholdRule {
  std::string expression;
  std::string metric;
  std::function<double(const Results&)> measure;  // NaN where nothing was measured
  std::function<bool(double measured, double limit)> holds;
  double limit = 0;
};

// What can be asked for, for people.
std::string threshold_help();

// `bad_request` with a message that names what was expected.
Result<ThresholdRule> parse_threshold(std::string_view text);

// Those of `given`, and those of `defaults` whose metric is not among them.
Result<std::vector<ThresholdRule>> parse_thresholds(const std::vector<std::string>& given,
                                                    const std::vector<std::string>& defaults);

// A threshold over something that was never measured is not met: it could not have failed.
Threshold judge(const ThresholdRule& rule, const Results& results);

// What was measured, as people read it in the unit of its limit.
std::string measured_text(const Threshold& threshold);
// The same of a trial's objective.
std::string measured_text(const Capacity& capacity, const Trial& trial);

}  // namespace studiosync::load
