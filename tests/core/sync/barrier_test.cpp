// "Synced" after pull_now means: with what the server had at that moment, not what was heard
// before. And what is asked before a page is applied.
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
  Frame page_before_another(const std::string& id, Cursor from, Cursor to) {
    return {id, Changes{.from = from, .to = to, .changes = {}, .has_more = true}};
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

TEST_F(Barrier, AsksForTheNextPageBeforeOneIsAppliedAndNotAgainAfterwards) {
  const Frame first = page_before_another(pull_in(welcome(at(9))), at(0), at(3));
  const auto ahead = engine_.ask_ahead(connection_, first, now);
  ASSERT_TRUE(ahead);
  EXPECT_EQ(std::get<Pull>(ahead->body).cursor, at(3));
  EXPECT_FALSE(engine_.ask_ahead(connection_, first, now));
  EXPECT_EQ(pull_in(engine_.received(connection_, first, now)), "");
  EXPECT_FALSE(engine_.status().synced);
  page(ahead->id, at(9));
  EXPECT_EQ(store_.meta().cursor, at(9));
  EXPECT_TRUE(engine_.status().synced);
}

TEST_F(Barrier, AsksForNothingBehindAPageThatDoesNotFitOrIsTheLast) {
  const std::string pull = pull_in(welcome(at(9)));
  const Frame gap = page_before_another(pull, at(2), at(5));
  EXPECT_FALSE(engine_.ask_ahead(connection_, gap, now));
  const Frame last{pull, Changes{.from = at(0), .to = at(9)}};
  EXPECT_FALSE(engine_.ask_ahead(connection_, last, now));
  const Frame late = page_before_another(pull, at(0), at(3));
  EXPECT_FALSE(engine_.ask_ahead(Connection{connection_.number + 1}, late, now));
}

}  // namespace
}  // namespace studiosync::testing
