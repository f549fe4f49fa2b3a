// What the cases in fixtures/conflicts do not show: stamps, versions of fields, derived ids.
#include "core/conflicts/resolve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/conflicts/deletes.hpp"
#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Record two_fields = saved_query(1, origin('a', 1, 1000), R"({"name":"n","query":"q"})");

TEST(Resolve, StampsACreationWithTheEditorsOwnStamp) {
  const Incoming create = edit(0, origin('b', 1, 500), R"({"name":"n"})", {"name"});
  const Outcome outcome = resolve(nullptr, create, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->rev, (Rev{Epoch{}, Version{1}}));
  EXPECT_EQ(outcome.record->origin, create.origin);
  EXPECT_EQ(outcome.record->device, create.device);
  EXPECT_THAT(outcome.record->field_versions, IsEmpty());
}

TEST(Resolve, KeepsTheVersionsOfFieldsThatTheEditLeftAlone) {
  const Incoming change_name =
      edit(1, origin('b', 1, 2000), R"({"name":"m","query":"q"})", {"name"});
  const Outcome outcome = resolve(&two_fields, change_name, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->origin, change_name.origin);
  EXPECT_THAT(outcome.record->field_versions,
              ElementsAre(FieldVersion{"query", Version{1}, origin('a', 1, 1000)}));
}

TEST(Resolve, RaisesTheStampOfADeviceWhoseClockIsBehindButNotTheAgeOfItsField) {
  const Incoming late = edit(1, origin('b', 1, 10), R"({"name":"m","query":"q"})", {"name"});
  const Outcome outcome = resolve(&two_fields, late, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->origin.stamp, at_ms(1000).next());
  EXPECT_EQ(outcome.record->last_change_of("name").origin, origin('b', 1, 10));
}

TEST(Resolve, RemembersARemovedField) {
  const Incoming remove_query = edit(1, origin('b', 1, 2000), R"({"name":"n"})", {"query"});
  const Outcome outcome = resolve(&two_fields, remove_query, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  const FieldVersion removal{"query", Version{2}, origin('b', 1, 2000)};
  EXPECT_EQ(outcome.record->last_change_of("query"), removal);

  // And so the removal meets a concurrent edit of the field.
  const Record stored = stored_after(two_fields, outcome);
  const Incoming other = edit(1, origin('c', 1, 2500), R"({"name":"n","query":"x"})", {"query"});
  EXPECT_EQ(resolve(&stored, other, Strategy::keep_both).status, Status::conflict);
}

TEST(Resolve, NamesTheAuthorOfAPlainClientsFieldAfterOthersWroteTheRecord) {
  const Incoming mine = plain(edit(1, origin('b', 0, 2000), R"({"name":"m"})", {}), "phone");
  const Record second = stored_after(two_fields, resolve(&two_fields, mine, Strategy::keep_both));
  const Incoming other = edit(2, origin('c', 1, 2500), R"({"name":"m","query":"x"})", {"query"});
  const Record third = stored_after(second, resolve(&second, other, Strategy::keep_both));
  ASSERT_EQ(third.rev.version, Version{3});

  // The phone goes on from version 1: its own change of `name` is no conflict with itself.
  const Incoming again = plain(edit(1, origin('b', 0, 3000), R"({"name":"k"})", {}), "phone");
  EXPECT_EQ(resolve(&third, again, Strategy::keep_both).status, Status::merged);
  const Incoming stranger = plain(edit(1, origin('b', 0, 3000), R"({"name":"k"})", {}), "tablet");
  EXPECT_EQ(resolve(&third, stranger, Strategy::keep_both).status, Status::conflict);
}

TEST(Resolve, ComparesTheAgesOfFieldsAndNotOfTheirRecord) {
  // `query` is old, the record is new: an edit of `query` between the two is the later one.
  Record stored = saved_query(3, origin('a', 2, 9000), R"({"name":"n","query":"q"})");
  stored.field_versions = {{"query", Version{2}, origin('a', 1, 1000)}};
  const Incoming between = edit(1, origin('b', 1, 5000), R"({"name":"o","query":"x"})", {"query"});
  const Outcome outcome = resolve(&stored, between, Strategy::last_write_wins);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, R"({"name":"n","query":"x"})");
}

