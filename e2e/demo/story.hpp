// Tells what happens, checks it, and keeps it for the report.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::demo {

class Story {
 public:
  void act(std::string_view title);
  void say(std::string_view line);
  // A claim that must hold; one that does not fails the demo, which goes on.
  bool check(bool holds, std::string_view claim);
  // The same for a step; the error's message is told.
  bool check(const Result<>& outcome, std::string_view claim);

  // A bar on a terminal, silence elsewhere; `done` == `total` ends it.
  void progress(std::string_view title, std::size_t done, std::size_t total);

  bool held() const noexcept { return failed_ == 0 && checks_ > 0; }
  // The closing line, and the report as Markdown.
  Result<> finish(const std::string& report_file);

 private:
  void print(const std::string& line);

  std::vector<std::string> lines_;
  std::size_t checks_ = 0;
  std::size_t failed_ = 0;
  bool bar_open_ = false;
};

// Median, 95th percentile and largest of some durations, as text in milliseconds.
std::string latency_text(std::vector<std::chrono::nanoseconds> times);

// A text of at most `width` characters.
std::string shortened(std::string text, std::size_t width);

}  // namespace studiosync::demo
