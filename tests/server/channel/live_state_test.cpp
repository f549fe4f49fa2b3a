#include "server/channel/live_state.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

using Offer = LiveState::Offer;
constexpr std::size_t kNone = 0;
constexpr std::size_t kMax = 100;

// A device that was welcomed at this seq.
LiveState live_at(Seq seq) {
  LiveState state;
  EXPECT_TRUE(state.caught_up(seq));
  return state;
}

TEST(LiveState, OffersNothingBeforeTheDeviceIsWelcomed) {
  LiveState state;
  EXPECT_EQ(state.offer(Seq{1}, kNone, kMax), Offer::nothing);
}

TEST(LiveState, SaysThatACommitCameBetweenTheWelcomeAndItsHead) {
  LiveState state;
  EXPECT_EQ(state.offer(Seq{8}, kNone, kMax), Offer::nothing);
  EXPECT_FALSE(state.caught_up(Seq{7}));
  EXPECT_EQ(state.head(), Seq{8});
}

TEST(LiveState, SendsRowsToADeviceThatHasEverything) {
  LiveState state = live_at(Seq{5});
  EXPECT_EQ(state.offer(Seq{6}, kNone, kMax), Offer::rows);
  EXPECT_EQ(state.offer(Seq{7}, kMax, kMax), Offer::rows);
}

TEST(LiveState, GivesASlowReaderOneHintUntilItHasPulled) {
  LiveState state = live_at(Seq{5});
  EXPECT_EQ(state.offer(Seq{6}, kMax + 1, kMax), Offer::hint);
  EXPECT_EQ(state.offer(Seq{7}, kMax + 1, kMax), Offer::nothing);
  EXPECT_EQ(state.offer(Seq{8}, kNone, kMax), Offer::nothing);  // rows now would leave a gap
  EXPECT_TRUE(state.caught_up(Seq{8}));
  EXPECT_EQ(state.offer(Seq{9}, kNone, kMax), Offer::rows);
}

TEST(LiveState, HintsAgainWhenADeviceFallsBehindASecondTime) {
  LiveState state = live_at(Seq{5});
  EXPECT_EQ(state.offer(Seq{6}, kMax + 1, kMax), Offer::hint);
  EXPECT_TRUE(state.caught_up(Seq{6}));
  EXPECT_EQ(state.offer(Seq{7}, kMax + 1, kMax), Offer::hint);
}

TEST(LiveState, StaysBehindWhenAPageEndsBelowTheHead) {
  LiveState state = live_at(Seq{5});
  EXPECT_EQ(state.offer(Seq{7}, kMax + 1, kMax), Offer::hint);
  EXPECT_FALSE(state.caught_up(Seq{6}));
  EXPECT_EQ(state.offer(Seq{8}, kNone, kMax), Offer::nothing);
}

// The rows overtook the page and the device has them: it would not pull for a hint, and wait in
// vain.
TEST(LiveState, StaysLiveWhenAPageIsOlderThanTheRowsAlreadySent) {
  LiveState state = live_at(Seq{5});
  EXPECT_EQ(state.offer(Seq{6}, kNone, kMax), Offer::rows);
  EXPECT_TRUE(state.caught_up(Seq{5}));
  EXPECT_EQ(state.offer(Seq{7}, kNone, kMax), Offer::rows);
}

TEST(LiveState, StaysLiveWhenAPageIsNewerThanTheRowsSent) {
  LiveState state = live_at(Seq{5});
  EXPECT_TRUE(state.caught_up(Seq{7}));
  EXPECT_EQ(state.offer(Seq{6}, kNone, kMax), Offer::rows);
  EXPECT_EQ(state.head(), Seq{7});
}

}  // namespace
}  // namespace studiosync::server