// A version that a device gives back is the work of several, and its last author's stamp that of
// none of the other fields.
TEST(Resolve, DatesEachFieldOfAVersionThatSeveralWrote) {
  const Record stored = saved_query(2, origin('a', 2, 2000), R"({"name":"later","query":"q"})");
  Incoming several =
      edit(1, origin('c', 1, 3000), R"({"description":"d","name":"old","query":"q"})",
           {"description", "name"});
  several.authors = {{"name", Version{2}, origin('b', 1, 1000)}};
  for (const Strategy strategy : {Strategy::last_write_wins, Strategy::merge}) {
    const Outcome outcome = resolve(&stored, several, strategy);
    ASSERT_TRUE(outcome.record) << to_string(strategy);
    EXPECT_EQ(outcome.record->content, R"({"description":"d","name":"later","query":"q"})");
  }
}

TEST(Resolve, BreaksTiesOfPlainDevicesInOneOrder) {
  const Record stored = saved_query(2, Origin{{}, {}, at_ms(5000)}, R"({"name":"desk"})");
  const Incoming phone = plain(edit(1, origin('b', 0, 5000), R"({"name":"phone"})", {}), "phone");
  const bool phone_wins = resolve(&stored, phone, Strategy::last_write_wins).record.has_value();

  Record other = saved_query(2, Origin{{}, {}, at_ms(5000)}, R"({"name":"phone"})");
  other.device = DeviceId{"phone"};
  const Incoming desk = plain(edit(1, origin('a', 0, 5000), R"({"name":"desk"})", {}), "desk");
  const bool desk_wins = resolve(&other, desk, Strategy::last_write_wins).record.has_value();
  EXPECT_NE(phone_wins, desk_wins);
}

TEST(Resolve, TellsNobodyThatItSawAValueThatAMergeMade) {
  Record stored = saved_query(2, origin('a', 1, 1000), R"({"name":"n","tags":["a"]})");
  const Incoming tags = edit(1, origin('b', 1, 2000), R"({"name":"n","tags":["b"]})", {"tags"});
  const Record merged = stored_after(stored, resolve(&stored, tags, Strategy::merge));
  ASSERT_EQ(merged.content, R"({"name":"n","tags":["a","b"]})");

  // The next edit of the same replica does not know of tag `a`, and must not remove it.
  const Incoming next = edit(1, origin('b', 2, 3000), R"({"name":"n","tags":["c"]})", {"tags"});
  const Outcome outcome = resolve(&merged, next, Strategy::merge);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, R"({"name":"n","tags":["a","b","c"]})");
}

TEST(Resolve, MakesAMergedValueLaterThanBothSides) {
  const Record stored =
      saved_query(2, origin('a', 1, 2000), R"({"metadata":{"x":1,"y":1},"name":"n"})");
  const Incoming earlier =
      edit(1, origin('b', 1, 1000), R"({"metadata":{"x":2,"z":2},"name":"n"})", {"metadata"});
  const Record merged = stored_after(stored, resolve(&stored, earlier, Strategy::merge));
  ASSERT_EQ(merged.content, R"({"metadata":{"x":1,"y":1,"z":2},"name":"n"})");

  // Else the earlier side, arriving again, would now win over the value that it lost to.
  EXPECT_FALSE(resolve(&merged, earlier, Strategy::merge).record);
  EXPECT_GT(merged.last_change_of("metadata").origin.stamp, at_ms(2000));
}

TEST(Resolve, RaisesEveryFieldOfARecordThatSurvivesADelete) {
  Record stored = saved_query(2, origin('b', 1, 2000), R"({"name":"n","query":"q"})");
  stored.field_versions = {{"query", Version{1}, origin('a', 1, 1000)}};
  const Outcome outcome = resolve(&stored, deletion(1, origin('c', 1, 3000)), Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, stored.content);
  EXPECT_EQ(outcome.record->rev.version, Version{3});
  for (const char* field : {"name", "query", "folder"}) {
    EXPECT_EQ(outcome.record->last_change_of(field).version, Version{3}) << field;
  }
  EXPECT_EQ(outcome.record->last_change_of("query").origin, origin('a', 1, 1000));
}

