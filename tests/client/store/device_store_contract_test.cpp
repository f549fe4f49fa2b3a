// What every device store must do: the same tests for all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/store/memory_device_store.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

enum class Kind { memory, sqlite };

class DeviceStoreContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = std::make_unique<MemoryDeviceStore>();
      return;
    }
    auto opened = open_device_store(folder_.file("device.db"), WallTime{0});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  DeviceStore& store() { return *store_; }

  void put(const std::vector<DeviceRecord>& records) {
    ASSERT_TRUE(store().begin());
    for (const auto& record : records) store().put(record);
    ASSERT_TRUE(store().commit());
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<DeviceStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Stores, DeviceStoreContract, testing::Values(Kind::memory, Kind::sqlite),
                         [](const auto& instance) {
                           return instance.param == Kind::memory ? "Memory" : "Sqlite";
                         });

template <class Item>
std::vector<std::string> ids_of(const std::vector<Item>& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

TEST_P(DeviceStoreContract, StartsEmpty) {
  EXPECT_EQ(store().meta(), DeviceMeta{});
  EXPECT_FALSE(store().find(EntityType::saved_query, "q1"));
  EXPECT_THAT(store().pending(10), IsEmpty());
  EXPECT_THAT(store().frozen(DeviceSeq{0}, 10), IsEmpty());
  EXPECT_THAT(store().rejected(), IsEmpty());
  EXPECT_THAT(store().live_shadows(), IsEmpty());
  EXPECT_THAT(store().originals(), IsEmpty());
  EXPECT_EQ(store().redacted_records(), 0U);
  EXPECT_EQ(store().counts().pending, 0U);
}

TEST_P(DeviceStoreContract, KeepsEverythingThatIsKnownOfARecord) {
  put({rich_record()});
  EXPECT_EQ(store().find(EntityType::saved_query, "q-rich"), rich_record());
}

TEST_P(DeviceStoreContract, KeepsRecordsOfEveryTypeApart) {
  for (const EntityType type : user_entity_types) put({edited(type, "same-id", 1)});
  put({edited(EntityType::conflict, "same-id", 1)});
  for (const EntityType type : user_entity_types) {
    EXPECT_EQ(store().find(type, "same-id"), edited(type, "same-id", 1)) << to_string(type);
  }
  EXPECT_TRUE(store().find(EntityType::conflict, "same-id"));
}

TEST_P(DeviceStoreContract, ReplacesAllMembersOfARecord) {
  put({rich_record()});
  DeviceRecord bare{.type = EntityType::saved_query, .id = "q-rich", .content = "{}"};
  put({bare});
  EXPECT_EQ(store().find(EntityType::saved_query, "q-rich"), bare);
}

TEST_P(DeviceStoreContract, KeepsATombstone) {
  DeviceRecord record{.type = EntityType::saved_query, .id = "gone"};
  record.shadow = Record{.type = record.type, .id = "gone", .deleted = true, .reason = "expired"};
  record.shadow->rev = {Epoch{7}, Version{3}};
  put({record});
  EXPECT_EQ(store().find(EntityType::saved_query, "gone"), record);
}

TEST_P(DeviceStoreContract, RemovesARecordOfWhichNothingIsKnown) {
  put({pulled_query("q1", "SELECT 1")});
  put({{.type = EntityType::saved_query, .id = "q1"}});
  EXPECT_FALSE(store().find(EntityType::saved_query, "q1"));
}

TEST_P(DeviceStoreContract, KeepsAnEmptyRecordWhoseChangeIsInFlight) {
  DeviceRecord record{.type = EntityType::saved_query, .id = "q1"};
  record.in_flight = DeviceSeq{3};
  put({record});
  EXPECT_EQ(store().find(EntityType::saved_query, "q1"), record);
}

TEST_P(DeviceStoreContract, AddsRowsOfWhichNothingIsKnown) {
  const Record row = *rich_record().shadow;
  const Record tombstone{.type = EntityType::ai_session, .id = "gone", .deleted = true, .seq = {9}};
  ASSERT_TRUE(store().begin());
  EXPECT_TRUE(store().add(row));
  EXPECT_TRUE(store().add(tombstone));
  EXPECT_FALSE(store().add(row));
  ASSERT_TRUE(store().commit());
  const auto added = store().find(row.type, row.id);
  ASSERT_TRUE(added);
  EXPECT_EQ(*added,
            (DeviceRecord{.type = row.type, .id = row.id, .content = row.content, .shadow = row}));
  EXPECT_EQ(store().find(tombstone.type, tombstone.id)->shadow, tombstone);
}

TEST_P(DeviceStoreContract, AddingLeavesWhatIsKnownAsItIs) {
  put({rich_record()});
  Record row = *rich_record().shadow;
  row.content = R"({"name":"another"})";
  ASSERT_TRUE(store().begin());
  EXPECT_FALSE(store().add(row));
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(store().find(row.type, row.id), rich_record());
}

TEST_P(DeviceStoreContract, AddsNoRowOfWhichAChangeWasRefused) {
  Record row = *rich_record().shadow;
  row.id = "other";
  RejectedChange refused{.change = frozen_change(1), .error = {}, .at = {}};
  refused.change.type = row.type;
  refused.change.id = rich_record().id;
  ASSERT_TRUE(store().begin());
  store().add_rejected(refused);
  EXPECT_FALSE(store().add(*rich_record().shadow));
  EXPECT_TRUE(store().add(row));
  store().remove_rejected(refused.change.change);
  EXPECT_TRUE(store().add(*rich_record().shadow));
  ASSERT_TRUE(store().commit());
}

TEST_P(DeviceStoreContract, ReadsItsOwnWritesBeforeTheCommit) {
  ASSERT_TRUE(store().begin());
  store().put(edited(EntityType::saved_query, "q1", 5));
  store().add_frozen(frozen_change(1));
  EXPECT_TRUE(store().find(EntityType::saved_query, "q1"));
  EXPECT_EQ(store().pending(10).size(), 1U);
  EXPECT_EQ(store().frozen(DeviceSeq{0}, 10).size(), 1U);
  ASSERT_TRUE(store().commit());
}

TEST_P(DeviceStoreContract, RollbackUndoesEveryKindOfWrite) {
  const DeviceRecord kept = pulled_query("kept", "SELECT 1");
  ASSERT_TRUE(store().begin());
  store().put(kept);
  store().add_frozen(frozen_change(1));
  store().add_rejected({.change = frozen_change(2), .error = {}, .at = {5}});
  store().add_original(original("kept"));
  store().set_meta({.device_name = "laptop"});
  ASSERT_TRUE(store().commit());

  ASSERT_TRUE(store().begin());
  store().put(edited(EntityType::saved_query, "new", 1));
  store().put(pulled_query("kept", "SELECT 2"));
  store().put({.type = EntityType::saved_query, .id = "kept"});
  store().remove_frozen(DeviceSeq{1});
  store().add_frozen(frozen_change(3));
  store().remove_rejected(change(2));
  store().add_original(original("new"));
  store().remove_original(1);
  store().set_meta({.device_name = "tablet"});
  store().rollback();

  EXPECT_EQ(store().find(EntityType::saved_query, "kept"), kept);
  EXPECT_FALSE(store().find(EntityType::saved_query, "new"));
  EXPECT_THAT(store().pending(10), IsEmpty());
  EXPECT_THAT(store().frozen(DeviceSeq{0}, 10), ElementsAre(frozen_change(1)));
  EXPECT_EQ(store().counts().rejected, 1U);
  EXPECT_THAT(ids_of(store().originals()), ElementsAre("kept"));
  EXPECT_EQ(store().meta().device_name, "laptop");
}

TEST_P(DeviceStoreContract, RollbackOutsideATransactionDoesNothing) {
  put({pulled_query("q1", "SELECT 1")});
  store().rollback();
  EXPECT_TRUE(store().find(EntityType::saved_query, "q1"));
}

TEST_P(DeviceStoreContract, ARelaxedTransactionIsATransactionToo) {
  ASSERT_TRUE(store().begin(Durability::relaxed));
  store().put(pulled_query("q1", "SELECT 1"));
  ASSERT_TRUE(store().commit());
  put({pulled_query("q2", "SELECT 2")});
  EXPECT_THAT(ids_of(store().list(EntityType::saved_query, "", 10)), ElementsAre("q1", "q2"));
}

TEST_P(DeviceStoreContract, PendingEditsComeInUploadOrderThenOldestFirst) {
  put({edited(EntityType::ai_message, "message", 1), edited(EntityType::saved_query, "newer", 30),
       edited(EntityType::saved_query, "b", 20), edited(EntityType::saved_query, "a", 20),
       edited(EntityType::connection, "connection", 40)});
  EXPECT_THAT(ids_of(store().pending(10)), ElementsAre("connection", "a", "b", "newer", "message"));
  EXPECT_THAT(ids_of(store().pending(2)), ElementsAre("connection", "a"));
  EXPECT_THAT(ids_of(store().pending(0)), IsEmpty());
}

TEST_P(DeviceStoreContract, AnEditBehindAChangeInFlightWaits) {
  DeviceRecord record = edited(EntityType::saved_query, "q1", 1);
  record.in_flight = DeviceSeq{1};
  put({record});
  EXPECT_THAT(store().pending(10), IsEmpty());
  EXPECT_EQ(store().counts().pending, 1U);

  record.in_flight.reset();
  put({record});
  EXPECT_THAT(ids_of(store().pending(10)), ElementsAre("q1"));

  record.edit.reset();
  put({record});
  EXPECT_THAT(store().pending(10), IsEmpty());
  EXPECT_EQ(store().counts().pending, 0U);
}

TEST_P(DeviceStoreContract, FrozenChangesComeInTheirOrderAfterTheGivenOne) {
  ASSERT_TRUE(store().begin());
  for (const std::uint64_t seq : {3, 1, 2, 10}) store().add_frozen(frozen_change(seq));
  ASSERT_TRUE(store().commit());
  EXPECT_THAT(store().frozen(DeviceSeq{1}, 2), ElementsAre(frozen_change(2), frozen_change(3)));
  EXPECT_THAT(store().frozen(DeviceSeq{10}, 2), IsEmpty());
  EXPECT_EQ(store().counts().frozen, 4U);
}

TEST_P(DeviceStoreContract, AFrozenChangeIsFoundByItsPlaceUntilRemoved) {
  FrozenChange removal = frozen_change(6);
  removal.action = Action::remove;
  removal.changed.clear();
  removal.content.clear();
  ASSERT_TRUE(store().begin());
  store().add_frozen(frozen_change(5));
  store().add_frozen(removal);
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(store().find_frozen(DeviceSeq{5}), frozen_change(5));
  EXPECT_EQ(store().find_frozen(DeviceSeq{6}), removal);

  ASSERT_TRUE(store().begin());
  store().remove_frozen(DeviceSeq{5});
  ASSERT_TRUE(store().commit());
  EXPECT_FALSE(store().find_frozen(DeviceSeq{5}));
}

TEST_P(DeviceStoreContract, RejectedChangesAreKeptInTheOrderOfTheirRefusal) {
  const Error leaked{.code = ErrorCode::credential_leaked,
                     .message = "a password",
                     .path = "$.data.query",
                     .rule = "sql-password",
                     .retry_after_ms = 7,
                     .effect = Effect::maybe};
  ASSERT_TRUE(store().begin());
  store().add_rejected({.change = frozen_change(9, "other"), .error = leaked, .at = {20}});
  store().add_rejected({.change = frozen_change(4),
                        .error = {},
                        .at = {10},
                        .made_anew = true,
                        .shown = {"name"},
                        .replaced = {"folder", "query"}});
  ASSERT_TRUE(store().commit());

  const auto rejected = store().rejected();
  ASSERT_EQ(rejected.size(), 2U);
  EXPECT_EQ(rejected[0].change, frozen_change(9, "other"));
  EXPECT_EQ(rejected[0].error.code, ErrorCode::credential_leaked);
  EXPECT_EQ(rejected[0].error.message, "a password");
  EXPECT_EQ(rejected[0].error.path, "$.data.query");
  EXPECT_EQ(rejected[0].error.rule, "sql-password");
  EXPECT_EQ(rejected[0].error.retry_after_ms, 7);
  EXPECT_EQ(rejected[0].error.effect, Effect::maybe);
  EXPECT_EQ(rejected[0].at, WallTime{20});
  EXPECT_EQ(rejected[1].change, frozen_change(4));
  const FrozenChange& first = rejected[0].change;
  const auto of_one = store().rejected_of(first.type, first.id);
  ASSERT_EQ(of_one.size(), 1U);
  EXPECT_EQ(of_one[0].change, first);
  EXPECT_THAT(store().rejected_of(EntityType::connection, first.id), IsEmpty());
  EXPECT_FALSE(rejected[0].made_anew);
  EXPECT_TRUE(rejected[1].made_anew);
  EXPECT_THAT(rejected[0].shown, IsEmpty());
  EXPECT_EQ(rejected[1].shown, (std::vector<std::string>{"name"}));
  EXPECT_EQ(rejected[1].replaced, (std::vector<std::string>{"folder", "query"}));
}

TEST_P(DeviceStoreContract, ASecondRefusalOfOneChangeReplacesTheFirst) {
  ASSERT_TRUE(store().begin());
  store().add_rejected({.change = frozen_change(1), .error = {}, .at = {10}});
  store().add_rejected({.change = frozen_change(2), .error = {}, .at = {11}});
  store().add_rejected({.change = frozen_change(1), .error = {}, .at = {12}});
  ASSERT_TRUE(store().commit());
  ASSERT_EQ(store().rejected().size(), 2U);
  EXPECT_EQ(store().rejected()[0].at, WallTime{12});

  ASSERT_TRUE(store().begin());
  store().remove_rejected(change(1));
  ASSERT_TRUE(store().commit());
  ASSERT_EQ(store().rejected().size(), 1U);
  EXPECT_EQ(store().rejected()[0].change, frozen_change(2));
}

TEST_P(DeviceStoreContract, CountsTheRecordsThatHaveARedactionMark) {
  DeviceRecord deleted = rich_record();
  deleted.id = "deleted";
  deleted.content.clear();
  deleted.redacted.clear();
  DeviceRecord marked = edited(EntityType::connection, "c1", 1);
  marked.redacted = {"metadata"};
  put({rich_record(), deleted, marked, pulled_query("q1", "SELECT 1")});
  EXPECT_EQ(store().redacted_records(), 2U);
}

TEST_P(DeviceStoreContract, OriginalsHaveRisingNumbersThatAreNeverGivenTwice) {
  ASSERT_TRUE(store().begin());
  store().add_original(original("q1"));
  store().add_original(original("q2"));
  store().remove_original(2);
  store().add_original(original("q1", 7));
  ASSERT_TRUE(store().commit());

  Original first = original("q1");
  first.number = 1;
  Original third = original("q1", 7);
  third.number = 3;
  EXPECT_THAT(store().originals(), ElementsAre(first, third));
}

TEST_P(DeviceStoreContract, OriginalsAreFoundByTheirRecord) {
  Original other = original("q1");
  other.type = EntityType::connection;
  ASSERT_TRUE(store().begin());
  store().add_original(original("q1"));
  store().add_original(other);
  store().add_original(original("q2"));
  store().add_original(original("q1", 7));
  ASSERT_TRUE(store().commit());
  const auto found = store().originals_of(EntityType::saved_query, "q1");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].number, 1U);
  EXPECT_EQ(found[1].number, 4U);
  EXPECT_THAT(store().originals_of(EntityType::connection, "q2"), IsEmpty());
}

