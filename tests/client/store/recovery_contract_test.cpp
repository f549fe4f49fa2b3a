// What recoveries need of every device store: the same tests for all of them.
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

enum class Kind { memory, sqlite };

class RecoveryContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = std::make_unique<MemoryDeviceStore>();
      return;
    }
    auto opened = open_device_store(path_, WallTime{0});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  DeviceStore& store() { return *store_; }

  void put(const std::vector<DeviceRecord>& records) {
    ASSERT_TRUE(store().begin());
    for (const auto& record : records) store().put(record);
    ASSERT_TRUE(store().commit());
  }

  // What the copy with this number holds.
  std::vector<DeviceRecord> aside(int number) {
    if (auto* memory = dynamic_cast<MemoryDeviceStore*>(store_.get())) return memory->aside();
    auto copy = open_device_store(path_ + ".aside-" + std::to_string(number), WallTime{0});
    EXPECT_TRUE(copy);
    return copy ? (*copy)->records({}, 100) : std::vector<DeviceRecord>{};
  }

  static DeviceRecord deleted(std::string_view id, std::int64_t committed_us) {
    DeviceRecord record{.type = EntityType::saved_query, .id = std::string(id)};
    record.shadow = Record{.type = record.type, .id = record.id, .deleted = true};
    record.shadow->committed = {committed_us};
    return record;
  }

 private:
  TemporaryFolder folder_;
  std::string path_ = folder_.file("device.db");
  std::unique_ptr<DeviceStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Stores, RecoveryContract, testing::Values(Kind::memory, Kind::sqlite),
                         [](const auto& instance) {
                           return instance.param == Kind::memory ? "Memory" : "Sqlite";
                         });

std::vector<std::string> ids_of(const std::vector<DeviceRecord>& records) {
  std::vector<std::string> ids;
  for (const auto& record : records) ids.push_back(record.id);
  return ids;
}

TEST_P(RecoveryContract, GoesThroughEverythingThatIsKnownByTypeAndId) {
  DeviceRecord hidden = deleted("b", 1);
  DeviceRecord conflict{.type = EntityType::conflict, .id = "a", .content = "{}"};
  put({pulled_query("c", "SELECT 1"), hidden, edited(EntityType::connection, "d", 1), conflict,
       edited(EntityType::ai_message, "a", 1)});
  const auto first = store().records({}, 3);
  EXPECT_THAT(ids_of(first), ElementsAre("d", "b", "c"));
  EXPECT_EQ(first[1], hidden);
  const auto rest = store().records({first.back().type, first.back().id}, 3);
  EXPECT_THAT(ids_of(rest), ElementsAre("a", "a"));
  EXPECT_EQ(rest.back(), conflict);
  EXPECT_THAT(store().records({EntityType::conflict, "a"}, 3), IsEmpty());
}

TEST_P(RecoveryContract, CountsTheRecordsOfATypeThatTheServerHas) {
  DeviceRecord deleted_here = pulled_query("b", "SELECT 2");
  deleted_here.content.clear();
  deleted_here.edit = PendingEdit{.action = Action::remove};
  put({pulled_query("a", "SELECT 1"), deleted_here, deleted("c", 1),
       edited(EntityType::saved_query, "d", 1)});
  EXPECT_EQ(store().live_records(EntityType::saved_query), 2U);
  EXPECT_EQ(store().live_records(EntityType::connection), 0U);
}

TEST_P(RecoveryContract, CountsOrdinaryDeletesThatWaitAndAreNotConfirmed) {
  const auto removal = [](std::string_view id) {
    DeviceRecord record = pulled_query(id, "SELECT 1");
    record.content.clear();
    record.edit = PendingEdit{.action = Action::remove};
    return record;
  };
  DeviceRecord withdrawal = removal("private");
  withdrawal.edit->reason = "private";
  DeviceRecord confirmed = removal("confirmed");
  confirmed.edit->confirmed = true;
  DeviceRecord behind = removal("behind");
  behind.in_flight = DeviceSeq{1};
  put({removal("a"), removal("b"), withdrawal, confirmed, behind,
       edited(EntityType::saved_query, "upsert", 1)});
  EXPECT_EQ(store().pending_deletes(EntityType::saved_query), 2U);
  EXPECT_EQ(store().pending_deletes(EntityType::connection), 0U);
}

