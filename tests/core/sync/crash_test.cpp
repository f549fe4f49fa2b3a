// A device that dies between any two transactions of a recovery goes on with the next connection.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// One recovery of the tablet: `prepare` leads up to it, `check` looks at where it ended.
struct Case {
  void (*prepare)(World& world, SimDevice& laptop, SimDevice& tablet);
  void (*check)(World& world, SimDevice& laptop, SimDevice& tablet);
};

void put(SimDevice& device, std::string_view id, std::string_view name) {
  device.put(saved_query, id, query_text(name, "SELECT 1"));
}

// The tablet dies after so many transactions of its recovery. Returns whether it came to that.
bool dies(const Case& recovery, std::uint64_t transactions) {
  World world(8);
  EngineOptions small;
  small.batch_largest = 2;
  SimDevice& laptop = world.add_device("laptop");
  SimDevice& tablet = world.add_device("tablet", small);
  for (const char* id : {"a", "b", "c", "d"}) put(laptop, id, id);
  laptop.start();
  tablet.start();
  EXPECT_TRUE(world.settle());
  recovery.prepare(world, laptop, tablet);
  world.server().page_rows_max = 2;
  tablet.die_after(transactions);
  tablet.start();
  world.run_for(Millis{5'000});
  const bool died = tablet.dead();
  tablet.die_after(std::nullopt);
  tablet.reboot(tablet.store());
  tablet.start();
  EXPECT_TRUE(world.settle());
  EXPECT_EQ(world.difference(), "");
  EXPECT_EQ(tablet.store().meta().recovery, Recovery::none);
  EXPECT_EQ(tablet.store().counts().rejected, 0U);
  recovery.check(world, laptop, tablet);
  return died;
}

void dies_everywhere(const Case& recovery) {
  for (std::uint64_t transactions = 0;; ++transactions) {
    SCOPED_TRACE(::testing::Message() << "after " << transactions << " transactions");
    if (!dies(recovery, transactions) || ::testing::Test::HasFailure()) break;
  }
}

TEST(Crash, InTheMiddleOfAPull) {
  dies_everywhere({.prepare =
                       [](World& world, SimDevice& laptop, SimDevice& tablet) {
                         tablet.stop();
                         for (const char* id : {"e", "f", "g", "h", "i"}) put(laptop, id, "new");
                         laptop.erase(saved_query, "a");
                         EXPECT_TRUE(world.settle());
                       },
                   .check =
                       [](World&, SimDevice&, SimDevice& tablet) {
                         EXPECT_EQ(tablet.store().list(saved_query, "", 100).size(), 8U);
                       }});
}

TEST(Crash, InAResync) {
  dies_everywhere({.prepare =
                       [](World& world, SimDevice& laptop, SimDevice& tablet) {
                         tablet.stop();
                         put(tablet, "a", "edited");
                         put(tablet, "new", "N");
                         laptop.erase(saved_query, "a");
                         laptop.erase(saved_query, "b");
                         EXPECT_TRUE(world.settle());
                         world.server().collect();
                         put(laptop, "e", "beyond the floor");
                         put(laptop, "f", "beyond the floor");
                         EXPECT_TRUE(world.settle());
                       },
                   .check =
                       [](World& world, SimDevice& laptop, SimDevice&) {
                         EXPECT_EQ(laptop.shown(saved_query, "a"),
                                   query_text("edited", "SELECT 1"));
                         EXPECT_EQ(world.server().user().state.records, 6U);
                       }});
}

TEST(Crash, WhileItGivesBackWhatTheServerLost) {
  dies_everywhere({.prepare =
                       [](World& world, SimDevice&, SimDevice& tablet) {
                         const server::MemoryImage backup = world.server().image();
                         for (const char* id : {"b", "c", "e", "f"}) put(tablet, id, "lost");
                         tablet.erase(saved_query, "a");
                         EXPECT_TRUE(world.settle());
                         tablet.stop();
                         put(tablet, "c", "unsynced");
                         world.server().restart(backup);
                         EXPECT_TRUE(world.settle());
                       },
                   .check =
                       [](World& world, SimDevice& laptop, SimDevice&) {
                         EXPECT_EQ(laptop.shown(saved_query, "a"), "");
                         EXPECT_EQ(laptop.shown(saved_query, "c"),
                                   query_text("unsynced", "SELECT 1"));
                         EXPECT_EQ(laptop.shown(saved_query, "f"), query_text("lost", "SELECT 1"));
                         EXPECT_EQ(world.server().user().state.records, 5U);
                         EXPECT_TRUE(world.server().user().archive.empty());
                       }});
}

TEST(Crash, AfterAReset) {
  dies_everywhere({.prepare =
                       [](World& world, SimDevice& laptop, SimDevice& tablet) {
                         tablet.stop();
                         put(tablet, "a", "unsynced");
                         world.server().reset();
                         EXPECT_TRUE(world.settle());
                         put(laptop, "fresh", "F");
                         EXPECT_TRUE(world.settle());
                       },
                   .check =
                       [](World& world, SimDevice&, SimDevice& tablet) {
                         EXPECT_EQ(world.server().user().state.records, 1U);
                         EXPECT_EQ(tablet.shown(saved_query, "a"), "");
                         EXPECT_FALSE(tablet.store().aside().empty());
                       }});
}

TEST(Crash, WithAChangeThatTheServerHasNoHistoryOf) {
  dies_everywhere({.prepare =
                       [](World& world, SimDevice& laptop, SimDevice& tablet) {
                         world.faults = [](std::uint64_t) { return Fate::swallowed; };
                         put(tablet, "a", "frozen");
                         world.run_for(Millis{50});
                         tablet.stop();
                         world.faults = nullptr;
                         laptop.erase(saved_query, "a");
                         EXPECT_TRUE(world.settle());
                         world.server().collect();
                       },
                   .check =
                       [](World&, SimDevice& laptop, SimDevice&) {
                         EXPECT_EQ(laptop.shown(saved_query, "a"),
                                   query_text("frozen", "SELECT 1"));
                       }});
}

}  // namespace
}  // namespace studiosync::testing
