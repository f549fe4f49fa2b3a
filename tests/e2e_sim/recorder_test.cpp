// Which change a row is said to be of.
#include "e2e/sim/recorder.hpp"

#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

class Recorded : public testing::Test {
 protected:
  static ChangeId change(std::uint8_t number) {
    ChangeId id;
    id.bytes.back() = number;
    return id;
  }
  // Of a record, at the one place that all of the test is about.
  void freeze(std::uint8_t number, const std::string& id) {
    recorder_.note("laptop", FrozenEdit{.replica = replica_,
                                        .seq = DeviceSeq{1},
                                        .change = change(number),
                                        .type = EntityType::saved_query,
                                        .id = id});
  }
  Record row(const std::string& id) const {
    Record row{.type = EntityType::saved_query, .id = id};
    row.origin.replica = replica_;
    row.origin.device_seq = DeviceSeq{1};
    return row;
  }

  const ReplicaId replica_{{1}};
  Scheduler scheduler_{WallTime{1'800'000'000'000}};
  Recorder recorder_{scheduler_, Detail::outcomes};
};

TEST_F(Recorded, ARowIsOfTheChangeThatWasFrozenForItsRecord) {
  freeze(1, "other");
  freeze(2, "orders");
  freeze(3, "another");
  EXPECT_EQ(recorder_.change_of(row("orders")), change(2));
}

TEST_F(Recorded, ARowOfAnUnknownPlaceIsOfNoChange) {
  EXPECT_TRUE(recorder_.change_of(row("orders")).nil());
}

// A device and its clone froze for one record, and the clone was first at the server.
TEST_F(Recorded, ARowIsOfTheChangeThatTheServerTookAtItsPlace) {
  freeze(1, "orders");
  freeze(2, "orders");
  recorder_.note_written(row("orders"), change(2));
  EXPECT_EQ(recorder_.change_of(row("orders")), change(2));
  freeze(3, "orders");
  EXPECT_EQ(recorder_.change_of(row("orders")), change(2));
}

// A restore took the first history away.
TEST_F(Recorded, ARowIsOfTheLastChangeThatTheServerTookForItsRecord) {
  freeze(1, "orders");
  freeze(2, "orders");
  freeze(3, "other");
  recorder_.note_written(row("orders"), change(2));
  recorder_.note_written(row("orders"), change(1));
  recorder_.note_written(row("other"), change(3));
  EXPECT_EQ(recorder_.change_of(row("orders")), change(1));
}

}  // namespace
}  // namespace studiosync::e2e
