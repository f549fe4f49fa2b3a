#include "loadtest/cli/live_view.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

constexpr std::size_t sparkline_width = 60;
constexpr std::size_t bar_width = 40;
constexpr std::size_t label_width = 16;

const Histogram& timing(const Snapshot& snapshot, Timing which) {
  return snapshot.latest.timings[static_cast<std::size_t>(which)];
}

// Intervals are longer than a second in a long run.
double a_second(const Snapshot& snapshot, std::uint64_t count) {
  return snapshot.latest_seconds > 0 ? static_cast<double>(count) / snapshot.latest_seconds : 0;
}

std::string rate(const Snapshot& snapshot, std::uint64_t count) {
  return std::to_string(std::llround(a_second(snapshot, count))) + "/s";
}

std::string byte_rate(const Snapshot& snapshot, std::uint64_t bytes) {
  return bytes_of(a_second(snapshot, bytes)) + "/s";
}

// The timing that this scenario is about.
Timing main_timing(const Snapshot& snapshot) {
  for (const Timing which : {Timing::sync_latency, Timing::first_sync}) {
    if (timing(snapshot, which).count() > 0) return which;
  }
  return Timing::connect;
}

std::string percentiles(const Histogram& histogram) {
  if (histogram.count() == 0) return "-";
  std::string text;
  for (const double share : {0.5, 0.95, 0.99}) {
    if (!text.empty()) text += " / ";
    text += duration_of(static_cast<double>(histogram.percentile(share)));
  }
  return text;
}

std::string clock_text(const Snapshot& snapshot) {
  std::string text = std::to_string(static_cast<int>(snapshot.seconds)) + " s";
  if (snapshot.length > 0) {
    text += " of " + std::to_string(static_cast<int>(snapshot.length)) + " s";
  }
  return text;
}

std::string links(const Snapshot& snapshot) {
  const Interval& now = snapshot.latest;
  std::string text = std::to_string(now.live) + " live";
  if (now.connecting > 0) text += ", " + std::to_string(now.connecting) + " connecting";
  if (now.waiting > 0) text += ", " + std::to_string(now.waiting) + " offline";
  if (now.halted > 0) text += ", " + std::to_string(now.halted) + " halted";
  return text;
}

std::string row(std::string_view label, const std::string& text) {
  std::string line = "  " + std::string(label);
  line.resize(label_width, ' ');
  return line + text + "\n";
}

std::string progress_bar(const Snapshot& snapshot) {
  if (snapshot.length <= 0) return {};
  const double share = std::clamp(snapshot.seconds / snapshot.length, 0.0, 1.0);
  const auto done = static_cast<std::size_t>(share * bar_width);
  std::string bar;
  for (std::size_t i = 0; i < bar_width; ++i) bar += i < done ? "━" : "╌";
  return bar;
}

std::string errors(const Counts& counts) {
  std::string text;
  for (const auto& [code, count] : counts.errors) {
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + std::string(to_string(code));
  }
  return text.empty() ? "none" : text;
}

class Silent final : public Watcher {
  void entered(std::string_view) override {}
  void looked(const Snapshot&) override {}
  void counted(std::string_view, std::size_t, std::size_t) override {}
};

class Announcer final : public Watcher {
  void entered(std::string_view phase) override {
    if (phase != waiting_at_gate) return;
    std::puts("ready");
    std::fflush(stdout);
  }
  void looked(const Snapshot&) override {}
  void counted(std::string_view, std::size_t, std::size_t) override {}
};

class Log final : public Watcher {
 public:
  void entered(std::string_view phase) override {
    std::fprintf(stderr, "%s\n", std::string(phase).c_str());
  }
  void looked(const Snapshot& snapshot) override {
    std::fprintf(stderr, "%s\n", live_line(snapshot).c_str());
  }
  void counted(std::string_view what, std::size_t done, std::size_t all) override {
    if (done % 100 != 0 && done != all) return;
    std::fprintf(stderr, "%s: %zu of %zu\n", std::string(what).c_str(), done, all);
  }
};

