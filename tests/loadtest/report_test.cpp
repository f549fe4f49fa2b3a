#include "loadtest/report/report_html.hpp"

#include <gtest/gtest.h>

#include "loadtest/report/axis_labels.hpp"
#include "loadtest/report/scale.hpp"
#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// Every element that is opened is closed, in order.
testing::AssertionResult nested(std::string_view html) {
  std::vector<std::string_view> open;
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at + 1, html.find('>', at) - at - 1);
    const std::string_view name = tag.substr(0, tag.find(' '));
    if (name.starts_with('!') || name == "meta" || tag.ends_with('/')) continue;
    if (!name.starts_with('/')) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name.substr(1)) {
      return testing::AssertionFailure() << "</" << name << " at " << at;
    } else {
      open.pop_back();
    }
  }
  if (!open.empty()) return testing::AssertionFailure() << "open: " << open.back();
  return testing::AssertionSuccess();
}

Results run_with_everything() {
  Results results = made_results(5, 100, 2'000);
  results.intervals[2].counts.errors[ErrorCode::timeout] = 3;
  results.intervals[3].counts.conflicts = 2;
  results.thresholds = {{"sync_latency.p95<2s", 2'000, 2e6, true}};
  results.fill = Fill{.records = 30, .seconds = 2, .samples = {{1, 20}, {2, 30}}};
  results.memory = {{1, 10, 5000}, {2, 20, 6000}};
  results.capacity = Capacity{.objective = "sync_latency.p95<1s", .rate = 100, .trials = {{}}};
  results.remarks = {"a <remark>"};
  results.late.counts.acknowledged = 7;
  return results;
}

TEST(Report, IsOnePageThatNeedsNothingElse) {
  const std::string html = report_html(run_with_everything());
  EXPECT_TRUE(nested(html));
  for (const char* outside : {"<script", "<link", "<img", "src=", "url(", "@import"}) {
    EXPECT_EQ(count_of(html, outside), 0U) << outside;
  }
  EXPECT_NE(html.find("prefers-color-scheme: dark"), html.npos);
}

TEST(Report, HasAPictureOfEachSubject) {
  const std::string html = report_html(run_with_everything());
  for (const char* subject : {"sync_latency over time", "Throughput", "sync_latency distribution",
                              "Errors", "Connections", "Conflict rate", "Bytes",
                              "generator_lag over time", "Server memory", "Records beforehand"}) {
    EXPECT_EQ(count_of(html, "<h3>" + std::string(subject) + "</h3>"), 1U) << subject;
  }
  EXPECT_NE(html.find("timeout: 3"), html.npos);
  EXPECT_NE(html.find("; 7 edits after the measured time"), html.npos);
}

TEST(Report, OfARunInWhichNothingHappenedIsAPageAllTheSame) {
  EXPECT_TRUE(nested(report_html(Results{})));
  EXPECT_TRUE(nested(report_html(made_results(1, 0, 1))));
}

TEST(Report, TextFromElsewhereStaysText) {
  Results results = run_with_everything();
  results.target = "http://<b>&\"";
  const std::string html = report_html(results);
  EXPECT_TRUE(nested(html));
  EXPECT_EQ(html.find("<b>&"), html.npos);
  EXPECT_NE(html.find("a &lt;remark&gt;"), html.npos);
}

TEST(Report, SaysWhenARunSaysNothingAboutTheServer) {
  Results results = run_with_everything();
  results.self.valid = false;
  results.self.reason = "the generator was late";
  const std::string html = report_html(results);
  EXPECT_NE(html.find("INVALID"), html.npos);
  EXPECT_NE(html.find("the generator was late"), html.npos);
}

TEST(Report, SaysWhetherAHighestRateIsTheServers) {
  Results results = run_with_everything();
  results.capacity = Capacity{.objective = "error_rate<1%",
                              .rate = 100,
                              .trials = {{.rate = 100, .measured = 0.005, .met = true},
                                         {.rate = 104, .measured = 0.006, .missed = "x<1s"}}};
  std::string html = report_html(results);
  EXPECT_TRUE(nested(html));
  EXPECT_NE(html.find("highest rate with error_rate&lt;1%: 100.0/s</h2>"), html.npos) << html;
  EXPECT_NE(html.find("0.50 %"), html.npos);
  EXPECT_NE(html.find("missed x&lt;1s"), html.npos);
  EXPECT_EQ(html.find("INVALID"), html.npos);
  results.capacity->trials[1].valid = false;
  html = report_html(results);
  EXPECT_NE(html.find("INVALID"), html.npos);
}

TEST(Scale, LinearOnesEndAtARoundNumber) {
  EXPECT_EQ(Scale::linear(1000).marks(), (std::vector<double>{0, 250, 500, 750, 1000}));
  EXPECT_EQ(Scale::linear(7).marks(), (std::vector<double>{0, 2, 4, 6, 8}));
  EXPECT_DOUBLE_EQ(Scale::linear(7).place(4), 0.5);
  EXPECT_DOUBLE_EQ(Scale::linear(7).place(100), 1);
  EXPECT_GE(Scale::linear(0).marks().size(), 2U);
}

TEST(Scale, OfATimeEndsWithIt) {
  const Scale scale = Scale::up_to(600.13);
  EXPECT_EQ(scale.marks(), (std::vector<double>{0, 200, 400, 600}));
  EXPECT_DOUBLE_EQ(scale.place(600.13), 1);
  EXPECT_EQ(Scale::up_to(60).marks().back(), 60);
}

TEST(Scale, LogarithmicOnesSpanWholeDecades) {
  const Scale scale = Scale::logarithmic(300, 90'000);
  EXPECT_EQ(scale.marks(), (std::vector<double>{100, 1'000, 10'000, 100'000}));
  EXPECT_DOUBLE_EQ(scale.place(100), 0);
  EXPECT_NEAR(scale.place(1'000), 1.0 / 3, 1e-9);
  EXPECT_DOUBLE_EQ(scale.place(1), 0);
}

TEST(AxisLabels, AreShort) {
  EXPECT_EQ(duration_label(500), "500 µs");
  EXPECT_EQ(duration_label(2'500), "2.5 ms");
  EXPECT_EQ(duration_label(10e6), "10 s");
  EXPECT_EQ(count_label(850), "850");
  EXPECT_EQ(count_label(12'000), "12k");
  EXPECT_EQ(count_label(3e6), "3M");
  EXPECT_EQ(bytes_label(2'500'000), "2.5 MB");
  EXPECT_EQ(percent_label(0.005), "0.5 %");
}

}  // namespace
}  // namespace studiosync::load
