// What a device works out to be stored of its own changes is what the server has.
#include "core/sync/own_version.hpp"

#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

class OwnVersion : public TwoDevices {
 protected:
  // Everything but the place in the log, of which the device knows the upper bound only.
  void expect_as_stored(SimDevice& device, std::string_view id) {
    const auto known = device.store().find(EntityType::saved_query, id);
    const auto& user = world_.server().user();
    const auto at = user.items.find(std::pair{EntityType::saved_query, std::string(id)});
    ASSERT_TRUE(known && known->shadow && at != user.items.end());
    Record expected = user.log.at(at->second);
    expected.seq = known->shadow->seq;
    EXPECT_EQ(*known->shadow, expected);
  }
};

TEST_F(OwnVersion, OfAnEditIsWhatTheServerHas) {
  put(laptop_, "a", "A");
  both_start();
  put(laptop_, "a", "A2");
  settled();
  expect_as_stored(laptop_, "a");
}

// The delete is from a clock ahead: the record's stamp rises above it, the fields keep their own.
TEST_F(OwnVersion, OfAnEditThatSurvivedALaterDeleteIsWhatTheServerHas) {
  put(laptop_, "a", "A");
  both_start();
  laptop_.stop();
  put(laptop_, "a", "A2");
  tablet_.skew = Millis{120'000};
  EXPECT_TRUE(tablet_.erase(EntityType::saved_query, "a"));
  settled();
  laptop_.start();
  settled();
  EXPECT_EQ(stored("a"), named("A2"));
  expect_as_stored(laptop_, "a");
}

TEST_F(OwnVersion, OfAnEditBehindASurvivalIsWhatTheServerHas) {
  put(laptop_, "a", "A");
  both_start();
  tablet_.stop();
  EXPECT_TRUE(tablet_.erase(EntityType::saved_query, "a"));
  put(laptop_, "a", "A2");
  settled();
  tablet_.start();
  settled();
  put(laptop_, "a", "A3");
  settled();
  expect_as_stored(laptop_, "a");
  expect_as_stored(tablet_, "a");
}

}  // namespace
}  // namespace studiosync::testing
