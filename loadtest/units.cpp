#include "loadtest/units.hpp"

#include <cmath>
#include <cstdio>

namespace studiosync::load {
namespace {

std::string text(const char* format, double value) {
  if (std::isnan(value)) return "-";
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

std::string duration_of(double microseconds) {
  if (microseconds >= 1e6) return text("%.2f s", microseconds / 1e6);
  if (microseconds >= 1e3) return text("%.2f ms", microseconds / 1e3);
  return text("%.0f µs", microseconds);
}

std::string percent_of(double share) {
  return text("%.2f %%", share * 100);
}

std::string rate_of(double per_second) {
  return text("%.1f/s", per_second);
}

std::string times_of(double ratio) {
  return text("%.2f times", ratio);
}

std::string bytes_of(double bytes) {
  if (bytes >= 1e9) return text("%.2f GB", bytes / 1e9);
  if (bytes >= 1e6) return text("%.1f MB", bytes / 1e6);
  return text("%.1f kB", bytes / 1e3);
}

}  // namespace studiosync::load
