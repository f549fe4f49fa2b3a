#include "loadtest/fleet/edit_tracker.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

using std::chrono::seconds;

const RecordKey query{EntityType::saved_query, "q1"};
const Moment start{};

ChangeId change(std::uint8_t number) {
  ChangeId id;
  id.bytes[15] = number;
  return id;
}

TEST(EditTracker, AnAnswerSettlesEveryEditThatWasInTheChange) {
  EditTracker tracker;
  tracker.edited(query, start + seconds(1));
  tracker.edited(query, start + seconds(2));
  EXPECT_EQ(tracker.sent(query, change(1)),
            (std::vector<Moment>{start + seconds(1), start + seconds(2)}));
  EXPECT_EQ(tracker.settled(query), (std::vector<Moment>{start + seconds(1), start + seconds(2)}));
  EXPECT_EQ(tracker.outstanding(), 0U);
}

TEST(EditTracker, AnEditMadeMeanwhileWaitsForTheNextChange) {
  EditTracker tracker;
  tracker.edited(query, start + seconds(1));
  tracker.sent(query, change(1));
  tracker.edited(query, start + seconds(2));
  EXPECT_EQ(tracker.settled(query), std::vector<Moment>{start + seconds(1)});
  EXPECT_EQ(tracker.outstanding(), 1U);
  tracker.sent(query, change(2));
  EXPECT_EQ(tracker.settled(query), std::vector<Moment>{start + seconds(2)});
}

TEST(EditTracker, AChangeThatIsSentAgainHoldsNoLaterEdit) {
  EditTracker tracker;
  tracker.edited(query, start + seconds(1));
  tracker.sent(query, change(1));
  tracker.edited(query, start + seconds(2));
  EXPECT_TRUE(tracker.sent(query, change(1)).empty());
  EXPECT_EQ(tracker.settled(query), std::vector<Moment>{start + seconds(1)});
}

TEST(EditTracker, EditsGoOnWithTheCopyThatTheOneBeforeBecame) {
  EditTracker tracker;
  const RecordKey copy{EntityType::saved_query, "c-1"};
  tracker.edited(query, start + seconds(1));
  tracker.sent(query, change(1));
  tracker.edited(query, start + seconds(2));
  tracker.settled(query);
  tracker.moved(query, copy);
  EXPECT_TRUE(tracker.sent(query, change(2)).empty());
  tracker.sent(copy, change(3));
  EXPECT_EQ(tracker.settled(copy), std::vector<Moment>{start + seconds(2)});
  EXPECT_EQ(tracker.outstanding(), 0U);
}

TEST(EditTracker, GivingUpReturnsEverythingWithoutAnAnswer) {
  EditTracker tracker;
  tracker.edited(query, start + seconds(1));
  tracker.sent(query, change(1));
  tracker.edited(query, start + seconds(2));
  tracker.edited({EntityType::connection, "c"}, start + seconds(3));
  EXPECT_EQ(tracker.give_up().size(), 3U);
  EXPECT_EQ(tracker.outstanding(), 0U);
  EXPECT_TRUE(tracker.settled(query).empty());
}

}  // namespace
}  // namespace studiosync::load
