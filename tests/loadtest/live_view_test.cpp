#include "loadtest/cli/live_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/summary.hpp"
#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

Snapshot measuring() {
  Snapshot snapshot{.phase = std::string(measuring_phase), .seconds = 3, .length = 10};
  snapshot.latest_seconds = 1;
  snapshot.latest = made_results(1, 40, 2000).intervals[0];
  snapshot.latest.waiting = 2;
  snapshot.so_far.errors[ErrorCode::rate_limited] = 7;
  return snapshot;
}

TEST(LiveView, ALineOfALogSaysRateLatencyConnectionsAndErrors) {
  EXPECT_EQ(live_line(measuring()),
            "measuring 3 s of 10 s: 40/s acknowledged, sync_latency 2.00 ms / 2.00 ms / 2.00 ms, "
            "20 live, 2 offline, errors 7 rate_limited");
}

TEST(LiveView, OnATerminalTheHeightNeverChangesWhileItMeasures) {
  const Snapshot snapshot = measuring();
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  EXPECT_EQ(lines(live_lines(snapshot, {})), lines(live_lines(snapshot, {{1, 2, 3}, {4}})));
}

TEST(LiveView, OnATerminalItShowsRatesPercentilesLinksErrorsAndThePast) {
  const std::string text = live_lines(measuring(), {{0, 50, 100}, {7}});
  for (const char* part :
       {"3 s of 10 s", "acknowledged 40/s", "sync_latency  p50 / p95 / p99  2.00 ms",
        "20 live, 2 offline", "7 rate_limited", "▁▄█", "━━━━━━━━━━━━╌"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(LiveView, RatesAreThoseOfASecondHoweverLongAnIntervalIs) {
  Snapshot snapshot = measuring();
  snapshot.latest_seconds = 12;  // as in a run of an hour
  snapshot.latest.counts.acknowledged = 1'200;
  snapshot.latest.counts.offered = 1'212;
  snapshot.latest.counts.bytes_sent = 12'000'000;
  EXPECT_NE(live_line(snapshot).find(": 100/s acknowledged"), std::string::npos)
      << live_line(snapshot);
  const std::string text = live_lines(snapshot, {});
  for (const char* part : {"offered 101/s, acknowledged 100/s", "sent 1.0 MB/s"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(LiveView, BeforeTheFirstIntervalThereAreNoRates) {
  Snapshot snapshot = measuring();
  snapshot.latest_seconds = 0;
  EXPECT_NE(live_line(snapshot).find(": 0/s acknowledged"), std::string::npos);
}

TEST(LiveView, PreparationsTellHowManyRecordsThereAre) {
  Snapshot snapshot{.phase = "records", .seconds = 2};
  snapshot.records = 1234;
  EXPECT_EQ(live_line(snapshot), "records 2 s: 1234 records acknowledged, 0 live");
}

TEST(LiveView, ASparklineIsScaledToItsLargest) {
  EXPECT_EQ(sparkline({0, 50, 100}), "▁▄█");
  EXPECT_EQ(sparkline({0, 0}), "▁▁");
  EXPECT_EQ(sparkline({}), "");
}

TEST(Summary, NamesWhatIsLostAndWhatFailed) {
  Results results = made_results(10, 100, 5000);
  results.self.valid = true;
  results.verification.missing = 1;
  results.verification.examples = {"saved_query x is missing"};
  results.thresholds = {{"sync_latency.p95<1ms", 5000, 1000, false}};
  const std::string text = summary(results);
  EXPECT_NE(text.find("saved_query x is missing"), std::string::npos) << text;
  EXPECT_NE(text.find("FAILED  sync_latency.p95<1ms  5.00 ms"), std::string::npos) << text;
}

TEST(Summary, TellsWhatWasStillToBeDoneWhenTheTimeWasOver) {
  Results results = made_results(10, 100, 5000);
  results.late.counts.acknowledged = 42;
  const std::string text = summary(results);
  EXPECT_NE(text.find("100.0/s acknowledged, and 42 edits after the measured time"),
            std::string::npos)
      << text;
}

TEST(Summary, DoesNotPraiseAVerificationThatHadNothingToLookFor) {
  Results results = made_results(1, 1, 1);
  EXPECT_NE(summary(results).find("ok  5 of 5 acknowledged records"), std::string::npos);
  results.verification = {.done = true};
  std::string text = summary(results);
  EXPECT_EQ(text.find("0 of 0"), std::string::npos) << text;
  EXPECT_NE(text.find("  nothing to verify"), std::string::npos) << text;
  results.verification.devices_apart = 2;
  text = summary(results);
  EXPECT_NE(text.find("FAILED  nothing to verify"), std::string::npos) << text;
  EXPECT_NE(text.find("devices apart: 2"), std::string::npos) << text;
}

TEST(Summary, TellsTheServersMemoryOnceAMinute) {
  Results results = made_results(1, 1, 1);
  for (double second = 0.5; second < 130; ++second) {
    results.memory.push_back({second, 2, static_cast<std::uint64_t>(50e6 + second * 1e5)});
  }
  const std::string text = summary(results);
  EXPECT_NE(text.find("50.0 MB, 56.0 MB, 62.0 MB of the server"), std::string::npos) << text;
}

TEST(ExitCode, ALossIsALossHoweverTheLoadWasMade) {
  Results results = made_results(1, 1, 1);
  results.passed = true;
  EXPECT_EQ(exit_code_of(results), exit_passed);
  results.passed = false;
  EXPECT_EQ(exit_code_of(results), exit_failed);
  results.self.valid = false;
  EXPECT_EQ(exit_code_of(results), exit_invalid);
  results.verification.devices_apart = 1;
  EXPECT_EQ(exit_code_of(results), exit_failed);
}

TEST(ExitCode, ATargetThatDoesNotAnswerIsNoMistakeOfUsage) {
  EXPECT_EQ(exit_code_of(Error{.code = ErrorCode::connection_refused}), exit_unreachable);
  EXPECT_EQ(exit_code_of(Error{.code = ErrorCode::bad_request}), exit_usage);
}

}  // namespace
}  // namespace studiosync::load
