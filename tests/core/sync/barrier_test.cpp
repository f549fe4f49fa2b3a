// "Synced" after pull_now means: with what the server had at that moment, not what was heard
// before.
#include <gtest/gtest.h>

#include "client/store/memory_device_store.hpp"
#include "core/sync/client_engine.hpp"

namespace studiosync::testing {
namespace {

constexpr WallTime now{1'800'000'000'000};

class Barrier : public ::testing::Test {
 protected:
  Barrier() {
    DeviceMeta meta;
    meta.device.value = "laptop";
    meta.replica.bytes.fill(1);
    EXPECT_TRUE(store_.begin());
    store_.set_meta(meta);
    EXPECT_TRUE(store_.commit());
    connection_ = engine_.start(now).connect.value_or(Connection{});
    greeting_ = engine_.opened(connection_, now).send.at(0).id;
  }

  static Cursor at(std::uint64_t seq) { return {Epoch{7}, Seq{seq}, {}}; }
  Effects welcome(Cursor head) {
    Welcome welcome;
    welcome.user_id = "alice";
    welcome.head = head;
    return engine_.received(connection_, {greeting_, welcome}, now);
  }
  // An answer to a pull: everything up to `to`.
  Effects page(const std::string& id, Cursor to) {
    Changes changes{.from = store_.meta().cursor, .to = to};
    return engine_.received(connection_, {id, changes}, now);
  }
  // The pull among the frames to send; empty when there is none.
  static std::string pull_in(const Effects& effects) {
    for (const Frame& frame : effects.send) {
      if (std::holds_alternative<Pull>(frame.body)) return frame.id;
    }
    return {};
  }

  client::MemoryDeviceStore store_;
  ClientEngine engine_{store_, {}, Random(1)};
  Connection connection_;
  std::string greeting_;
};

TEST_F(Barrier, IsNotPassedByAWelcomeThatWasOnItsWay) {
  EXPECT_EQ(pull_in(engine_.pull_now(now)), "");
  const std::string pull = pull_in(welcome(at(0)));
  EXPECT_NE(pull, "");
  EXPECT_FALSE(engine_.status().synced);
  page(pull, at(3));
  EXPECT_TRUE(engine_.status().synced);
}

TEST_F(Barrier, IsNotPassedByAPageThatWasOnItsWay) {
  const std::string earlier = pull_in(welcome(at(1)));
  ASSERT_NE(earlier, "");
  EXPECT_EQ(pull_in(engine_.pull_now(now)), "");
  const std::string pull = pull_in(page(earlier, at(1)));
  EXPECT_NE(pull, "");
  EXPECT_FALSE(engine_.status().synced);
  page(pull, at(3));
  EXPECT_TRUE(engine_.status().synced);
}

TEST_F(Barrier, AsksOnceWhereTheConnectionIsLive) {
  welcome(at(0));
  EXPECT_TRUE(engine_.status().synced);
  const std::string pull = pull_in(engine_.pull_now(now));
  EXPECT_NE(pull, "");
  EXPECT_FALSE(engine_.status().synced);
  EXPECT_EQ(pull_in(page(pull, at(0))), "");
  EXPECT_TRUE(engine_.status().synced);
}

}  // namespace
}  // namespace studiosync::testing
