#include "core/sync/admission.hpp"

#include <gtest/gtest.h>

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

Result<Admitted> admit_as(EntityType type, std::string_view id, std::string_view data,
                          Completeness completeness = Completeness::whole) {
  constexpr std::string_view path = "$.changes[0].data";
  const EntitySpec& spec = spec_of(type);
  SS_ASSIGN(RedactedData redacted, RedactedData::from(spec, json(data), path));
  return admit(spec, id, std::move(redacted), completeness, path);
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

TEST(Admission, TakesIdsOfRecordsAndDevices) {
  for (const char* id : {"q-1", "a", "018f2c4e-9c1b-7d3a-b1f4-5a6b7c8d9e0f", "editor.font_size"}) {
    EXPECT_TRUE(admit_id(id, "$.item_id")) << id;
  }
  EXPECT_EQ(admit_id("a b", "$.item_id").error().code, ErrorCode::validation_error);
}

TEST(Admission, RefusesAnIdThatIsACredential) {
  const auto refused = admit_id(key_of_a_provider, "$.item_id");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::credential_leaked);
  EXPECT_EQ(refused.error().path, "$.item_id");
  EXPECT_FALSE(refused.error().rule.empty());
  EXPECT_EQ(refused.error().message.find(key_of_a_provider), std::string::npos);
}

TEST(Admission, RedactsNamesThatPeopleChoose) {
  EXPECT_EQ(without_credentials("Ann's laptop"), "Ann's laptop");
  EXPECT_EQ(without_credentials("laptop " + std::string(key_of_a_provider)), "laptop [REDACTED]");
}

TEST(Admission, RefusesWhatNamesARecordByACredential) {
  struct Case {
    EntityType type;
    std::string_view field;
    std::string_view data;
  };
  const Case cases[] = {
      {EntityType::preference, "key", R"({"key":"#","value":1})"},
      {EntityType::preference, "key", R"({"key":"with space #","value":1})"},
      {EntityType::saved_query, "connection_id", R"({"name":"a","query":"b","connection_id":"#"})"},
      {EntityType::ai_message, "session_id",
       R"({"session_id":"#","role":"user","content":"hello"})"}};
  for (const auto& [type, field, data] : cases) {
    std::string text(data);
    text.replace(text.find('#'), 1, key_of_a_provider);
    const auto refused = admit_as(type, "x", text);
    ASSERT_FALSE(refused) << data;
    EXPECT_EQ(refused.error().code, ErrorCode::credential_leaked);
    EXPECT_EQ(refused.error().path, "$.changes[0].data." + std::string(field));
    EXPECT_FALSE(refused.error().rule.empty());
  }
}

// A mark is longer than a short secret.
TEST(Admission, TakesATextThatOnlyItsRedactionMadeTooLong) {
  const FieldSpec& name = *find_field(spec_of(EntityType::connection), "name");
  const auto connection = [&](std::string_view begin, std::size_t bytes) {
    std::string text(begin);
    text.resize(bytes, 'x');
    return R"({"type":"mysql","name":")" + text + R"("})";
  };
  const auto admitted = admit_as(EntityType::connection, "c",
                                 connection("mysql://ann:q7Z@db.internal/ ", name.bytes_max));
  ASSERT_TRUE(admitted) << admitted.error().message;
  EXPECT_GT(admitted->fields.find("name")->size(), name.bytes_max + 2);
  EXPECT_FALSE(admit_as(EntityType::connection, "c", connection("", name.bytes_max + 1)));
}

TEST(Admission, ScreensANameAndKeepsTheFirstReasonAgainstItsChange) {
  std::string name(key_of_a_provider);
  std::optional<Error> invalid;
  screen_name(name, invalid, "$.changes[3].item_id");
  EXPECT_EQ(name, "[REDACTED]");
  ASSERT_TRUE(invalid);
  EXPECT_EQ(invalid->code, ErrorCode::credential_leaked);
  EXPECT_EQ(invalid->path, "$.changes[3].item_id");
  std::string other(key_of_a_provider);
  screen_name(other, invalid, "$.changes[3].id");
  EXPECT_EQ(other, "[REDACTED]");
  EXPECT_EQ(invalid->path, "$.changes[3].item_id");
}

TEST(Admission, LeavesOrdinaryNamesAlone) {
  std::optional<Error> invalid;
  for (const char* ordinary : {"ci-2024-10-21-0001", "preference", "theme"}) {
    std::string name = ordinary;
    screen_name(name, invalid, "$");
    EXPECT_EQ(name, ordinary);
  }
  EXPECT_FALSE(invalid);
}

}  // namespace
}  // namespace studiosync::testing
