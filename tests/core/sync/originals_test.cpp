// The user's own text where the server has it redacted: marks, edits, and what was put aside.
#include "tests/core/sync/originals_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

TEST_F(OriginalsTest, AFieldThatWasSentRedactedIsMarked) {
  synced();
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(store_.redacted_records(), 1U);
}

TEST_F(OriginalsTest, AFieldThatWasSentWholeIsNotMarked) {
  sent("db", R"({"note":1})");
  EXPECT_EQ(store_.redacted_records(), 0U);
}

TEST_F(OriginalsTest, AFieldThatWasEditedSinceIsNotMarked) {
  const FrozenChange first = sent("db", with_secret);
  put_connection("db", R"({"note":5})");
  settle_as(applied(first, 1));
  EXPECT_EQ(now().redacted, texts({}));
}

TEST_F(OriginalsTest, AFieldThatNeverLeavesAtAllIsMarked) {
  put(connection, "c", R"({"name":"db","type":"mysql","password":"canary"})");
  settle_as(applied(freeze_all().at(0), 1));
  EXPECT_EQ(now().redacted, texts({"password"}));
}

TEST_F(OriginalsTest, AnOwnEditReplacesIt) {
  synced();
  settle_as(applied(sent("db", R"({"note":5})"), 2));
  EXPECT_EQ(metadata(), R"({"note":5})");
  EXPECT_EQ(now().redacted, texts({}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, AnotherSecretIsMarkedAtOnceAndQueuesNothing) {
  synced();
  EXPECT_FALSE(
      put(connection, "c", connection_text("db", R"({"note":1,"password":"newer"})")).queued);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  pulled(theirs(2, "db", R"({"note":2})"));
  EXPECT_EQ(put_aside_values(), texts({R"({"note":1,"password":"newer"})"}));
}

TEST_F(OriginalsTest, AnOwnDeleteLeavesNothing) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  EXPECT_EQ(store_.redacted_records(), 0U);
  settle_as(applied(freeze_all().at(0), 2));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, ARecordThatTurnsPrivateHereHasNoMarks) {
  put(query_history, "h", R"({"query":"SELECT 1","metadata":{"note":1,"password":"canary"}})");
  settle_as(applied(freeze_all().at(0), 1));
  EXPECT_EQ(store_.redacted_records(), 1U);
  put(query_history, "h",
      R"({"query":"SELECT 1","privacy_mode":"private","metadata":{"note":1,"password":"canary"}})");
  EXPECT_EQ(store_.redacted_records(), 0U);
}

TEST_F(OriginalsTest, ARecordThatTurnsPrivateOnItsWayGetsNoMarks) {
  put(query_history, "h", R"({"query":"SELECT 1","metadata":{"note":1,"password":"canary"}})");
  const FrozenChange sent = freeze_all().at(0);
  put(query_history, "h",
      R"({"query":"SELECT 1","privacy_mode":"private","metadata":{"note":1,"password":"canary"}})");
  settle_as(applied(sent, 1));
  EXPECT_EQ(store_.redacted_records(), 0U);
}

TEST_F(OriginalsTest, GivingARefusedEditUpKeepsWhatTheServerHasRedacted) {
  synced();
  ChangeResult refused = applied(sent("too long", with_secret), 0);
  refused.status = Status::rejected;
  settle_as(refused);
  change([&] {
    DeviceRecord record = now();
    show_server_version(store_, record, now_);
    store_.put(record);
  });
  EXPECT_EQ(shown(connection, "c"), connection_text("db", with_secret));
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, GivingARefusedCreationUpPutsItsOriginalAside) {
  ChangeResult refused = applied(sent("db", with_secret), 0);
  refused.status = Status::rejected;
  settle_as(refused);
  change([&] {
    DeviceRecord record = now();
    show_server_version(store_, record, now_);
    store_.put(record);
  });
  EXPECT_FALSE(store_.find(connection, "c"));
  expect_put_aside();
}

TEST_F(OriginalsTest, OfATextThatTheServerGotAnotherWayComesWithItsRow) {
  synced();
  const std::string merged = R"({"note":7,"password":"other"})";
  change([&] { put_aside(store_, {connection, "c"}, connection_text("db", merged), now_); });
  EXPECT_EQ(put_aside_values(), std::vector{merged});
  pulled(theirs(2, "db", R"({"note":7})"));
  EXPECT_EQ(metadata(), merged);
  expect_put_aside();  // the text that it took the place of
}

TEST_F(OriginalsTest, IsGivenBackAsAnEdit) {
  synced();
  pulled(theirs(2, "renamed", R"({"note":2})"));
  change([&] { EXPECT_TRUE(restore_original(store_, 1, now_)->queued); });
  EXPECT_EQ(shown(connection, "c"), connection_text("renamed", with_secret));
  EXPECT_EQ(now().edit->changed, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, GivesADeletedRecordBack) {
  synced();
  pulled(tombstone(connection, "c", 2));
  change([&] { EXPECT_TRUE(restore_original(store_, 1, now_)->queued); });
  EXPECT_EQ(shown(connection, "c"), connection_text("db", with_secret));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, GivesAllFieldsOfADeletedRecordBackAtOnce) {
  put(connection, "c",
      R"({"name":"db","type":"mysql","metadata":{"token":"a1"},"parameters":{"password":"b2"}})");
  settle_as(applied(freeze_all().at(0), 1));
  pulled(tombstone(connection, "c", 2));
  EXPECT_EQ(store_.originals().size(), 2U);
  change([&] { EXPECT_TRUE(restore_original(store_, 1, now_)); });
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, CannotBeGivenBackToARecordOfWhichOnlyTheFieldIsLeft) {
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  pulled(tombstone(connection, "c", 3));
  change([&] { EXPECT_EQ(restore_original(store_, 1, now_).error().code, ErrorCode::not_found); });
  expect_put_aside();
}

TEST_F(OriginalsTest, IsDiscarded) {
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  change([&] {
    EXPECT_EQ(discard_original(store_, 9).error().code, ErrorCode::not_found);
    EXPECT_TRUE(discard_original(store_, 1));
  });
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, KeepsTheNewestAndNotForEver) {
  change([&] {
    for (std::size_t i = 0; i <= originals_max; ++i) {
      const std::string id = "c" + std::to_string(i);
      put_aside(store_, {connection, id}, connection_text("db", with_secret), now_);
    }
  });
  ASSERT_EQ(store_.originals().size(), originals_max);
  EXPECT_EQ(store_.originals().front().id, "c1");
  change([&] { expire_originals(store_, now_ + originals_kept); });
  EXPECT_EQ(store_.originals().size(), originals_max);
  change([&] { expire_originals(store_, now_ + originals_kept + Millis{1}); });
  EXPECT_TRUE(store_.originals().empty());
}

TEST_F(OriginalsTest, OfDeletedRecordsTakeNoOthersPlace) {
  change([&] {
    put_aside(store_, {connection, "a"}, connection_text("db", with_secret), now_);
    for (std::size_t i = 0; i <= originals_max; ++i) {
      const DeviceRecord deleted{.type = connection,
                                 .id = "c" + std::to_string(i),
                                 .content = connection_text("db", with_secret)};
      put_aside_deleted(store_, deleted, now_);
    }
    expire_originals(store_, now_);
  });
  EXPECT_EQ(store_.originals().size(), originals_max + 2);
}

TEST_F(OriginalsTest, NeitherTheFrozenChangeNorTheRefusedOneHoldsIt) {
  const FrozenChange frozen = sent("db", with_secret);
  EXPECT_EQ(frozen.content.find("canary"), std::string::npos);
  ChangeResult refused = applied(frozen, 0);
  refused.status = Status::rejected;
  settle_as(refused);
  EXPECT_EQ(store_.rejected().at(0).change.content.find("canary"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::testing
