#include "loadtest/report/svg.hpp"

#include <cstdio>

#include "e2e/draw/escape.hpp"

namespace studiosync::load {

std::string coordinate(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string value_axis(const Plot& plot, const Scale& scale, Label label) {
  std::string svg;
  for (const double mark : scale.marks()) {
    const std::string y = coordinate(plot.bottom() - scale.place(mark) * plot.height);
    svg += "<line class=\"grid\" x1=\"" + coordinate(plot.left) + "\" x2=\"" +
           coordinate(plot.right()) + "\" y1=\"" + y + "\" y2=\"" + y + "\"/>";
    svg += "<text class=\"tick\" text-anchor=\"end\" dy=\"0.32em\" x=\"" +
           coordinate(plot.left - 8) + "\" y=\"" + y + "\">" + label(mark) + "</text>";
  }
  return svg;
}

std::string base_axis(const Plot& plot, const Scale& scale, Label label) {
  std::string svg;
  for (const double mark : scale.marks()) {
    const std::string x = coordinate(plot.left + scale.place(mark) * plot.width);
    // The last one stays within the picture, however long it is.
    const char* anchor = scale.place(mark) < 1 ? "middle" : "end";
    svg += "<text class=\"tick\" text-anchor=\"" + std::string(anchor) + "\" x=\"" + x + "\" y=\"" +
           coordinate(plot.bottom() + 20) + "\">" + label(mark) + "</text>";
  }
  return svg;
}

std::string figure(std::string_view title, std::string_view note, std::string_view legend,
                   std::string_view picture) {
  std::string html = "<figure><figcaption><h3>" + e2e::escape_html(title) + "</h3><p>" +
                     e2e::escape_html(note) + "</p></figcaption>";
  if (!legend.empty()) html.append("<ul class=\"legend\">").append(legend).append("</ul>");
  html += "<svg viewBox=\"0 0 " + coordinate(picture_width) + " " + coordinate(picture_height) +
          "\" role=\"img\" aria-label=\"" + e2e::escape_html(title) + "\">";
  return html.append(picture).append("</svg></figure>\n");
}

std::string legend_entry(std::string_view color, std::string_view name) {
  return "<li class=\"" + std::string(color) + "\">" + e2e::escape_html(name) + "</li>";
}

std::string pointed_at(const Plot& plot, double from, double to, std::string_view text) {
  return "<rect class=\"hit\" x=\"" + coordinate(from) + "\" y=\"" + coordinate(plot.top) +
         "\" width=\"" + coordinate(to - from) + "\" height=\"" + coordinate(plot.height) +
         "\"><title>" + e2e::escape_html(text) + "</title></rect>";
}

}  // namespace studiosync::load
