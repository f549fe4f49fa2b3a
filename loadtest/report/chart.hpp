// Values over the time of a run.
#pragma once

#include <string>
#include <vector>

#include "loadtest/report/svg.hpp"

namespace studiosync::load {

struct ChartSeries {
  std::string name;
  std::string color;           // a class of the style: c1 to c6
  std::vector<double> values;  // one for each of the chart's seconds; NaN: a gap
};

struct Chart {
  enum class Kind : std::uint8_t {
    lines,
    stacked,  // areas on top of each other; no gaps
  };
  std::string title;
  std::string note;
  Kind kind = Kind::lines;
  bool logarithmic = false;     // of lines; values that are not positive are gaps
  Label label = nullptr;        // of a value
  std::vector<double> seconds;  // rising; not empty
  std::vector<ChartSeries> series;
};

// Without any series it says so.
std::string draw(const Chart& chart);

}  // namespace studiosync::load
