#include "server/api/resolve_request.hpp"

#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

std::string refused(const std::string& body) {
  const auto request = read_resolve_request("c-1", json_of(body));
  return request ? "none" : request.error().path;
}

TEST(ResolveRequest, ReadsADecision) {
  const auto request = read_resolve_request(
      "c-1", json_of(R"({"strategy":"user_choice","chosen_version":"local","remote_version":3,
                         "device_id":"d-1"})"));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->resolve.conflict_id, "c-1");
  EXPECT_EQ(request->resolve.strategy, Strategy::user_choice);
  EXPECT_EQ(request->resolve.chosen, Choice::local);
  EXPECT_EQ(request->resolve.remote_version, Version{3});
  EXPECT_FALSE(request->resolve.merged_data);
  EXPECT_EQ(request->device, DeviceId{"d-1"});
}

TEST(ResolveRequest, ReadsMergedData) {
  const auto request = read_resolve_request(
      "c-1", json_of(R"({"strategy":"user_choice","merged_data":{"name":"x"}})"));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->resolve.merged_data, json_of(R"({"name":"x"})"));
}

TEST(ResolveRequest, LooksAtTheStrategyFirst) {
  EXPECT_EQ(refused(R"({"strategy":"merge","chosen_version":"mine"})"), "$.strategy");
  EXPECT_EQ(refused(R"({"chosen_version":"mine"})"), "$.strategy");
}

TEST(ResolveRequest, AcceptsTheTwoSidesOnly) {
  for (const char* side : {"mine", "keep_both", "merged", ""}) {
    EXPECT_EQ(
        refused(R"({"strategy":"user_choice","chosen_version":")" + std::string(side) + "\"}"),
        "$.chosen_version")
        << side;
  }
}

TEST(ResolveRequest, NamesTheMemberThatIsWrong) {
  EXPECT_EQ(refused("[]"), "$");
  EXPECT_EQ(refused(R"({"strategy":"user_choice","merged_data":[]})"), "$.merged_data");
  EXPECT_EQ(refused(R"({"strategy":"keep_both","remote_version":"3"})"), "$.remote_version");
  EXPECT_EQ(refused(R"({"strategy":"keep_both","device_id":"a b"})"), "$.device_id");
}

}  // namespace
}  // namespace studiosync::server
