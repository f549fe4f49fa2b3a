#include <gtest/gtest.h>

#include <string>

#include "core/sanitizer/validator/check_clean.hpp"
#include "core/sanitizer/validator/shape.hpp"
#include "tests/core/sanitizer/key_cases.hpp"
#include "tests/core/sanitizer/validator/verdicts.hpp"

namespace studiosync {
namespace {

using namespace std::string_literals;

// A key as a provider would hand it out, made up.
std::string provider_key() {
  return validator::sample_of("AKIA{u16}");
}

TEST(CheckClean, CatchesCredentialsWithoutTheSanitizersHelp) {
  for (const std::string_view key : credential_keys()) {
    EXPECT_NE(verdict(record_with(key)), "clean") << key;
  }
}

TEST(CheckClean, LetsOrdinaryKeysPass) {
  for (const std::string_view key : harmless_keys()) {
    EXPECT_EQ(verdict(record_with(key)), "clean") << key;
  }
}

TEST(CheckClean, NamesThePathOfWhatItFound) {
  EXPECT_EQ(verdict(R"({"a":[1,{"x":2},{"b c":{"pwd":1}}]})"),
            R"(validator.key $.a[2]["b c"].pwd)");
  EXPECT_EQ(verdict(R"({"a":{"b":1},"password":"x"})"), "validator.key $.password");
}

TEST(CheckClean, NamesThePathOfATextThatHoldsACredential) {
  const std::string key = provider_key();
  EXPECT_EQ(verdict("\"" + key + "\""), "validator.aws_access_key_id $");
  EXPECT_EQ(verdict(R"({"a":{"b":["x",{"c d":"see )" + key + R"("}]}})"),
            R"(validator.aws_access_key_id $.a.b[1]["c d"])");
  EXPECT_EQ(verdict(R"([1,"x",[")" + key + R"("]])"), "validator.aws_access_key_id $[2][0]");
}

TEST(CheckClean, NeverEchoesAKeyThatIsOrHoldsACredential) {
  const std::string key = provider_key();
  for (const std::string& member :
       {key, "my " + key, key + " password", R"(\u0041)" + key.substr(1),
        "postgres://app:tiger@db"s, "ALTER ROLE a PASSWORD 'tiger'"s, "password = 'tiger77'"s}) {
    const auto result = check_clean(R"({"metadata":{")" + member + R"(":1}})");
    ASSERT_FALSE(result.has_value()) << member;
    EXPECT_EQ(result.error().path, R"($.metadata["[REDACTED]"])");
  }
}

TEST(CheckClean, NamesNoPathThatIsACredentialAsAWhole) {
  EXPECT_EQ(verdict(R"({"eyJhbGciOiJIUzI1NiJ9":{"eyJzdWIiOiI0NzExIn0":{")" +
                    validator::sample_of("{a43}") + R"(":{"pwd":1}}}})"),
            "validator.key $");
}

TEST(CheckClean, SaysNothingOfTheSecretInItsError) {
  const std::string key = provider_key();
  for (const std::string& content :
       {R"({"q":")" + key + R"("})", R"({")" + key + R"(":1})", R"({"pwd":")" + key + R"("})",
        R"({"name":"password","value":")" + key + R"("})", R"([")" + key + R"(",])", "{\"" + key}) {
    const auto result = check_clean(content);
    ASSERT_FALSE(result.has_value()) << content;
    const Error& error = result.error();
    const std::string said = error.message + error.path + error.rule;
    EXPECT_EQ(said.find(key), std::string::npos) << said;
  }
}

TEST(CheckClean, DecodesEscapesInKeys) {
  EXPECT_EQ(verdict(R"({"p\u0061ss\u0057ord":1})"), "validator.key $.passWord");
}

TEST(CheckClean, LetsTextsNameCredentials) {
  EXPECT_EQ(verdict(R"({"query":"SELECT password FROM users; -- \"token\": 1"})"), "clean");
  EXPECT_EQ(verdict(R"({"tags":["password","secret"]})"), "clean");
}

TEST(CheckClean, CatchesPairsInEitherOrder) {
  EXPECT_EQ(verdict(R"({"key":"openai.api_key","value":"sk-1"})"), "validator.pair $.value");
  EXPECT_EQ(verdict(R"([{"value":["x"],"name":"password"}])"), "validator.pair $[0].value");
  EXPECT_EQ(verdict(R"({"key":"remember_password","value":true})"), "clean");
  EXPECT_EQ(verdict(R"({"key":"theme","value":"password"})"), "clean");
  EXPECT_EQ(verdict(R"({"a":{"name":"password"},"value":"x"})"), "clean");
}

TEST(CheckClean, CatchesABareKeyBelowWhatOwnsIt) {
  EXPECT_EQ(verdict(R"({"ssh":[{"key":"x"}]})"), "validator.key $.ssh[0].key");
  EXPECT_EQ(verdict(R"({"shortcut":{"key":"x"}})"), "clean");
}

TEST(CheckClean, RefusesWhatItCannotRead) {
  for (const std::string_view broken : {R"({"a":1)", R"({"a)", R"({"a":"\)", "]", R"([{])",
                                        R"(["a":1])", R"("password":1)", "{a\x01}"}) {
    EXPECT_EQ(verdict(broken), "validator.unreadable $") << broken;
  }
}

TEST(CheckClean, TakesTheEmptyContentOfATombstone) {
  EXPECT_EQ(verdict(""), "clean");
}

TEST(CheckClean, SurvivesAnyDepth) {
  const std::string deep = std::string(20'000, '[') + std::string(20'000, ']');
  EXPECT_EQ(verdict(deep), "clean");
}

}  // namespace
}  // namespace studiosync
