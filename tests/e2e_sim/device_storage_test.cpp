// What the simulation asks of a device's disk, of the one in memory and of the one with SQLite on
// it.
#include <gtest/gtest.h>

#include <set>

#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {
namespace {

// One record a transaction: what is left tells which transactions are.
bool write(DeviceStore& store, const std::string& id, Durability durability) {
  if (!store.begin(durability)) return false;
  DeviceRecord record{.type = EntityType::saved_query, .id = id, .content = "{}"};
  store.put(record);
  return store.commit().has_value();
}

std::string stored(DeviceStore& store) {
  std::string ids;
  for (const DeviceRecord& record : store.list(EntityType::saved_query, "", 100)) ids += record.id;
  return ids;
}

class DeviceStorageTest : public testing::TestWithParam<StoreKind> {
 protected:
  static std::unique_ptr<DeviceStorage> make(std::uint64_t seed) {
    return make_device_storage(GetParam(), seed);
  }

  std::unique_ptr<DeviceStorage> storage_ = make(1);
  DeviceStore* store_ = &storage_->open();
};

INSTANTIATE_TEST_SUITE_P(On, DeviceStorageTest,
                         testing::Values(StoreKind::memory, StoreKind::sqlite),
                         [](const auto& kind) {
                           return kind.param == StoreKind::memory ? "Memory" : "Sqlite";
                         });

std::string after_crash(DeviceStorage& storage) {
  DeviceStore& store = storage.open();
  storage.expect_crash();
  write(store, "a", Durability::full);
  write(store, "b", Durability::relaxed);
  write(store, "c", Durability::full);
  write(store, "d", Durability::relaxed);
  write(store, "e", Durability::relaxed);
  storage.crash();
  return stored(storage.open());
}

TEST_P(DeviceStorageTest, ACrashLosesTheNewestRelaxedTransactionsAndNoOther) {
  std::set<std::string> left;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) left.insert(after_crash(*make(seed)));
  EXPECT_TRUE(left.contains("abc"));
  EXPECT_TRUE(left.contains("abcde"));
  left.erase("abcd");
  EXPECT_EQ(left.size(), 2U);
}

TEST_P(DeviceStorageTest, ACrashLosesAnOpenTransaction) {
  write(*store_, "a", Durability::full);
  ASSERT_TRUE(store_->begin(Durability::full));
  store_->put({.type = EntityType::saved_query, .id = "b", .content = "{}"});
  storage_->crash();
  EXPECT_EQ(stored(storage_->open()), "a");
}

TEST_P(DeviceStorageTest, AFullDiskRefusesCommitsAndChangesNothing) {
  storage_->set_full(true);
  EXPECT_FALSE(write(*store_, "a", Durability::full));
  EXPECT_EQ(stored(*store_), "");
  storage_->set_full(false);
  EXPECT_TRUE(write(*store_, "b", Durability::full));
  EXPECT_EQ(stored(*store_), "b");
}

TEST_P(DeviceStorageTest, ACloneGoesItsOwnWay) {
  write(*store_, "a", Durability::full);
  const auto copy = storage_->clone();
  DeviceStore& twin = copy->open();
  write(*store_, "b", Durability::full);
  write(twin, "c", Durability::full);
  EXPECT_EQ(stored(*store_), "ab");
  EXPECT_EQ(stored(twin), "ac");
}

TEST_P(DeviceStorageTest, ARestoreBringsTheBackup) {
  write(*store_, "a", Durability::full);
  storage_->backup();
  write(*store_, "b", Durability::full);
  storage_->close();
  ASSERT_TRUE(storage_->restore());
  EXPECT_EQ(stored(storage_->open()), "a");
}

TEST_P(DeviceStorageTest, WhatWasSetAsideSurvivesACrashAtOnce) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const auto storage = make(seed);
    DeviceStore& store = storage->open();
    write(store, "a", Durability::full);
    ASSERT_TRUE(store.set_aside("test"));
    storage->crash();
    const auto aside = storage->aside();
    ASSERT_EQ(aside.size(), 1U);
    EXPECT_EQ(aside[0].id, "a");
  }
}

TEST_P(DeviceStorageTest, OnAFullDiskNothingIsSetAside) {
  write(*store_, "a", Durability::full);
  storage_->set_full(true);
  EXPECT_FALSE(store_->set_aside("test"));
  storage_->set_full(false);
  EXPECT_TRUE(storage_->aside().empty());
  EXPECT_TRUE(store_->set_aside("test"));
  EXPECT_EQ(storage_->aside().size(), 1U);
}

}  // namespace
}  // namespace studiosync::e2e
