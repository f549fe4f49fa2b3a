// What an edit is based on that was made while a change of its record was on its way.
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// A deleted query is made anew, and edited before the answer.
class MadeAnew : public DeviceTest {
 protected:
  void SetUp() override {
    pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
    pulled(tombstone(saved_query, "q", 2));
    put_query("q", "anew", "SELECT 1");
    sent_ = freeze_all().at(0);
    put(saved_query, "q", query_text("anew", "SELECT 1", "folder"));
  }
  // As a clone of the device, which is another replica by then, has brought it there.
  Record made_by_the_clone() const {
    Record made = row(saved_query, "q", 3, query_text("anew", "SELECT 1"));
    made.origin = {replica('C'), DeviceSeq{1}, sent_.stamp};
    made.field_versions = {{std::string(any_field), Version{3}, made.origin}};
    return made;
  }
  void settle_repeated(const Record& stored) {
    ChangeResult again = answered(sent_, Status::duplicate, stored);
    again.first_status = Status::applied;
    again.rev.version = Version{3};
    settle_as(again);
  }

  FrozenChange sent_;
};

TEST_F(MadeAnew, WhatIsWrittenBehindItHasSeenTheFieldsThatItLacked) {
  settle_repeated(made_by_the_clone());
  EXPECT_EQ(record(saved_query, "q").edit->base.version, Version{3});
}

TEST_F(MadeAnew, WhatIsWrittenBehindItHasNotSeenWhatTheCloneAddedSince) {
  Record edited = row(saved_query, "q", 4, query_text("anew", "SELECT 1", "the clone's"));
  const Record made = made_by_the_clone();
  edited.origin = {replica('C'), DeviceSeq{2}, sent_.stamp.next()};
  edited.field_versions = made.field_versions;
  for (const std::string_view field : {"favorite", "name", "query"}) {
    edited.field_versions.push_back({std::string(field), Version{3}, made.origin});
  }
  settle_repeated(edited);
  EXPECT_EQ(record(saved_query, "q").edit->base.version, Version{2});
}

// The server knew the change before, from a device that gave it back; others have written over it
// and over the field of the next edit since, at one moment.
TEST_F(DeviceTest, WhatIsWrittenBehindAKnownChangeHasNotSeenWhatReplacedThat) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const FrozenChange sent = freeze_all().at(0);
  put_query("q", "mine", "SELECT 1");
  const Record theirs = row(saved_query, "q", 4, query_text("theirs", "SELECT 2"));
  ChangeResult known = answered(sent, Status::unchanged, theirs);
  known.rev = theirs.rev;
  settle_as(known);
  EXPECT_EQ(record(saved_query, "q").edit->base.version, Version{1});
}

// Of a restored server, say, that has lost the field: it has a version of its record, and none of
// the field.
using LaterEdit = DeviceTest;

TEST_F(LaterEdit, OfAFieldThatWasNeverWrittenHereHasABaseThatHasBeen) {
  put(saved_query, "q", query_text("sent", "SELECT 1", "folder"));
  const FrozenChange creation = freeze_all().at(0);
  put(saved_query, "q", query_text("later", "SELECT 1", "another folder"));
  Record theirs = row(saved_query, "q", 2, query_text("theirs", "SELECT 1"));
  for (const char* field : {"favorite", "query"}) {
    theirs.field_versions.push_back({field, Version{1}, theirs.origin});
  }
  ASSERT_EQ(theirs.last_change_of("folder").version, Version{});
  ChangeResult result = answered(creation, Status::conflict, theirs);
  result.strategy = Strategy::merge;
  settle_as(result);
  EXPECT_EQ(record(saved_query, "q").edit->base, (Rev{Epoch{1}, Version{1}}));
}

}  // namespace
}  // namespace studiosync::testing