TEST_P(DeviceStoreContract, OriginalsOfOwnDeletesDoNotCountWhenTheyAreTrimmed) {
  Original deleted = original("deleted", 10);
  deleted.record = "{}";
  deleted.replaced_by = {};
  ASSERT_TRUE(store().begin());
  store().add_original(original("q1", 10));
  store().add_original(deleted);
  store().add_original(original("q2", 10));
  store().add_original(deleted);
  store().trim_originals(1, WallTime{10});
  EXPECT_THAT(ids_of(store().originals()), ElementsAre("deleted", "q2", "deleted"));
  store().trim_originals(1, WallTime{11});
  EXPECT_THAT(store().originals(), IsEmpty());
  ASSERT_TRUE(store().commit());
}

TEST_P(DeviceStoreContract, OriginalsAreTrimmedByNumberAndAge) {
  ASSERT_TRUE(store().begin());
  for (const std::int64_t at_ms : {10, 30, 20, 40}) {
    store().add_original(original("q" + std::to_string(at_ms), at_ms));
  }
  store().trim_originals(4, WallTime{10});
  EXPECT_THAT(ids_of(store().originals()), ElementsAre("q10", "q30", "q20", "q40"));
  store().trim_originals(3, WallTime{10});
  EXPECT_THAT(ids_of(store().originals()), ElementsAre("q30", "q20", "q40"));
  store().trim_originals(3, WallTime{21});
  EXPECT_THAT(ids_of(store().originals()), ElementsAre("q30", "q40"));
  store().trim_originals(0, WallTime{0});
  EXPECT_THAT(store().originals(), IsEmpty());
  ASSERT_TRUE(store().commit());
}

