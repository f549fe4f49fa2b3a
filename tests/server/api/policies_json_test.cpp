#include "server/api/policies_json.hpp"

#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

std::string refused(const std::string& body) {
  const auto policies = read_policies(json_of(body));
  return policies ? "none" : policies.error().path;
}

TEST(PoliciesJson, ShowsTheStrategyInForceForEveryType) {
  const Json json = policies_json({{EntityType::saved_query, Strategy::user_choice}});
  EXPECT_EQ(at(json, "policies.saved_query"), Json("user_choice"));
  EXPECT_EQ(at(json, "policies.connection"), Json("keep_both"));
  EXPECT_EQ(at(json, "policies").members().size(), registry().size());
}

TEST(PoliciesJson, ReadsThoseNamed) {
  const auto policies =
      read_policies(json_of(R"({"policies":{"saved_query":"user_choice","preference":"merge"}})"));
  ASSERT_TRUE(policies);
  EXPECT_EQ(*policies, (Policies{{EntityType::preference, Strategy::merge},
                                 {EntityType::saved_query, Strategy::user_choice}}));
}

TEST(PoliciesJson, NamesTheTypeOrStrategyThatIsWrong) {
  EXPECT_EQ(refused("{}"), "$.policies");
  EXPECT_EQ(refused(R"({"policies":[]})"), "$.policies");
  EXPECT_EQ(refused(R"({"policies":{"password":"merge"}})"), "$.policies.password");
  EXPECT_EQ(refused(R"({"policies":{"conflict":"merge"}})"), "$.policies.conflict");
  EXPECT_EQ(refused(R"({"policies":{"saved_query":"coin_toss"}})"), "$.policies.saved_query");
  EXPECT_EQ(refused(R"({"policies":{"saved_query":7}})"), "$.policies.saved_query");
}

// Longer than paths show: what was cut could not be recognised any more.
TEST(PoliciesJson, RepeatsNoCredential) {
  const std::string key = "dop_v1_8f3a1c9e5b7d2046f1e8a3c5b9d7024e6f8a1c3e5b7d9f0a2c4e6b8d0f1a3c5e";
  EXPECT_EQ(refused(R"({"policies":{")" + key + R"(":"merge"}})"), R"($.policies["[REDACTED]"])");
}

TEST(PoliciesJson, RefusesAStrategyThatTheTypeDoesNotAllow) {
  EXPECT_EQ(refused(R"({"policies":{"preference":"keep_both"}})"), "$.policies.preference");
}

}  // namespace
}  // namespace studiosync::server
