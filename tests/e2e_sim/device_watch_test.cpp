#include "e2e/history/device_watch.hpp"

#include <gtest/gtest.h>

#include "client/store/memory_device_store.hpp"

namespace studiosync::e2e {
namespace {

class Watched : public testing::Test {
 protected:
  Watched() { set({.cursor = {Epoch{1}, Seq{9}, {}}}); }

  void set(const DeviceMeta& meta) {
    EXPECT_TRUE(store_.begin());
    store_.set_meta(meta);
    EXPECT_TRUE(store_.commit());
  }
  // The move that is written down when a frame leaves the device with this meta.
  Moved move(const DeviceMeta& after, const Message& message = Changes{}) {
    const Frame frame{"1", message};
    watch_.before(store_, &frame);
    set(after);
    watch_.after(store_, &frame);
    return std::get<Moved>(recorder_.take_history().at(0).what);
  }

  Scheduler scheduler_{WallTime{1'800'000'000'000}};
  Recorder recorder_{scheduler_, Detail::outcomes};
  client::MemoryDeviceStore store_;
  DeviceWatch watch_{recorder_, "laptop", "ann"};
};

TEST_F(Watched, ACursorThatFallsWithoutAReasonIsNoResync) {
  EXPECT_FALSE(move({.cursor = {Epoch{1}, Seq{3}, {}}}).resync);
}

TEST_F(Watched, ACursorThatFallsWithASnapshotIsAResync) {
  EXPECT_TRUE(move({.cursor = {Epoch{1}, Seq{3}, {}}}, Changes{.snapshot = true}).resync);
}

TEST_F(Watched, ACursorThatMovesDuringARecoveryIsAResync) {
  set({.cursor = {Epoch{1}, Seq{9}, {}}, .recovery = Recovery::reconcile});
  EXPECT_TRUE(move({.cursor = {Epoch{2}, Seq{3}, {}}}).resync);
}

TEST_F(Watched, ACursorOfAResetAccountIsAResync) {
  EXPECT_TRUE(move({.cursor = {Epoch{1}, Seq{}, 1}}).resync);
}

}  // namespace
}  // namespace studiosync::e2e
