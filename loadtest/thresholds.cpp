#include "loadtest/thresholds.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/duration.hpp"
#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

using Measure = std::function<double(const Results&)>;

enum class Unit : std::uint8_t { microseconds, share, number };

struct Metric {
  Measure measure;
  Unit unit{};
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Unexpected refused(std::string_view text, const std::string& expected) {
  return fail(ErrorCode::bad_request,
              "threshold '" + std::string(text) + "': " + expected +
                  "; as in sync_latency.p95<2s, error_rate<1% or throughput>=500");
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

// Of one unit, with a fraction where there is one: what a whole number of milliseconds is too
// coarse for.
std::optional<double> parse_fine_duration(std::string_view text) {
  static constexpr std::pair<std::string_view, double> units[] = {
      {"us", 1}, {"µs", 1}, {"ms", 1e3}, {"s", 1e6}};
  for (const auto& [unit, microseconds] : units) {
    if (!text.ends_with(unit)) continue;
    const auto number = parse_number(text.substr(0, text.size() - unit.size()));
    if (number && *number >= 0) return *number * microseconds;
  }
  return std::nullopt;
}

std::optional<double> parse_limit(std::string_view text, Unit unit) {
  if (unit == Unit::microseconds) {
    if (const auto fine = parse_fine_duration(text)) return fine;
    const auto span = parse_duration(text);
    if (!span || span->count < 0) return std::nullopt;
    return static_cast<double>(span->count) * 1000;
  }
  if (unit == Unit::number) return parse_number(text);
  if (!text.ends_with('%')) return std::nullopt;
  const auto percent = parse_number(trimmed(text.substr(0, text.size() - 1)));
  return percent ? std::optional(*percent / 100) : std::nullopt;
}

// At least 1: nothing that was timed took no time.
double spread(const Histogram& timed) {
  return static_cast<double>(timed.max()) / static_cast<double>(timed.percentile(0.5));
}

double mean(const Histogram& timed) {
  return timed.mean();
}

double slowest(const Histogram& timed) {
  return static_cast<double>(timed.max());
}

template <int per_mille>
double percentile(const Histogram& timed) {
  return static_cast<double>(timed.percentile(per_mille / 1000.0));
}

struct Statistic {
  std::string_view name;
  double (*measure)(const Histogram&);
  Unit unit = Unit::microseconds;
};

constexpr std::array statistics{
    Statistic{"mean", mean},           Statistic{"p50", percentile<500>},
    Statistic{"p90", percentile<900>}, Statistic{"p95", percentile<950>},
    Statistic{"p99", percentile<990>}, Statistic{"p999", percentile<999>},
    Statistic{"max", slowest},         Statistic{"spread", spread, Unit::number}};

std::optional<Metric> parse_timing_metric(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto timing = parse_timing(name.substr(0, dot));
  const auto statistic = std::ranges::find(statistics, name.substr(dot + 1), &Statistic::name);
  if (!timing || statistic == statistics.end()) return std::nullopt;
  const auto measure = [timing = *timing, statistic](const Results& results) {
    const Histogram all = results.total(timing);
    return all.count() == 0 ? std::nan("") : statistic->measure(all);
  };
  return Metric{measure, statistic->unit};
}

double throughput(const Results& results) {
  if (results.seconds == 0) return std::nan("");
  return results.edits_per_second();
}

double error_rate(const Results& results) {
  return results.total().started == 0 ? std::nan("") : results.error_rate();
}

double conflict_rate(const Results& results) {
  return results.total().acknowledged == 0 ? std::nan("") : results.conflict_rate();
}

double row_rate(const Results& results) {
  return results.total().applied == 0 ? std::nan("") : results.rows_per_second();
}

double memory_per_device(const Results& results) {
  return results.memory_per_device().value_or(std::nan(""));
}

double memory_growth(const Results& results) {
  return results.memory_growth().value_or(std::nan(""));
}

double cpu_per_change(const Results& results) {
  return results.cpu_us_per_change().value_or(std::nan(""));
}

double fill_rate(const Results& results) {
  return results.fill ? results.fill->per_second() : std::nan("");
}

double fill_rate_at_end(const Results& results) {
  return results.fill ? results.fill->per_second_at_end() : std::nan("");
}

struct Total {
  std::string_view name;
  double (*measure)(const Results&);
  Unit unit = Unit::number;
};

constexpr std::array totals{Total{"error_rate", error_rate, Unit::share},
                            Total{"conflict_rate", conflict_rate, Unit::share},
                            Total{"throughput", throughput},
                            Total{"row_rate", row_rate},
                            Total{"fill_rate", fill_rate},
                            Total{"fill_rate_at_end", fill_rate_at_end},
                            Total{"cpu_per_change", cpu_per_change},
                            Total{"memory_per_device", memory_per_device},
                            Total{"memory_growth", memory_growth, Unit::share}};

std::optional<Metric> parse_metric(std::string_view name) {
  const auto total = std::ranges::find(totals, name, &Total::name);
  if (total != totals.end()) return Metric{total->measure, total->unit};
  return parse_timing_metric(name);
}

std::function<bool(double, double)> parse_operator(std::string_view text) {
  if (text == "<") return std::less<double>();
  if (text == "<=") return std::less_equal<double>();
  if (text == ">") return std::greater<double>();
  return std::greater_equal<double>();
}

// Words after a heading, in lines of at most 92.
class HelpLines {
 public:
  void begin(std::string_view heading) {
    if (!text_.empty()) text_ += "\n";
    line_ = text_.size();
    text_ += "  ";
    text_ += heading;
    text_.resize(line_ + indent_, ' ');
  }
  void add(std::string_view word) {
    if (text_.size() - line_ + 1 + word.size() > 92) {
      text_ += "\n";
      line_ = text_.size();
      text_.resize(line_ + indent_, ' ');
    }
    text_ += " ";
    text_ += word;
  }
  const std::string& text() const { return text_; }

 private:
  static constexpr std::size_t indent_ = 13;
  std::string text_;
  std::size_t line_ = 0;  // where the last one begins
};

}  // namespace

std::string threshold_help() {
  HelpLines help;
  help.begin("timings:");
  for (std::size_t i = 0; i < timing_count; ++i) help.add(to_string(static_cast<Timing>(i)));
  help.begin("statistics:");
  for (const Statistic& statistic : statistics) help.add(statistic.name);
  help.begin("totals:");
  for (const Total& total : totals) help.add(total.name);
  return "Thresholds: TIMING.STATISTIC or TOTAL, <, <=, > or >=, and a limit\n" + help.text() +
         "\n";
}

Result<ThresholdRule> parse_threshold(std::string_view text) {
  const std::size_t at = text.find_first_of("<>");
  if (at == std::string_view::npos) return refused(text, "expected <, <=, > or >=");
  const std::size_t width = text.substr(at + 1).starts_with('=') ? 2 : 1;
  const std::string_view name = trimmed(text.substr(0, at));
  const auto metric = parse_metric(name);
  if (!metric) {
    return refused(
        text, "there is no metric '" + std::string(name) + "' (syncload run --help lists them)");
  }
  const auto limit = parse_limit(trimmed(text.substr(at + width)), metric->unit);
  if (!limit) {
    static constexpr const char* expected[] = {"a duration", "a percentage", "a number"};
    return refused(text,
                   std::string("the limit is ") + expected[static_cast<std::size_t>(metric->unit)]);
  }
  return ThresholdRule{.expression = std::string(trimmed(text)),
                       .metric = std::string(name),
                       .measure = metric->measure,
                       .holds = parse_operator(text.substr(at, width)),
                       .limit = *limit};
}

Result<std::vector<ThresholdRule>> parse_thresholds(const std::vector<std::string>& given,
                                                    const std::vector<std::string>& defaults) {
  std::vector<ThresholdRule> rules;
  for (const std::string& text : given) {
    SS_ASSIGN(ThresholdRule rule, parse_threshold(text));
    rules.push_back(std::move(rule));
  }
  const std::size_t own = rules.size();
  for (const std::string& text : defaults) {
    SS_ASSIGN(ThresholdRule rule, parse_threshold(text));
    const bool replaced =
        std::any_of(rules.begin(), rules.begin() + static_cast<std::ptrdiff_t>(own),
                    [&](const ThresholdRule& other) { return other.metric == rule.metric; });
    if (!replaced) rules.push_back(std::move(rule));
  }
  return rules;
}

Threshold judge(const ThresholdRule& rule, const Results& results) {
  Threshold threshold{.expression = rule.expression, .limit = rule.limit};
  threshold.measured = rule.measure(results);
  threshold.met = !std::isnan(threshold.measured) && rule.holds(threshold.measured, rule.limit);
  return threshold;
}

std::string measured_text(const Threshold& threshold) {
  if (std::isnan(threshold.measured)) return "nothing was measured";
  const std::string_view metric(threshold.expression);
  if (metric.starts_with("error_rate") || metric.starts_with("conflict_rate") ||
      metric.starts_with("memory_growth")) {
    return percent_of(threshold.measured);
  }
  if (metric.starts_with("cpu")) return duration_of(threshold.measured);
  if (metric.starts_with("memory")) return bytes_of(threshold.measured);
  if (trimmed(metric.substr(0, metric.find_first_of("<>"))).ends_with(".spread")) {
    return times_of(threshold.measured);
  }
  if (metric.find('.') > metric.find_first_of("<>")) return rate_of(threshold.measured);
  return duration_of(threshold.measured);
}

std::string measured_text(const Capacity& capacity, const Trial& trial) {
  return measured_text({.expression = capacity.objective, .measured = trial.measured});
}

}  // namespace studiosync::load
