#include "loadtest/report_html.hpp"

#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string row(const std::vector<std::string>& cells) {
  std::string text = "<tr>";
  for (const std::string& cell : cells) text += "<td>" + escaped(cell) + "</td>";
  return text + "</tr>\n";
}

std::string latency_rows(const Results& results) {
  std::string text = row({"", "count", "p50", "p95", "p99", "max"});
  for (std::size_t i = 0; i < timing_count; ++i) {
    const Histogram all = results.total(static_cast<Timing>(i));
    if (all.count() == 0) continue;
    const auto micros = [](std::uint64_t us) { return duration_of(static_cast<double>(us)); };
    text += row({std::string(to_string(static_cast<Timing>(i))), std::to_string(all.count()),
                 micros(all.percentile(0.5)), micros(all.percentile(0.95)),
                 micros(all.percentile(0.99)), micros(all.max())});
  }
  return text;
}

std::string threshold_rows(const Results& results) {
  std::string text;
  for (const Threshold& threshold : results.thresholds) {
    text += row({threshold.expression, threshold.met ? "met" : "failed"});
  }
  return text;
}

}  // namespace

std::string report_html(const Results& results) {
  const std::string title = escaped(results.scenario + " on " + results.target);
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
         "</title></head>\n<body><h1>" + title + ": " + (results.passed ? "passed" : "failed") +
         "</h1>\n<p>" + escaped(results.self.reason) + "</p>\n<table>\n" + latency_rows(results) +
         "</table>\n<table>\n" + threshold_rows(results) + "</table>\n</body></html>\n";
}

}  // namespace studiosync::load
