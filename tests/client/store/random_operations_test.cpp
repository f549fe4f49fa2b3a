// The store in memory is the model of the one in a file.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "client/store/memory_device_store.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "core/base/random.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;

// Everything that both stores can tell.
void expect_same(DeviceStore& left, DeviceStore& right) {
  const auto by_key = [](const Record& a, const Record& b) {
    return std::tie(a.type, a.id) < std::tie(b.type, b.id);
  };
  auto left_shadows = left.live_shadows();
  auto right_shadows = right.live_shadows();
  std::ranges::sort(left_shadows, by_key);
  std::ranges::sort(right_shadows, by_key);
  ASSERT_EQ(left_shadows, right_shadows);
  ASSERT_EQ(left.pending(1000), right.pending(1000));
  ASSERT_EQ(left.frozen(DeviceSeq{0}, 10'000), right.frozen(DeviceSeq{0}, 10'000));
  ASSERT_EQ(left.rejected().size(), right.rejected().size());
  ASSERT_EQ(left.originals(), right.originals());
  ASSERT_EQ(left.redacted_records(), right.redacted_records());
  ASSERT_EQ(left.counts().pending, right.counts().pending);
  ASSERT_EQ(left.counts().frozen, right.counts().frozen);
  ASSERT_EQ(left.counts().rejected, right.counts().rejected);
  ASSERT_EQ(left.records({}, 10'000), right.records({}, 10'000));
  for (int type = 1; type <= 15; ++type) {
    const auto known = entity_type_from(type);
    if (!known) continue;
    ASSERT_EQ(left.live_records(*known), right.live_records(*known));
    ASSERT_EQ(left.pending_deletes(*known), right.pending_deletes(*known));
    ASSERT_EQ(left.list(*known, "", 1000), right.list(*known, "", 1000));
    for (int id = 0; id < 30; ++id) {
      const std::string name = "r" + std::to_string(id);
      ASSERT_EQ(left.find(*known, name), right.find(*known, name)) << name;
    }
  }
}

void random_write(Random& random, std::uint64_t& last_frozen, DeviceStore& left,
                  DeviceStore& right) {
  const std::uint64_t kind = random.below(16);
  const DeviceRecord record = random_record(random);
  const FrozenChange change = frozen_change(last_frozen + 1);
  const DeviceSeq place{1 + random.below(last_frozen + 1)};
  const std::uint64_t number = random.below(40);
  if (kind == 0) ++last_frozen;
  if (kind > 13 && record.shadow) {
    ASSERT_EQ(left.add(*record.shadow), right.add(*record.shadow));
    return;
  }
  for (DeviceStore* store : {&left, &right}) {
    switch (kind) {
      case 0:
        store->add_frozen(change);
        break;
      case 1:
        store->remove_frozen(place);
        break;
      case 2:
        store->add_rejected({.change = change, .error = {}, .at = {}});
        break;
      case 3:
        store->remove_rejected(change.change);
        break;
      case 4:
        store->add_original(original(record.id, static_cast<std::int64_t>(number)));
        break;
      case 5:
        store->remove_original(number);
        break;
      case 6:
        store->trim_originals(number, WallTime{static_cast<std::int64_t>(number / 4)});
        break;
      case 7:
        store->forget_tombstones(CommitTime{1});
        break;
      default:
        store->put(record);
    }
  }
}

TEST(DeviceStores, RandomTransactionsLeaveBothEqualAndTheIndexIntact) {
  const TemporaryFolder folder;
  auto opened = open_device_store(folder.file("device.db"), WallTime{0});
  ASSERT_TRUE(opened) << opened.error().message;
  SqliteDeviceStore& file = **opened;
  MemoryDeviceStore model;
  Random random(20'240'101);
  std::uint64_t last_frozen = 0;
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(testing::Message() << "round=" << round);
    const std::uint64_t frozen_before = last_frozen;
    ASSERT_TRUE(file.begin(Durability::relaxed));
    ASSERT_TRUE(model.begin());
    for (std::uint64_t n = random.below(25); n > 0; --n) {
      random_write(random, last_frozen, file, model);
    }
    if (random.below(4) == 0) {
      last_frozen = frozen_before;
      file.rollback();
      model.rollback();
    } else {
      ASSERT_TRUE(file.commit());
      ASSERT_TRUE(model.commit());
    }
    ASSERT_EQ(*file.integrity(), "ok");
    expect_same(file, model);
  }
}

}  // namespace
}  // namespace studiosync::client
