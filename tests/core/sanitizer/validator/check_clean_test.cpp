#include <gtest/gtest.h>

#include <string>

#include "core/sanitizer/validator/check_clean.hpp"
#include "tests/core/sanitizer/key_cases.hpp"

namespace studiosync {
namespace {

// "rule path" of the refusal, or "clean".
std::string verdict(std::string_view content) {
  const auto result = check_clean(content);
  if (result) return "clean";
  EXPECT_EQ(result.error().code, ErrorCode::credential_leaked);
  return result.error().rule + " " + result.error().path;
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

TEST(CheckClean, DecodesEscapesInKeys) {
  EXPECT_EQ(verdict(R"({"p\u0061ss\u0057ord":1})"), "validator.key $.passWord");
}

TEST(CheckClean, ReadsKeysOnlyAndNoTexts) {
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
