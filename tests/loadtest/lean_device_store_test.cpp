#include "loadtest/fleet/lean_device_store.hpp"

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/sync/digest.hpp"

namespace studiosync::load {
namespace {

constexpr EntityType type = EntityType::saved_query;

DeviceRecord settled(const std::string& id, std::uint64_t version) {
  Record shadow{.type = type, .id = id};
  shadow.rev = {Epoch{9}, Version{version}};
  shadow.seq = Seq{version};
  shadow.content = R"({"name":")" + id + std::to_string(version) + R"("})";
  return {.type = type, .id = id, .content = shadow.content, .shadow = shadow};
}

void put(LeanDeviceStore& store, const std::vector<DeviceRecord>& records) {
  ASSERT_TRUE(store.begin().has_value());
  for (const DeviceRecord& record : records) store.put(record);
  ASSERT_TRUE(store.commit().has_value());
}

TEST(LeanDeviceStore, ForgetsTheContentOfSettledRecordsAndFindsTheirVersion) {
  LeanDeviceStore store{1};
  put(store, {settled("a", 3), settled("b", 4)});
  EXPECT_EQ(store.forgotten_count(), 1U);
  const auto forgotten = store.find(type, "a");
  ASSERT_TRUE(forgotten && forgotten->shadow);
  EXPECT_EQ(forgotten->shadow->rev, settled("a", 3).shadow->rev);
  EXPECT_EQ(forgotten->shadow->seq, Seq{3});
  EXPECT_EQ(forgotten->content, "{}");
  EXPECT_EQ(store.find(type, "b"), settled("b", 4));
  EXPECT_EQ(store.live_records(type), 2U);
}

TEST(LeanDeviceStore, KeepsEverythingWithoutALimit) {
  LeanDeviceStore store{std::nullopt};
  put(store, {settled("a", 1), settled("b", 2)});
  EXPECT_EQ(store.find(type, "a"), settled("a", 1));
  EXPECT_EQ(store.forgotten_count(), 0U);
}

TEST(LeanDeviceStore, NeverForgetsAnEditOrAChangeUnderWay) {
  LeanDeviceStore store{0};
  DeviceRecord edited = settled("a", 1);
  edited.edit = PendingEdit{};
  DeviceRecord flying = settled("b", 2);
  flying.in_flight = DeviceSeq{1};
  put(store, {edited, flying});
  EXPECT_EQ(store.find(type, "a"), edited);
  EXPECT_EQ(store.find(type, "b"), flying);
  EXPECT_EQ(store.counts().pending, 1U);
  put(store, {settled("a", 1), settled("b", 2)});
  EXPECT_EQ(store.forgotten_count(), 2U);
}

TEST(LeanDeviceStore, AForgottenRecordThatChangesIsForgottenInItsNewVersion) {
  LeanDeviceStore store{0};
  put(store, {settled("a", 1)});
  put(store, {settled("a", 2)});
  EXPECT_EQ(store.find(type, "a")->shadow->rev.version, Version{2});
  EXPECT_EQ(store.live_records(type), 1U);
  EXPECT_EQ(store.forgotten_count(), 1U);
}

TEST(LeanDeviceStore, CountsWhatIsForgottenUpToAPlaceInTheLog) {
  LeanDeviceStore store{0};
  put(store, {settled("a", 1), settled("b", 2), settled("c", 3)});
  put(store, {settled("a", 4)});
  EXPECT_EQ(store.forgotten_up_to(Seq{3}), 2U);
  EXPECT_EQ(store.forgotten_up_to(Seq{4}), 3U);
}

TEST(LeanDeviceStore, ARecordWithNothingLeftIsGoneFromWithinTheTransactionOn) {
  LeanDeviceStore store{0};
  put(store, {settled("a", 1)});
  ASSERT_TRUE(store.begin().has_value());
  store.put({.type = type, .id = "a"});
  EXPECT_FALSE(store.find(type, "a").has_value());
  ASSERT_TRUE(store.commit().has_value());
  EXPECT_FALSE(store.find(type, "a").has_value());
  EXPECT_EQ(store.live_records(type), 0U);
}

TEST(LeanDeviceStore, ARollbackBringsBackWhatWasForgotten) {
  LeanDeviceStore store{0};
  put(store, {settled("a", 1)});
  ASSERT_TRUE(store.begin().has_value());
  store.put(settled("a", 2));
  store.put(settled("b", 3));
  store.rollback();
  EXPECT_EQ(store.find(type, "a")->shadow->rev.version, Version{1});
  EXPECT_FALSE(store.find(type, "b").has_value());
  EXPECT_EQ(store.live_records(type), 1U);
}

TEST(LeanDeviceStore, ItsDigestIsThatOfAStoreThatKeepsEverything) {
  Random random(4);
  LeanDeviceStore lean{5};
  Digest expected;
  std::map<std::string, DeviceRecord> newest;
  for (int round = 0; round < 300; ++round) {
    const std::string id = std::to_string(random.below(40));
    DeviceRecord record = settled(id, static_cast<std::uint64_t>(round) + 1);
    if (random.below(5) == 0) {
      record.content.clear();
      record.shadow->content.clear();
      record.shadow->deleted = true;
    }
    newest[id] = record;
    put(lean, {record});
  }
  for (const auto& [id, record] : newest) expected.add(*record.shadow);
  EXPECT_EQ(lean.digest(), expected.sums());
}

}  // namespace
}  // namespace studiosync::load
