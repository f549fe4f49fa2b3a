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

// The tombstone was collected, whether the device has known it or only what it buried: the record's
// stamp need not exceed theirs.
TEST(OwnVersionOfARecreation, HasItsFieldsDatedByTheAnswer) {
  FrozenChange change{.seq = DeviceSeq{3}, .type = EntityType::saved_query, .id = "q"};
  change.content = query_text("anew", "SELECT 1");
  ChangeResult result;
  result.item_id = "q";
  result.rev = {Epoch{1}, Version{3}};
  result.stamp = Stamp::at(WallTime{1000});
  DeviceMeta author;
  author.replica = replica('L');
  const Origin own{replica('L'), DeviceSeq{3}, result.stamp};
  const Record gone = tombstone(change.type, "q", 2);
  const Record buried = row(change.type, "q", 1, query_text("before", "SELECT 1"));
  for (const Record& before : {gone, buried}) {
    const Record record = own_version(before, change, result, author, Seq{9});
    EXPECT_EQ(record.origin, own);
    EXPECT_EQ(record.last_change_of(any_field).origin, own);
  }
}

TEST(RevAsMade, IsTheFirstUnlessATombstoneHadBeenCollected) {
  Record copy = row(EntityType::saved_query, "c-1", 7, query_text("copy", "SELECT 1"));
  const Origin sent = copy.origin;
  EXPECT_EQ(rev_as_made(copy, sent), (Rev{Epoch{1}, Version{1}}));
  copy.field_versions = {{std::string(any_field), Version{5}, copy.origin}};
  EXPECT_EQ(rev_as_made(copy, sent), (Rev{Epoch{1}, Version{5}}));
}

TEST(RevAsMade, IsOfNobodysTextThatWasMadeInThePlaceOfTheDeletedCopy) {
  Record copy = row(EntityType::saved_query, "c-1", 3, query_text("another", "SELECT 1"));
  copy.field_versions = {{std::string(any_field), Version{3}, copy.origin}};
  for (const std::uint64_t stamp : {copy.origin.stamp.bits - 1, copy.origin.stamp.bits + 1}) {
    const Origin sent{replica('L'), DeviceSeq{3}, Stamp{stamp}};
    EXPECT_EQ(rev_as_made(copy, sent), (Rev{Epoch{1}, Version{1}}));
  }
}

// The server has corrected the clock of the device.
TEST(RevAsMade, IsKnownByItsPlaceInTheStreamToo) {
  Record copy = row(EntityType::saved_query, "c-1", 7, query_text("copy", "SELECT 1"));
  copy.field_versions = {{std::string(any_field), Version{5}, copy.origin}};
  Origin sent = copy.origin;
  sent.stamp = sent.stamp.next();
  EXPECT_EQ(rev_as_made(copy, sent), (Rev{Epoch{1}, Version{5}}));
}

}  // namespace
}  // namespace studiosync::testing