TEST(Resolve, KeepsAStaleEditOutOfARecreatedRecord) {
  const Record deleted = stored_after(
      two_fields, resolve(&two_fields, deletion(1, origin('a', 2, 2000)), Strategy::keep_both));
  const Incoming create = edit(0, origin('a', 3, 3000), R"({"name":"new"})", {"name"});
  const Record again = stored_after(deleted, resolve(&deleted, create, Strategy::keep_both));
  ASSERT_EQ(again.content, R"({"name":"new"})");
  ASSERT_EQ(again.rev.version, Version{3});

  // Neither a field that is there nor one that only the deleted record had.
  for (const char* field : {"name", "query"}) {
    const Incoming stale =
        edit(1, origin('b', 1, 4000), R"({"name":"old","query":"old"})", {field});
    const Outcome outcome = resolve(&again, stale, Strategy::keep_both);
    EXPECT_EQ(outcome.status, Status::conflict) << field;
    EXPECT_FALSE(outcome.record) << field;
  }
}

TEST(Resolve, ForgetsTheFieldsOfADeletedRecord) {
  const Outcome outcome =
      resolve(&two_fields, deletion(1, origin('b', 1, 10)), Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_TRUE(outcome.record->deleted);
  EXPECT_EQ(outcome.record->content, "");
  EXPECT_THAT(outcome.record->field_versions, IsEmpty());
  EXPECT_EQ(outcome.record->origin.stamp, at_ms(1000).next());
}

TEST(Resolve, BuriesWhatTurnedPrivateThoughNothingIsStoredOfIt) {
  Incoming removal = deletion(4, origin('b', 1, 10));
  EXPECT_FALSE(resolve(nullptr, removal, Strategy::keep_both).record);
  removal.reason = reason_private;
  const Outcome outcome = resolve(nullptr, removal, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_TRUE(absorbing(*outcome.record));
  EXPECT_EQ(outcome.record->rev.version, Version{5});
  removal.base = {};
  EXPECT_FALSE(resolve(nullptr, removal, Strategy::keep_both).record) << "it was never pushed";
}

TEST(Resolve, TakesAFieldThatIsNamedTwiceOnce) {
  const Incoming twice =
      edit(1, origin('b', 1, 10), R"({"name":"m","query":"q"})", {"name", "name"});
  const Outcome outcome = resolve(&two_fields, twice, Strategy::keep_both);
  ASSERT_TRUE(outcome.record);
  EXPECT_THAT(outcome.record->field_versions,
              ElementsAre(FieldVersion{"name", Version{2}, origin('b', 1, 10)},
                          FieldVersion{"query", Version{1}, origin('a', 1, 1000)}));
}

TEST(Resolve, ArchivesWhoSaidWhat) {
  const Record stored = saved_query(2, origin('a', 2, 2000), R"({"name":"theirs"})");
  const Incoming mine = edit(1, origin('b', 1, 1500), R"({"name":"mine"})", {"name"});
  const Outcome outcome = resolve(&stored, mine, Strategy::keep_both);
  ASSERT_TRUE(outcome.conflict);
  EXPECT_EQ(outcome.conflict->item_id, "q");
  EXPECT_EQ(outcome.conflict->local.content, R"({"name":"mine"})");
  EXPECT_EQ(outcome.conflict->local.version, Version{1});
  EXPECT_EQ(outcome.conflict->local.origin, mine.origin);
  EXPECT_EQ(outcome.conflict->local.device, mine.device);
  EXPECT_EQ(outcome.conflict->remote.content, R"({"name":"theirs"})");
  EXPECT_EQ(outcome.conflict->remote.version, Version{2});
  EXPECT_EQ(outcome.conflict->remote.origin, stored.origin);
  EXPECT_EQ(outcome.conflict->remote.device, stored.device);
}

TEST(DerivedIds, FollowFromTheChangeAndThePurpose) {
  EXPECT_EQ(copy_id(change(1)), copy_id(change(1)));
  EXPECT_NE(copy_id(change(1)), copy_id(change(2)));
  EXPECT_EQ(copy_id(change(1)).substr(0, 2), "c-");
  EXPECT_EQ(conflict_id(change(1)).substr(0, 2), "x-");
  EXPECT_EQ(copy_id(change(1)).size(), 34U);
  EXPECT_NE(copy_id(change(1)).substr(2), conflict_id(change(1)).substr(2));
}

}  // namespace
}  // namespace studiosync
