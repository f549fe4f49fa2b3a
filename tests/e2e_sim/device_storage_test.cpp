#include <gtest/gtest.h>

#include <set>

#include "e2e/sim/memory_device_storage.hpp"

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

std::string after_crash(std::uint64_t seed) {
  MemoryDeviceStorage storage(seed);
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

TEST(DeviceStorage, ACrashLosesAnyNumberOfTheNewestRelaxedTransactionsAndNoOther) {
  std::set<std::string> left;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) left.insert(after_crash(seed));
  EXPECT_EQ(left, (std::set<std::string>{"abc", "abcd", "abcde"}));
}

TEST(DeviceStorage, ACrashLosesAnOpenTransaction) {
  MemoryDeviceStorage storage(1);
  DeviceStore& store = storage.open();
  write(store, "a", Durability::full);
  ASSERT_TRUE(store.begin(Durability::full));
  store.put({.type = EntityType::saved_query, .id = "b", .content = "{}"});
  storage.crash();
  EXPECT_EQ(stored(storage.open()), "a");
}

TEST(DeviceStorage, AFullDiskRefusesCommitsAndChangesNothing) {
  MemoryDeviceStorage storage(1);
  DeviceStore& store = storage.open();
  storage.set_full(true);
  EXPECT_FALSE(write(store, "a", Durability::full));
  EXPECT_EQ(stored(store), "");
  storage.set_full(false);
  EXPECT_TRUE(write(store, "b", Durability::full));
  EXPECT_EQ(stored(store), "b");
}

TEST(DeviceStorage, ACloneGoesItsOwnWay) {
  MemoryDeviceStorage storage(1);
  DeviceStore& store = storage.open();
  write(store, "a", Durability::full);
  const auto copy = storage.clone();
  DeviceStore& twin = copy->open();
  write(store, "b", Durability::full);
  write(twin, "c", Durability::full);
  EXPECT_EQ(stored(store), "ab");
  EXPECT_EQ(stored(twin), "ac");
}

TEST(DeviceStorage, ARestoreBringsTheBackup) {
  MemoryDeviceStorage storage(1);
  DeviceStore& store = storage.open();
  write(store, "a", Durability::full);
  storage.backup();
  write(store, "b", Durability::full);
  storage.close();
  ASSERT_TRUE(storage.restore());
  EXPECT_EQ(stored(storage.open()), "a");
}

}  // namespace
}  // namespace studiosync::e2e
