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
  const auto intervals = recorder.finish();
  ASSERT_EQ(intervals.size(), 3U);
  EXPECT_EQ(intervals[0].live, 1U);
  EXPECT_EQ(intervals[1].live, 2U);
  EXPECT_EQ(intervals[2].live, 1U);
  EXPECT_EQ(intervals[2].waiting, 1U);
}

}  // namespace
}  // namespace studiosync::load
