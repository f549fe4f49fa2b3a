// The frame of a chart in SVG: the plot's area, its axes, and places within it.
#pragma once

#include <string>
#include <string_view>

#include "loadtest/report/scale.hpp"

namespace studiosync::load {

using Label = std::string (*)(double);

// Units of the picture; it scales with the page.
struct Plot {
  double left = 64;
  double top = 12;
  double width = 548;
  double height = 190;
  double right() const noexcept { return left + width; }
  double bottom() const noexcept { return top + height; }
};
inline constexpr double picture_width = 640;
inline constexpr double picture_height = 236;

// One decimal: a tenth of a unit is less than a pixel.
std::string coordinate(double value);

// Lines across with a label each.
std::string value_axis(const Plot& plot, const Scale& scale, Label label);
// Labels below.
std::string base_axis(const Plot& plot, const Scale& scale, Label label);

// `<figure>` with a heading, a remark, a legend (empty: none) and the picture.
std::string figure(std::string_view title, std::string_view note, std::string_view legend,
                   std::string_view picture);
std::string legend_entry(std::string_view color, std::string_view name);

// A strip over the plot's whole height that tells `text` to who points at it.
std::string pointed_at(const Plot& plot, double from, double to, std::string_view text);

}  // namespace studiosync::load