TEST_P(RecoveryContract, ForgetsOldTombstonesOfWhichThereIsNothingElse) {
  DeviceRecord edited_since = deleted("edited", 10);
  edited_since.content = "{}";
  edited_since.edit = PendingEdit{};
  DeviceRecord busy = deleted("busy", 10);
  busy.in_flight = DeviceSeq{1};
  put({deleted("old", 10), deleted("new", 20), edited_since, busy, pulled_query("live", "S")});
  ASSERT_TRUE(store().begin());
  store().forget_tombstones(CommitTime{20});
  ASSERT_TRUE(store().commit());
  EXPECT_THAT(ids_of(store().records({}, 10)), ElementsAre("busy", "edited", "live", "new"));
}

TEST_P(RecoveryContract, OfALocalRecordOnlyTheOldTombstoneIsForgottenAndNotItsOwnWithdrawal) {
  DeviceRecord hidden = deleted("hidden", 10);
  hidden.local_only = true;
  hidden.content = R"({"name":"mine"})";
  DeviceRecord lately = hidden;
  lately.id = lately.shadow->id = "lately";
  lately.shadow->committed = CommitTime{20};
  DeviceRecord withdrawn = hidden;
  withdrawn.id = withdrawn.shadow->id = "withdrawn";
  withdrawn.shadow->reason = reason_private;
  put({hidden, lately, withdrawn});
  ASSERT_TRUE(store().begin());
  store().forget_tombstones(CommitTime{20});
  ASSERT_TRUE(store().commit());
  hidden.shadow.reset();
  EXPECT_THAT(store().records({}, 10), ElementsAre(hidden, lately, withdrawn));
}

TEST_P(RecoveryContract, KeepsWhatIsSetAsideWhateverHappensAfterwards) {
  const DeviceRecord record = rich_record();
  put({record});
  ASSERT_TRUE(store().set_aside("reset"));
  put({{.type = record.type, .id = record.id}});
  EXPECT_THAT(aside(1), ElementsAre(record));
  put({pulled_query("later", "SELECT 1")});
  ASSERT_TRUE(store().set_aside("sweep"));
  EXPECT_THAT(ids_of(aside(2)), testing::Contains("later"));
  EXPECT_EQ(aside(1).front(), record);
}

TEST_P(RecoveryContract, KeepsWhatIsOwedAndWhatIsConfirmed) {
  DeviceMeta meta;
  meta.recovery = Recovery::asks;
  meta.digest_due = WallTime{1'700'000'000'123};
  meta.ahead = {.epoch = Epoch{7}, .seq = Seq{8}, .generation = Generation{9}};
  DeviceRecord record = edited(EntityType::saved_query, "q", 1);
  record.edit->confirmed = true;
  FrozenChange change = frozen_change(1);
  change.confirmed = true;
  ASSERT_TRUE(store().begin());
  store().set_meta(meta);
  store().put(record);
  store().add_frozen(change);
  store().add_rejected({.change = change, .error = {.code = ErrorCode::mass_delete_held}});
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(store().meta(), meta);
  EXPECT_EQ(store().find(EntityType::saved_query, "q"), record);
  EXPECT_EQ(store().find_frozen(DeviceSeq{1}), change);
  ASSERT_EQ(store().rejected().size(), 1U);
  EXPECT_EQ(store().rejected()[0].change, change);
  EXPECT_EQ(store().rejected()[0].error.code, ErrorCode::mass_delete_held);
}

TEST(Recovery, HasANameOfItsOwnForEachState) {
  for (const Recovery recovery : {Recovery::none, Recovery::reconcile, Recovery::resync,
                                  Recovery::asks, Recovery::confirmed}) {
    EXPECT_EQ(recovery_from(to_string(recovery)), recovery);
  }
  EXPECT_EQ(recovery_from("something newer"), Recovery::none);
}

}  // namespace
}  // namespace studiosync::client
