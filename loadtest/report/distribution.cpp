#include "loadtest/report/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/report/axis_labels.hpp"
#include "loadtest/report/svg.hpp"

namespace studiosync::load {
namespace {

// Bars over the whole axis: fine enough for two humps a factor of two apart.
constexpr std::size_t bars_max = 80;

struct Percentile {
  const char* name;
  double share;
  const char* color;
};
constexpr Percentile percentiles[] = {{"p50", 0.5, "c1"}, {"p95", 0.95, "c2"}, {"p99", 0.99, "c3"}};

std::vector<std::uint64_t> bars_of(const Histogram& histogram, const Scale& scale) {
  std::vector<std::uint64_t> bars(bars_max);
  for (const auto& [microseconds, count] : histogram.buckets()) {
    const double place = scale.place(static_cast<double>(microseconds));
    bars[std::min(bars_max - 1, static_cast<std::size_t>(place * bars_max))] += count;
  }
  return bars;
}

std::string bar(const Plot& plot, std::size_t i, double height, std::uint64_t count) {
  const double width = plot.width / bars_max;
  return "<rect class=\"bar\" x=\"" + coordinate(plot.left + static_cast<double>(i) * width + 0.5) +
         "\" y=\"" + coordinate(plot.bottom() - height) + "\" width=\"" + coordinate(width - 1) +
         "\" height=\"" + coordinate(height) + "\"><title>" +
         count_label(static_cast<double>(count)) + "</title></rect>";
}

std::string marker(const Plot& plot, double place, const char* color) {
  const std::string x = coordinate(plot.left + place * plot.width);
  return "<line class=\"marker " + std::string(color) + "\" x1=\"" + x + "\" x2=\"" + x +
         "\" y1=\"" + coordinate(plot.top) + "\" y2=\"" + coordinate(plot.bottom()) + "\"/>";
}

}  // namespace

std::string draw_distribution(std::string_view title, std::string_view note,
                              const Histogram& histogram) {
  const Plot plot;
  const auto smallest = static_cast<double>(histogram.buckets().front().microseconds);
  const Scale time = Scale::logarithmic(smallest, static_cast<double>(histogram.max()));
  const std::vector<std::uint64_t> bars = bars_of(histogram, time);
  const Scale counts = Scale::linear(static_cast<double>(*std::ranges::max_element(bars)));
  std::string svg = value_axis(plot, counts, count_label) + base_axis(plot, time, duration_label);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    if (bars[i] == 0) continue;
    // One of a million is still to be seen.
    const double height = counts.place(static_cast<double>(bars[i])) * plot.height;
    svg += bar(plot, i, std::max(height, 1.0), bars[i]);
  }
  std::string legend;
  for (const auto& [name, share, color] : percentiles) {
    const auto value = static_cast<double>(histogram.percentile(share));
    svg += marker(plot, time.place(value), color);
    legend += legend_entry(color, std::string(name) + " " + duration_label(value));
  }
  return figure(title, note, legend, svg);
}

}  // namespace studiosync::load
