// Much work on one file, by one process and by two at once.
#include <gtest/gtest.h>

#include <thread>

#include "client/store/sqlite_device_store.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;

class DeviceStoreBulk : public testing::Test {
 protected:
  std::unique_ptr<SqliteDeviceStore> open() {
    auto store = open_device_store(folder_.file("device.db"), WallTime{0});
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(DeviceStoreBulk, TwoHandlesOnOneFileTakeTurns) {
  constexpr int rounds = 40;
  const auto count_up = [this] {
    const auto store = open();  // both create it, at the same moment
    ASSERT_TRUE(store);
    for (int i = 0; i < rounds; ++i) {
      ASSERT_TRUE(store->begin(Durability::relaxed));
      DeviceMeta meta = store->meta();
      ++meta.last_frozen.value;
      store->set_meta(meta);
      ASSERT_TRUE(store->commit());
    }
  };
  std::thread other(count_up);
  count_up();
  other.join();
  EXPECT_EQ(open()->meta().last_frozen.value, 2U * rounds);
}

// As a first sync: ten pages of a thousand rows, with the log copied into the database on the way.
TEST_F(DeviceStoreBulk, StoresTenThousandPulledRecords) {
  const auto store = open();
  const std::string sql =
      "SELECT c.name, sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id"
      " WHERE o.created_at > now() - interval '30 days' GROUP BY 1 ORDER BY 2 DESC -- nr";
  for (std::uint64_t page = 0; page < 10; ++page) {
    ASSERT_TRUE(store->begin(Durability::relaxed));
    for (std::uint64_t i = page * 1000 + 1; i <= (page + 1) * 1000; ++i) {
      const std::string id = "query-" + std::to_string(i * 7919 % 10'007);
      store->put(pulled_query(id, sql + std::to_string(i) + std::string(700, '-'), i));
    }
    ASSERT_TRUE(store->commit());
  }
  EXPECT_EQ(store->live_shadows().size(), 10'000U);
  EXPECT_EQ(store->list(EntityType::saved_query, "", 20'000).size(), 10'000U);
  EXPECT_EQ(store->search("customers nr4711", 10).size(), 1U);
  EXPECT_EQ(*store->integrity(), "ok");
}

}  // namespace
}  // namespace studiosync::client
