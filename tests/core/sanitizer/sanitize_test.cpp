#include "core/sanitizer/sanitize.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace studiosync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Outcome {
  std::string content;
  std::vector<std::string> findings;  // "rule path"
};

Outcome sanitized(EntityType type, std::string_view json) {
  auto data = parse_json(json);
  EXPECT_TRUE(data.has_value()) << json;
  Outcome outcome;
  for (const Finding& finding : sanitize(spec_of(type), *data)) {
    outcome.findings.push_back(finding.rule + " " + finding.path);
  }
  outcome.content = data->canonical();
  return outcome;
}

// Neither a name nor a text that the rules know, but the record could never be stored with it.
TEST(Sanitize, RemovesAKeyThatOnlyTheValidatorTakesForACredential) {
  const Outcome outcome = sanitized(
      EntityType::connection, R"({"metadata":{"a":1,"bearer path.material.64":"x"},"name":"a"})");
  EXPECT_EQ(outcome.content, R"({"metadata":{"a":1},"name":"a"})");
  EXPECT_THAT(outcome.findings,
              ElementsAre(R"(structural.secret_as_key $.metadata["[REDACTED]"])"));
}

TEST(Sanitize, RemovesCredentialsAtTheTopAndAtAnyDepth) {
  const Outcome outcome =
      sanitized(EntityType::connection,
                R"({"metadata":{"ssh":{"host":"h","password":"s3"}},"name":"a","password":"s1",)"
                R"("unknown":[{"x":[{"apiKey":"s2","y":1}]}]})");
  EXPECT_EQ(outcome.content,
            R"({"metadata":{"ssh":{"host":"h"}},"name":"a","unknown":[{"x":[{"y":1}]}]})");
  EXPECT_THAT(outcome.findings,
              ElementsAre("structural.key $.password", "structural.key $.metadata.ssh.password",
                          "structural.key $.unknown[0].x[0].apiKey"));
}

TEST(Sanitize, KeepsTheSshFieldsOfAConnection) {
  constexpr std::string_view json =
      R"({"name":"a","ssh_host":"h","ssh_port":22,"ssh_user":"u","type":"mysql","use_ssh":true})";
  const Outcome outcome = sanitized(EntityType::connection, json);
  EXPECT_EQ(outcome.content, json);
  EXPECT_THAT(outcome.findings, IsEmpty());
}

TEST(Sanitize, KeepsTheTokenNumbersOfAiRecords) {
  constexpr std::string_view message = R"({"content":"x","metadata":{"max_tokens":9},"tokens":5})";
  EXPECT_EQ(sanitized(EntityType::ai_message, message).content, message);
  constexpr std::string_view session = R"({"title":"x","token_count":5})";
  EXPECT_EQ(sanitized(EntityType::ai_session, session).content, session);
}

TEST(Sanitize, LeavesTextsAboutCredentialsAlone) {
  constexpr std::string_view json =
      R"({"name":"secret santa","query":"SELECT password_hash FROM users WHERE token = $1"})";
  EXPECT_EQ(sanitized(EntityType::saved_query, json).content, json);
}

TEST(Sanitize, RemovesWhatWasRedactedBefore) {
  EXPECT_EQ(sanitized(EntityType::connection, R"({"name":"a","password":"[REDACTED]"})").content,
            R"({"name":"a"})");
}

TEST(Sanitize, RemovesValuesOfAnyKind) {
  EXPECT_EQ(sanitized(EntityType::connection,
                      R"({"pwd":null,"secret":{"a":1},"secrets":["x"],"token":5})")
                .content,
            "{}");
}

TEST(Sanitize, RemovesTheValueOfASettingThatNamesACredential) {
  const Outcome outcome =
      sanitized(EntityType::preference, R"({"key":"assistant.api_key","value":"sk-1"})");
  EXPECT_EQ(outcome.content, R"({"key":"assistant.api_key"})");
  EXPECT_THAT(outcome.findings, ElementsAre("structural.pair $.value"));
}

TEST(Sanitize, KeepsASwitchThatIsAboutACredential) {
  constexpr std::string_view json = R"({"key":"login.remember_password","value":true})";
  EXPECT_EQ(sanitized(EntityType::preference, json).content, json);
}

TEST(Sanitize, RemovesValuesOfNamedParameters) {
  EXPECT_EQ(sanitized(EntityType::connection,
                      R"({"metadata":{"options":[{"name":"sslpassword","value":"x"},)"
                      R"({"name":"timeout","value":5}]}})")
                .content,
            R"({"metadata":{"options":[{"name":"sslpassword"},{"name":"timeout","value":5}]}})");
}

TEST(Sanitize, RemovesABareKeyBelowWhatOwnsIt) {
  EXPECT_EQ(sanitized(EntityType::connection,
                      R"({"metadata":{"shortcut":{"key":"F5"},"ssh":{"key":"x","user":"u"},)"
                      R"("tls":[{"key":"y"}]}})")
                .content,
            R"({"metadata":{"shortcut":{"key":"F5"},"ssh":{"user":"u"},"tls":[{}]}})");
}

TEST(Sanitize, LooksIntoSplicedText) {
  Json data = Json::object().set("metadata", Json::raw(R"({"a":{"password":"x"},"b":1})"));
  EXPECT_EQ(sanitize(spec_of(EntityType::connection), data).size(), 1U);
  EXPECT_EQ(data.canonical(), R"({"metadata":{"a":{},"b":1}})");
}

TEST(Sanitize, NeverPutsTheSecretIntoAFinding) {
  const Outcome outcome =
      sanitized(EntityType::connection, R"({"metadata":{"password":"hunter2"}})");
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace studiosync
