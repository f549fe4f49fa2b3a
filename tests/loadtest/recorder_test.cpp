#include "loadtest/fleet/recorder.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

using std::chrono::seconds;

TEST(Recorder, ASampleOfTheLinksBelongsToTheIntervalThatEndsThere) {
  Recorder recorder;
  const Moment begin{};
  recorder.start(begin, seconds(3), seconds(1));
  recorder.added(LinkState::live);
  recorder.sample_links(begin + seconds(1));
  recorder.added(LinkState::live);
  recorder.sample_links(begin + seconds(2));
  recorder.moved(LinkState::live, LinkState::waiting);
  recorder.sample_links(begin + seconds(3));
  const auto intervals = recorder.finish().intervals;
  ASSERT_EQ(intervals.size(), 3U);
  EXPECT_EQ(intervals[0].live, 1U);
  EXPECT_EQ(intervals[1].live, 2U);
  EXPECT_EQ(intervals[2].live, 1U);
  EXPECT_EQ(intervals[2].waiting, 1U);
}

TEST(Recorder, WhatHappensAfterTheEndIsLateAndInNoInterval) {
  Recorder recorder;
  const Moment begin{};
  recorder.start(begin, seconds(3), seconds(1));
  recorder.count(&Counts::acknowledged, begin + seconds(2));
  recorder.count(&Counts::acknowledged, begin + seconds(3), 5);
  recorder.count(&Counts::applied, begin + seconds(5), 7);
  recorder.count(&Counts::acknowledged, begin + seconds(8));
  recorder.count_error(ErrorCode::timeout, begin + seconds(9));
  EXPECT_EQ(recorder.so_far().acknowledged, 7U);
  const Recorded recorded = recorder.finish();
  EXPECT_EQ(recorded.intervals[2].counts.acknowledged, 1U);
  EXPECT_EQ(recorded.intervals[2].counts.all_errors(), 0U);
  EXPECT_EQ(recorded.late.counts.acknowledged, 6U);
  EXPECT_EQ(recorded.late.counts.all_errors(), 1U);
  EXPECT_DOUBLE_EQ(recorded.late.rows_until, 2);
}

TEST(Recorder, ALateAnswerIsTimedWhereItsOperationWasMeantToBegin) {
  Recorder recorder;
  const Moment begin{};
  recorder.start(begin, seconds(3), seconds(1));
  recorder.time(Timing::sync_latency, begin + seconds(1), begin + seconds(8));
  const auto intervals = recorder.finish().intervals;
  EXPECT_EQ(intervals[1].timings[static_cast<std::size_t>(Timing::sync_latency)].count(), 1U);
}

TEST(Recorder, TellsHowLongTheLatestIntervalIs) {
  Recorder recorder;
  const Moment begin{};
  EXPECT_EQ(recorder.latest_seconds(begin), 0);
  recorder.start(begin, seconds(10), seconds(4));
  EXPECT_EQ(recorder.latest_seconds(begin - seconds(1)), 0);
  EXPECT_EQ(recorder.latest_seconds(begin + seconds(3)), 3);
  EXPECT_EQ(recorder.latest_seconds(begin + seconds(9)), 4);
  // The last one is cut short.
  EXPECT_EQ(recorder.latest_seconds(begin + seconds(20)), 2);
}

TEST(Recorder, AMeasurementBeginsWithoutWhatWasLateInTheOneBefore) {
  Recorder recorder;
  const Moment begin{};
  recorder.start(begin, seconds(1), seconds(1));
  recorder.count(&Counts::applied, begin + seconds(2));
  recorder.start(begin + seconds(3), seconds(1), seconds(1));
  EXPECT_EQ(recorder.finish().late.counts.applied, 0U);
}

}  // namespace
}  // namespace studiosync::load
