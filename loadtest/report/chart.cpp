#include "loadtest/report/chart.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/report/axis_labels.hpp"

namespace studiosync::load {
namespace {

const std::string nothing_to_draw = "<text class=\"nothing\" text-anchor=\"middle\" x=\"" +
                                    coordinate(picture_width / 2) + "\" y=\"" +
                                    coordinate(picture_height / 2) + "\">none</text>";

// A lonely value among gaps is a dot, or nobody would see it.
constexpr const char* dot_radius = "2.5";

class Drawing {
 public:
  explicit Drawing(const Chart& chart)
      : chart_(chart),
        time_(Scale::up_to(chart.seconds.back())),
        values_(scale_of(chart)),
        base_(chart.seconds.size(), 0) {}

  std::string picture() {
    std::string svg = value_axis(plot_, values_, chart_.label) +
                      base_axis(plot_, time_, [](double s) { return seconds_label(s); });
    for (const ChartSeries& series : chart_.series) {
      svg += chart_.kind == Chart::Kind::stacked ? area(series) : line(series);
    }
    for (std::size_t i = 0; i < chart_.seconds.size(); ++i) svg += strip(i);
    return svg;
  }

 private:
  static Scale scale_of(const Chart& chart) {
    double smallest = INFINITY;
    double largest = 0;
    for (std::size_t i = 0; i < chart.seconds.size(); ++i) {
      double sum = 0;
      for (const ChartSeries& series : chart.series) {
        const double value = series.values[i];
        if (!std::isfinite(value)) continue;
        sum += value;
        if (value > 0) smallest = std::min(smallest, value);
        if (chart.kind == Chart::Kind::lines) largest = std::max(largest, value);
      }
      if (chart.kind == Chart::Kind::stacked) largest = std::max(largest, sum);
    }
    if (chart.logarithmic && smallest < INFINITY) return Scale::logarithmic(smallest, largest);
    return Scale::linear(largest > 0 ? largest : 1);
  }

  double x(std::size_t i) const {
    return plot_.left + time_.place(chart_.seconds[i]) * plot_.width;
  }
  double y(double value) const { return plot_.bottom() - values_.place(value) * plot_.height; }
  bool shown(double value) const {
    return std::isfinite(value) && (value > 0 || !chart_.logarithmic);
  }

  std::string point(std::size_t i, double value) const {
    return coordinate(x(i)) + " " + coordinate(y(value));
  }

  std::string line(const ChartSeries& series) const {
    std::string path;
    std::string dots;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      if (!shown(series.values[i])) continue;
      const bool follows = i > 0 && shown(series.values[i - 1]);
      const bool followed = i + 1 < series.values.size() && shown(series.values[i + 1]);
      if (follows || followed) {
        path += (follows ? "L" : "M") + point(i, series.values[i]);
      } else {
        dots += "<circle class=\"dot " + series.color + "\" r=\"" + dot_radius + "\" cx=\"" +
                coordinate(x(i)) + "\" cy=\"" + coordinate(y(series.values[i])) + "\"/>";
      }
    }
    return "<path class=\"line " + series.color + "\" d=\"" + path + "\"/>" + dots;
  }

  // Up along its top and back along the one below.
  std::string area(const ChartSeries& series) {
    std::string top;
    std::string back;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      const double value = std::isfinite(series.values[i]) ? series.values[i] : 0;
      back = "L" + point(i, base_[i]) + back;
      base_[i] += value;
      top += (i == 0 ? "M" : "L") + point(i, base_[i]);
    }
    return "<path class=\"area " + series.color + "\" d=\"" + top + back + "Z\"/>";
  }

  std::string strip(std::size_t i) const {
    std::string text = seconds_label(chart_.seconds[i]);
    for (const ChartSeries& series : chart_.series) {
      if (!shown(series.values[i])) continue;
      text += "\n" + series.name + ": " + chart_.label(series.values[i]);
    }
    const std::size_t last = chart_.seconds.size() - 1;
    const double from = i == 0 ? plot_.left : (x(i - 1) + x(i)) / 2;
    const double to = i == last ? plot_.right() : (x(i) + x(i + 1)) / 2;
    return pointed_at(plot_, from, to, text);
  }

  const Chart& chart_;
  const Plot plot_;
  const Scale time_;
  const Scale values_;
  std::vector<double> base_;  // where the next area stands
};

}  // namespace

std::string draw(const Chart& chart) {
  if (chart.series.empty()) return figure(chart.title, chart.note, {}, nothing_to_draw);
  std::string legend;
  for (const ChartSeries& series : chart.series) legend += legend_entry(series.color, series.name);
  return figure(chart.title, chart.note, legend, Drawing(chart).picture());
}

}  // namespace studiosync::load
