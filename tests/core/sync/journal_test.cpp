// What the timeline of a record tells after the engine has worked on it.
#include <gmock/gmock.h>

#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Journal : public TwoDevices {
 protected:
  // `event detail` of each entry.
  static std::vector<std::string> told(SimDevice& device, std::string_view id) {
    std::vector<std::string> lines;
    for (const auto& entry : device.store().journal_of(EntityType::saved_query, id)) {
      lines.push_back(std::string(to_string(entry.event)) + " " + entry.detail);
    }
    return lines;
  }
};

TEST_F(Journal, FollowsAnEditFromTheUserToTheAnswer) {
  both_start();
  put(laptop_, "q1", "one");
  settled();
  EXPECT_THAT(told(laptop_, "q1"), ElementsAre("edited put", "frozen put", "answered applied"));
  const auto answered = laptop_.store().journal_of(EntityType::saved_query, "q1").back();
  EXPECT_EQ(answered.device_seq, DeviceSeq{1});
  EXPECT_EQ(answered.rev.version, Version{1});
}

// A first sync of many records writes no note for each.
TEST_F(Journal, TellsNothingOfWhatOnlyArrived) {
  both_start();
  put(laptop_, "q1", "one");
  settled();
  EXPECT_THAT(told(tablet_, "q1"), IsEmpty());
}

TEST_F(Journal, TellsOfAnotherDevicesChange) {
  both_start();
  put(laptop_, "q1", "one");
  settled();
  put(laptop_, "q1", "two");
  settled();
  EXPECT_THAT(told(tablet_, "q1"), ElementsAre("applied put"));
}

TEST_F(Journal, TellsThatADeleteIsHeld) {
  put_many(laptop_, 30);
  both_start();
  laptop_.stop();
  erase_many(laptop_, 30);
  laptop_.start();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(told(laptop_, "q0").back(), "held mass_delete_held");
}

TEST_F(Journal, NamesRoundTrip) {
  for (const auto event : {JournalEvent::edited, JournalEvent::frozen, JournalEvent::answered,
                           JournalEvent::applied, JournalEvent::merged, JournalEvent::skipped,
                           JournalEvent::rejected, JournalEvent::held, JournalEvent::resync}) {
    EXPECT_EQ(parse_journal_event(to_string(event)), event);
  }
  EXPECT_FALSE(parse_journal_event("forgotten"));
}

}  // namespace
}  // namespace studiosync::testing
