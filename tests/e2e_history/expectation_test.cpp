#include "e2e/history/expectation.hpp"

#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

Step expecting(Expectation expectation) {
  Step step{.what = Do::expect, .device = "laptop", .type = EntityType::saved_query, .id = "q1"};
  step.expectation = std::move(expectation);
  return step;
}

DeviceState laptop() {
  DeviceState state{.user = "ann", .link = "live"};
  state.records.push_back({.type = EntityType::saved_query, .id = "q1", .content = R"({"a":1})"});
  state.records.push_back({.type = EntityType::saved_query, .id = "deleted"});
  return state;
}

ServerState of_user(const std::string& user, const std::string& content) {
  ServerState state{.user = user};
  state.rows.push_back({.type = EntityType::saved_query, .id = "q1", .content = content});
  state.rows.push_back({.type = EntityType::saved_query, .id = "gone", .deleted = true});
  return state;
}

TEST(Expectation, HoldsOfWhatADeviceShows) {
  Expectation expected{.exists = true, .count = 1, .open_conflicts = 0, .rejected = 0};
  expected.data = parse_json(R"({"a":1,"b":null})").value();
  expected.link = "live";
  EXPECT_EQ(mismatch(expecting(expected), laptop()), "");
}

TEST(Expectation, SaysWhatIsOtherwise) {
  EXPECT_EQ(mismatch(expecting({.exists = false}), laptop()), "laptop: the record is there");
  EXPECT_EQ(mismatch(expecting({.count = 2}), laptop()), "laptop: 1 records, expected 2");
  EXPECT_EQ(mismatch(expecting({.data = parse_json(R"({"a":2})").value()}), laptop()),
            "laptop: a is 1, expected 2");
  EXPECT_EQ(mismatch(expecting({.open_conflicts = 1}), laptop()),
            "laptop: 0 open conflicts, expected 1");
  EXPECT_EQ(mismatch(expecting({.rejected = 1}), laptop()),
            "laptop: 0 rejected changes, expected 1");
  EXPECT_EQ(mismatch(expecting({.link = "halted"}), laptop()), "laptop: it is live");
}

TEST(Expectation, AsksTheServerAboutAllUsersTogether) {
  const std::vector<ServerState> users{of_user("ann", R"({"a":1})"), of_user("bob", R"({"a":2})")};
  EXPECT_EQ(mismatch(expecting({.count = 2}), users), "");
  EXPECT_EQ(mismatch(expecting({.data = parse_json(R"({"a":1})").value()}), users), "");
  EXPECT_EQ(mismatch(expecting({.count = 1}), users), "the server: 2 records, expected 1");
}

}  // namespace
}  // namespace studiosync::e2e