void keep(std::deque<std::uint64_t>& values, std::uint64_t latest) {
  values.push_back(latest);
  if (values.size() > sparkline_width) values.pop_front();
}

class Screen final : public Watcher {
 public:
  ~Screen() override { clear(); }

  void entered(std::string_view phase) override {
    draw(std::string(phase) + "\n");
    past_ = {};
  }
  void looked(const Snapshot& snapshot) override {
    const Timing which = main_timing(snapshot);
    const double edits = a_second(snapshot, snapshot.latest.counts.acknowledged);
    keep(past_.rates, static_cast<std::uint64_t>(std::llround(edits)));
    keep(past_.p99_us, timing(snapshot, which).percentile(0.99));
    draw(live_lines(snapshot, past_));
  }
  void counted(std::string_view what, std::size_t done, std::size_t all) override {
    draw(std::string(what) + ": " + std::to_string(done) + " of " + std::to_string(all) + "\n");
  }

 private:
  void draw(const std::string& text) {
    clear();
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
    lines_ = static_cast<int>(std::ranges::count(text, '\n'));
  }
  // Up to the first line of what was drawn, and nothing below (ECMA-48: CUU, ED).
  void clear() {
    if (lines_ > 0) std::fprintf(stderr, "\033[%dA\r\033[J", lines_);
    lines_ = 0;
  }

  int lines_ = 0;
  LivePast past_;
};

}  // namespace

std::string sparkline(const std::deque<std::uint64_t>& values) {
  static constexpr const char* heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (values.empty()) return {};
  const std::uint64_t largest = std::max<std::uint64_t>(1, *std::ranges::max_element(values));
  std::string line;
  for (const std::uint64_t value : values) line += heights[value * 7 / largest];
  return line;
}

std::string live_lines(const Snapshot& snapshot, const LivePast& past) {
  if (snapshot.phase != measuring_phase) return live_line(snapshot) + "\n";
  const Counts& latest = snapshot.latest.counts;
  const Timing which = main_timing(snapshot);
  std::string text =
      snapshot.phase + "  " + clock_text(snapshot) + "  " + progress_bar(snapshot) + "\n";
  text += row("rates", "offered " + rate(snapshot, latest.offered) + ", acknowledged " +
                           rate(snapshot, latest.acknowledged) + ", applied " +
                           rate(snapshot, latest.applied));
  text += row("bytes", "sent " + byte_rate(snapshot, latest.bytes_sent) + ", received " +
                           byte_rate(snapshot, latest.bytes_received));
  text += row(to_string(which), "p50 / p95 / p99  " + percentiles(timing(snapshot, which)));
  text += row("connections", links(snapshot));
  text += row("errors",
              errors(snapshot.so_far) + "; conflicts " + std::to_string(snapshot.so_far.conflicts));
  text += row("acknowledged", sparkline(past.rates));
  return text + row("p99", sparkline(past.p99_us));
}

std::string live_line(const Snapshot& snapshot) {
  if (snapshot.phase != measuring_phase) {
    return snapshot.phase + " " + clock_text(snapshot) + ": " + std::to_string(snapshot.records) +
           " records acknowledged, " + links(snapshot);
  }
  const Timing which = main_timing(snapshot);
  return snapshot.phase + " " + clock_text(snapshot) + ": " +
         rate(snapshot, snapshot.latest.counts.acknowledged) + " acknowledged, " +
         std::string(to_string(which)) + " " + percentiles(timing(snapshot, which)) + ", " +
         links(snapshot) + ", errors " + errors(snapshot.so_far);
}

std::unique_ptr<Watcher> make_announcer() {
  return std::make_unique<Announcer>();
}

std::unique_ptr<Watcher> make_live_view(bool quiet) {
  if (quiet) return std::make_unique<Silent>();
  if (::isatty(STDERR_FILENO) == 1) return std::make_unique<Screen>();
  return std::make_unique<Log>();
}

}  // namespace studiosync::load
