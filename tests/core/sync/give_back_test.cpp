// What a device gives back to a restored server of records that stay local.
#include "core/sync/give_back.hpp"

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class GiveBack : public DeviceTest {
 protected:
  static std::string entry(std::string_view privacy) {
    return Json::object()
        .set("query", "SELECT 1")
        .set("success", true)
        .set("favorite", false)
        .set("privacy_mode", privacy)
        .canonical();
  }
  std::vector<Record> lost() {
    return next_lost(store_, Seq{0}, first_lost, {1000, 1U << 20}).records;
  }
  // The edit of a query on its way, when the server's next version of the record arrives.
  void meet_on_its_way(std::uint64_t number, std::string_view name) {
    pulled(row(saved_query, "q", 1, query_text("a", "select 1")));
    put_query("q", "b", "select 1");
    ASSERT_EQ(freeze_all().size(), 1U);
    Record next = row(saved_query, "q", 2, query_text(name, "select 1"));
    next.origin.replica = store_.meta().replica;
    next.origin.device_seq = DeviceSeq{number};
    pulled(next);
    ASSERT_TRUE(store_.begin());
    settle_what_stands(store_, now_);
    ASSERT_TRUE(store_.commit());
  }
  std::size_t on_its_way() { return store_.frozen({}, 10).size(); }
};

TEST_F(GiveBack, WhatIsAboutToBeWithdrawnStaysHere) {
  pulled(row(query_history, "h", 1, entry("normal")));
  put(query_history, "h", entry("private"));
  EXPECT_EQ(lost().size(), 0U);
  freeze_all();
  EXPECT_EQ(lost().size(), 0U);
}

TEST_F(GiveBack, ThatARecordWasWithdrawnIsSaidAgain) {
  pulled(row(query_history, "h", 1, entry("normal")));
  put(query_history, "h", entry("private"));
  settle_as(applied(freeze_all().at(0), 2));
  ASSERT_EQ(lost().size(), 1U);
  EXPECT_TRUE(lost()[0].deleted);
}

TEST_F(GiveBack, AChangeThatACloneHasSentIsSettled) {
  meet_on_its_way(1, "b");
  EXPECT_EQ(on_its_way(), 0U);
  EXPECT_FALSE(record(saved_query, "q").in_flight);
  EXPECT_EQ(shown(saved_query, "q"), query_text("b", "select 1"));
}

TEST_F(GiveBack, AnotherChangeOfAClonesUnderItsNumberIsNotIt) {
  meet_on_its_way(1, "the clone's");
  EXPECT_EQ(on_its_way(), 1U);
}

TEST_F(GiveBack, AnotherChangeWithTheSameTextIsNotIt) {
  meet_on_its_way(2, "b");
  EXPECT_EQ(on_its_way(), 1U);
}

TEST_F(GiveBack, AFrameEndsAnywhereAndTheNextGoesOnThere) {
  const std::vector<Record> rows{row(conflict, "x-1", 3, "{}"), row(conflict, "x-2", 4, "{}"),
                                 row(query_history, "h", 1, entry("normal")),
                                 row(ai_session, "s", 2, R"({"title":"t"})")};
  for (const Record& known : rows) pulled(known);
  for (const std::size_t at_once : {1U, 2U, 3U, 4U, 5U}) {
    std::vector<Record> given;
    LostBatch batch{.records = {}, .last = first_lost};
    do {
      batch = next_lost(store_, Seq{0}, batch.last, {at_once, 1U << 20});
      given.insert(given.end(), batch.records.begin(), batch.records.end());
    } while (!batch.records.empty());
    EXPECT_EQ(given, rows);
  }
}

TEST_F(GiveBack, AFrameEndsAtTheBytesOfItsFieldsHistoryToo) {
  for (const char* id : {"a", "b", "c"}) {
    Record known = row(ai_session, id, 2, R"({"title":"t"})");
    for (int i = 0; i < 10; ++i) {
      known.field_versions.push_back({"field " + std::to_string(i), Version{1}, known.origin});
    }
    pulled(known);
  }
  EXPECT_EQ(next_lost(store_, Seq{0}, first_lost, {100, 2000}).records.size(), 2U);
}

TEST_F(GiveBack, WhatAnotherDeviceHasUnderTheIdOfALocalRecordIsNotLost) {
  put(query_history, "h", entry("private"));
  const Record theirs = row(query_history, "h", 1, entry("normal"));
  pulled(theirs);
  EXPECT_EQ(lost(), std::vector{theirs});
}

}  // namespace
}  // namespace studiosync::testing
