#include "loadtest/report/axis_labels.hpp"

#include <cstdio>

namespace studiosync::load {
namespace {

std::string text(double value, const char* unit) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%.3g%s", value, unit);
  return buffer;
}

}  // namespace

std::string duration_label(double microseconds) {
  if (microseconds >= 999.5e3) return text(microseconds / 1e6, " s");
  if (microseconds >= 999.5) return text(microseconds / 1e3, " ms");
  return text(microseconds, " µs");
}

std::string seconds_label(double seconds) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g s", seconds);
  return buffer;
}

std::string count_label(double count) {
  if (count >= 999.5e3) return text(count / 1e6, "M");
  if (count >= 9'995) return text(count / 1e3, "k");
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.4g", count);
  return buffer;
}

std::string bytes_label(double bytes) {
  if (bytes >= 999.5e6) return text(bytes / 1e9, " GB");
  if (bytes >= 999.5e3) return text(bytes / 1e6, " MB");
  return text(bytes / 1e3, " kB");
}

std::string percent_label(double share) {
  return text(share * 100, " %");
}

}  // namespace studiosync::load
