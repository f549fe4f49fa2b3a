#include "e2e/demo/story.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace studiosync::demo {

void Story::print(const std::string& line) {
  if (std::exchange(bar_open_, false)) std::printf("\n");
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void Story::act(std::string_view title) {
  print("\n== " + std::string(title));
  lines_.push_back("\n## " + std::string(title) + "\n");
}

void Story::say(std::string_view line) {
  print("   " + std::string(line));
  lines_.push_back("    " + std::string(line));
}

bool Story::check(bool holds, std::string_view claim) {
  ++checks_;
  if (!holds) ++failed_;
  print((holds ? "   ok    " : "   FAILED ") + std::string(claim));
  lines_.push_back("\n- " + std::string(holds ? "held: " : "**FAILED**: ") + std::string(claim));
  return holds;
}

bool Story::check(const Result<>& outcome, std::string_view claim) {
  if (outcome) return check(true, claim);
  return check(false, std::string(claim) + ": " + outcome.error().message);
}

void Story::progress(std::string_view title, std::size_t done, std::size_t total) {
  if (::isatty(STDOUT_FILENO) != 1 || total == 0) return;
  constexpr std::size_t width = 40;
  const std::size_t full = width * std::min(done, total) / total;
  const std::string bar = std::string(full, '#') + std::string(width - full, '.');
  std::printf("\r   %.*s [%s] %zu of %zu", static_cast<int>(title.size()), title.data(),
              bar.c_str(), std::min(done, total), total);
  std::fflush(stdout);
  bar_open_ = true;
}

Result<> Story::finish(const std::string& report_file) {
  const std::string verdict =
      held() ? "All " + std::to_string(checks_) + " checks held."
             : std::to_string(failed_) + " of " + std::to_string(checks_) + " checks FAILED.";
  std::ofstream report(report_file);
  report << "# StudioSync demo\n\n" << verdict << '\n';
  for (const std::string& line : lines_) report << line << '\n';
  report.close();
  print("\n" + verdict + "\nReport: " + report_file);
  if (!report) return fail(ErrorCode::store_error, "cannot write " + report_file);
  return {};
}

std::string latency_text(std::vector<std::chrono::nanoseconds> times) {
  if (times.empty()) return "nothing measured";
  std::sort(times.begin(), times.end());
  const auto at = [&](std::size_t percent) {
    const auto value = times[std::min(times.size() - 1, times.size() * percent / 100)];
    return std::chrono::duration<double, std::milli>(value).count();
  };
  char text[96];
  std::snprintf(text, sizeof text, "median %.2f ms, p95 %.2f ms, largest %.2f ms", at(50), at(95),
                at(100));
  return text;
}

std::string shortened(std::string text, std::size_t width) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= width) return text;
  while (width > 0 && (static_cast<unsigned char>(text[width]) & 0xC0U) == 0x80U) --width;
  return text.substr(0, width) + "…";
}

}  // namespace studiosync::demo
