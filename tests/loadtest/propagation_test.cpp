#include "loadtest/fleet/propagation.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

using std::chrono::seconds;

const RecordKey query{EntityType::saved_query, "q1"};
const Moment start{};
constexpr DeviceSet device_1 = 1U << 1;
constexpr DeviceSet device_2 = 1U << 2;

ReplicaId replica(std::uint8_t number) {
  ReplicaId id;
  id.bytes[15] = number;
  return id;
}

Origin made_by(std::uint8_t writer, std::uint64_t seq) {
  return {.replica = replica(writer), .device_seq = {seq}, .stamp = {}};
}

using Moments = std::vector<Moment>;

TEST(Propagation, AnEditHasArrivedWhenADeviceAppliedTheRowThatItMade) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start}, device_1 | device_2);
  EXPECT_EQ(propagation.applied(1, query, made_by(1, 1), {1}, start + seconds(1)), Moments{start});
  // Once a device.
  EXPECT_TRUE(propagation.applied(1, query, made_by(1, 1), {1}, start + seconds(2)).empty());
  EXPECT_EQ(propagation.applied(2, query, made_by(1, 1), {1}, start + seconds(3)), Moments{start});
}

TEST(Propagation, WhatTheServerHasTakenIsOutstandingForEachDeviceThatMissesIt) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start, start + seconds(1)}, device_1 | device_2);
  EXPECT_TRUE(propagation.outstanding().empty());
  propagation.settled(replica(1), query, Version{1});
  EXPECT_EQ(propagation.outstanding().size(), 4U);
  propagation.applied(1, query, made_by(1, 1), {1}, start + seconds(1));
  EXPECT_EQ(propagation.outstanding(), (Moments{start, start + seconds(1)}));
  propagation.applied(2, query, made_by(1, 1), {1}, start + seconds(3));
  EXPECT_TRUE(propagation.outstanding().empty());
}

TEST(Propagation, ALaterVersionOfTheSameWriterBringsTheEarlierOne) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start}, device_1);
  propagation.sent(replica(1), query, {2}, {start + seconds(1)}, device_1);
  EXPECT_EQ(propagation.applied(1, query, made_by(1, 2), {2}, start + seconds(2)),
            (Moments{start, start + seconds(1)}));
}

TEST(Propagation, ALaterVersionOfAnotherWriterBringsAnAcknowledgedOne) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start}, device_1);
  propagation.settled(replica(1), query, Version{4});
  EXPECT_TRUE(propagation.applied(1, query, made_by(2, 9), {3}, start).empty());
  EXPECT_EQ(propagation.applied(1, query, made_by(2, 10), {5}, start), Moments{start});
}

TEST(Propagation, WhatArrivedBeforeItsVersionWasKnownArrivedThen) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start}, device_1);
  EXPECT_TRUE(propagation.applied(1, query, made_by(2, 9), {3}, start + seconds(1)).empty());
  EXPECT_TRUE(propagation.applied(1, query, made_by(2, 10), {5}, start + seconds(2)).empty());
  propagation.settled(replica(1), query, Version{4});
  const auto early = propagation.take_early();
  ASSERT_EQ(early.size(), 1U);
  EXPECT_EQ(early[0].intended, start);
  EXPECT_EQ(early[0].at, start + seconds(2));
  EXPECT_TRUE(propagation.take_early().empty());
  EXPECT_TRUE(propagation.outstanding().empty());
}

TEST(Propagation, AnEditThatMadeNoVersionIsNotWaitedFor) {
  Propagation propagation;
  propagation.sent(replica(1), query, {1}, {start}, device_1);
  propagation.settled(replica(1), query, std::nullopt);
  EXPECT_TRUE(propagation.outstanding().empty());
}

}  // namespace
}  // namespace studiosync::load