TEST_P(DeviceStoreContract, LiveShadowsAreThoseThatTheServerHas) {
  DeviceRecord edited_since = pulled_query("edited", "SELECT 1");
  edited_since.content = R"({"name":"changed here"})";
  DeviceRecord deleted_here = pulled_query("deleted", "SELECT 2");
  deleted_here.content.clear();
  deleted_here.edit = PendingEdit{.action = Action::remove};
  DeviceRecord tombstone{.type = EntityType::saved_query, .id = "tombstone"};
  tombstone.shadow = Record{.type = tombstone.type, .id = "tombstone", .deleted = true};
  DeviceRecord conflict{.type = EntityType::conflict, .id = "k", .content = "{}"};
  conflict.shadow = Record{.type = EntityType::conflict, .id = "k", .content = "{}"};
  put({edited_since, deleted_here, tombstone, conflict,
       edited(EntityType::saved_query, "local", 1)});

  EXPECT_THAT(store().live_shadows(),
              UnorderedElementsAre(*edited_since.shadow, *deleted_here.shadow, *conflict.shadow));
}

TEST_P(DeviceStoreContract, ListsVisibleRecordsByIdAfterTheGivenOne) {
  DeviceRecord hidden = pulled_query("b", "SELECT 2");
  hidden.content.clear();
  put({pulled_query("c", "SELECT 3"), hidden, pulled_query("a", "SELECT 1"),
       pulled_query("B", "SELECT 4"), edited(EntityType::connection, "d", 1)});
  EXPECT_THAT(ids_of(store().list(EntityType::saved_query, "", 10)), ElementsAre("B", "a", "c"));
  EXPECT_THAT(ids_of(store().list(EntityType::saved_query, "B", 1)), ElementsAre("a"));
  EXPECT_THAT(ids_of(store().list(EntityType::saved_query, "c", 10)), IsEmpty());
}

TEST_P(DeviceStoreContract, KeepsTheDevicesNumbers) {
  const DeviceMeta meta{.device = {"laptop-1"},
                        .device_name = "Ada's laptop",
                        .user_id = "42",
                        .replica = replica(255),
                        .last_frozen = {9},
                        .last_frozen_id = change(9),
                        .last_acked = {8},
                        .last_acked_id = change(8),
                        .cursor = {Epoch{(1ULL << 53) - 1}, Seq{(1ULL << 40) - 1}, Generation{3}},
                        .epochs = {{Epoch{5}, Seq{1}}, {Epoch{(1ULL << 53) - 1}, Seq{900}}},
                        .clock = Stamp{0xFFFF'FFFF'FFFF'FFFF},
                        .last_sync = {1'700'000'000'123}};
  ASSERT_TRUE(store().begin());
  store().set_meta(meta);
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(store().meta(), meta);
}

}  // namespace
}  // namespace studiosync::client
