#include "core/sync/admission.hpp"

#include <gtest/gtest.h>

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

Result<Admitted> admit_as(EntityType type, std::string_view id, std::string_view data,
                          Completeness completeness = Completeness::whole) {
  return admit(spec_of(type), id, json(data), completeness, "$.changes[0].data");
}

TEST(Admission, StoresTheCanonicalFormWithDefaults) {
  const auto admitted =
      admit_as(EntityType::saved_query, "q", R"({"query":"SELECT 1","name":"a"})");
  EXPECT_EQ(admitted->fields.content(), R"({"favorite":false,"name":"a","query":"SELECT 1"})");
  EXPECT_EQ(admitted->id, "q");
}

TEST(Admission, RemovesCredentialsThatADeviceLetThrough) {
  const auto admitted =
      admit_as(EntityType::connection, "c",
               R"({"name":"a","type":"mysql","password":"x","metadata":{"token":"y","k":1}})");
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->fields.content().find("\"x\""), std::string::npos);
  EXPECT_EQ(*admitted->fields.find("metadata"), R"({"k":1})");
}

TEST(Admission, NamesThePathOfWhatIsInvalid) {
  const auto refused =
      admit_as(EntityType::connection, "c", R"({"name":"a","type":"mysql","port":"x"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validation_error);
  EXPECT_EQ(refused.error().path, "$.changes[0].data.port");
}

TEST(Admission, RefusesWhatIsNoObject) {
  for (const char* data : {"null", "[]", "1", "\"x\""}) {
    const auto refused = admit_as(EntityType::saved_query, "q", data);
    ASSERT_FALSE(refused) << data;
    EXPECT_EQ(refused.error().path, "$.changes[0].data");
  }
}

TEST(Admission, RefusesRowsThatMustStayOnTheirDevice) {
  EXPECT_FALSE(
      admit_as(EntityType::query_history, "h", R"({"query":"q","privacy_mode":"private"})"));
  EXPECT_FALSE(admit_as(EntityType::preference, "p", R"({"key":"k","value":1,"device_id":"d"})"));
}

TEST(Admission, GivesAPreferenceTheIdOfItsKey) {
  EXPECT_EQ(admit_as(EntityType::preference, "anything", R"({"key":"theme","value":1})")->id,
            "theme");
  const auto odd = admit_as(EntityType::preference, "x", R"({"key":"with space","value":1})");
  EXPECT_EQ(odd->id, preference_id("with space"));
  EXPECT_TRUE(odd->id.starts_with("p-"));
}

TEST(Admission, APartialUpdateNeedNotHoldWhatIsRequired) {
  EXPECT_TRUE(admit_as(EntityType::saved_query, "q", R"({"folder":"f"})", Completeness::partial));
  EXPECT_FALSE(admit_as(EntityType::saved_query, "q", R"({"folder":"f"})"));
}

TEST(AdmitType, KnowsWhatUsersMayWrite) {
  for (const EntityType type : user_entity_types) EXPECT_EQ(admit_type(to_string(type), "$"), type);
  EXPECT_FALSE(admit_type("conflict", "$"));
  EXPECT_EQ(admit_type("starship", "$.x").error().path, "$.x");
}

}  // namespace
}  // namespace studiosync::testing
