// What an editor meets where a restore of the server uncovered an older value: nobody, or somebody
// who was there first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

// A restore takes away the folder that desk gave q1 and lap saw.
TinyWorld lost_folder() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.server_backup();
  world.put("desk", "q1", "folder", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.server_restore();
  return world;
}

void file(TinyWorld& world, const char* folder) {
  world.put("lap", "q1", "folder", folder);
  world.push("lap");
}

// lap finds no folder; what desk sends after all that collides with lap's second edit.
History filed_twice(TinyWorld world) {
  file(world, "\"v3\"");
  file(world, "\"v4\"");
  world.push("desk");
  world.end();
  return std::move(world.history);
}

TEST(BlindOverwrite, TellsByTheArrivalWhetherSomebodyEmptiedTheFieldAgain) {
  TinyWorld later = lost_folder();
  later.put("desk", "q1", "folder", "");
  TinyWorld first = later;
  first.push("desk");
  EXPECT_THAT(broken(filed_twice(std::move(later))), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(filed_twice(std::move(first))), Contains("blind-overwrite"));
}

TEST(BlindOverwrite, KnowsThatADeleteLeftNothingWhereItHadNotArrived) {
  TinyWorld world = lost_folder();
  world.remove("desk", "q1");
  History history = filed_twice(std::move(world));
  EXPECT_THAT(broken(history), Not(Contains("blind-overwrite")));
  // On its way all the while.
  const FrozenEdit left = last<FrozenEdit>(history);
  drop(history, place_of_last<FrozenEdit>(history));
  insert(history, place_of_last<Turned>(history) + 2, "desk", left);
  EXPECT_THAT(broken(history), Not(Contains("blind-overwrite")));
}

TEST(BlindOverwrite, KnowsThatADeleteLeftNothingWhereItWasNotEvenSent) {
  TinyWorld world = lost_folder();
  world.remove("desk", "q1");
  file(world, "\"v3\"");
  world.remove("lap", "q1");
  world.push("lap");
  world.push("desk");  // of nothing, by now
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("blind-overwrite")));
}

}  // namespace
}  // namespace studiosync::e2e::testing
