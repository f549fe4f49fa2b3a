// Who may have replaced what somebody wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

// desk changes its mind twice, and lap once more.
History changed_their_minds() {
  TinyWorld world;
  for (const char* value : {"false", "true", "false"}) {
    world.put("desk", "q1", "favorite", value);
    world.sync("desk");
  }
  world.sync("lap");
  world.put("lap", "q1", "favorite", "true");
  world.sync("lap");
  world.sync("desk");
  world.end();
  return std::move(world.history);
}

TEST(LostEdit, TakesNobodyWhoEditedBeforeForOneWhoHadSeenIt) {
  History history = changed_their_minds();
  EXPECT_THAT(broken(history), IsEmpty());
  rewrite_end(history, "q1", R"({"favorite":false})");
  EXPECT_THAT(broken(history), Contains("lost-edit"));
}

TEST(LostEdit, LetsADeleteTakeAlongThatAFieldWasEmpty) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.put("desk", "q1", "folder", "\"v2\"");
  world.sync("desk");
  world.put("desk", "q1", "folder", "");
  world.sync("desk");
  world.sync("lap");
  world.remove("lap", "q1");
  world.sync("lap");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  // As if lap had seen the folder.
  last<Edited>(world.history).before = R"({"folder":"v2","name":"v1"})";
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

// lap makes a folder and takes it back; phone, which saw none, makes another one in between.
History took_it_back(bool sent_in_between) {
  TinyWorld world;
  world.put("lap", "q1", "folder", "\"v1\"");
  if (sent_in_between) world.push("lap");
  world.put("phone", "q1", "folder", "\"v2\"");
  world.put("lap", "q1", "folder", "");
  world.push("lap");
  world.push("phone");
  world.end();
  rewrite_end(world.history, "q1", R"({"folder":"v2"})");
  erase_rows(world.history, "x-");
  return std::move(world.history);
}

TEST(LostEdit, ExpectsNothingOfWhatWasTakenBackBeforeItWasSent) {
  EXPECT_THAT(broken(took_it_back(false)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(took_it_back(true)), Contains("lost-edit"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
