#include "core/base/json.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

std::string canonical(std::string_view text) {
  const auto parsed = parse_json(text);
  return parsed ? parsed->canonical() : "refused: " + parsed.error().message;
}

bool refused(std::string_view text) {
  const auto parsed = parse_json(text);
  return !parsed && parsed.error().code == ErrorCode::bad_request;
}

TEST(Json, WritesTheSampleOfRfc8785AsTheRfcDoes) {
  EXPECT_EQ(canonical(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

TEST(Json, EscapesWhereverTheCharacterStands) {
  const std::pair<std::string, std::string> escapes[] = {
      {"\"", "\\\""},      {"\\", "\\\\"}, {"\n", "\\n"},    {std::string(1, '\0'), "\\u0000"},
      {"\x1F", "\\u001f"}, {"\x20", " "},  {"\x7F", "\x7F"}, {"\xC3\xB6", "\xC3\xB6"}};
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t after = 0; after < 20; ++after) {
      for (const auto& [plain, written] : escapes) {
        const std::string front(before, '!');
        const std::string back(after, '#');
        EXPECT_EQ(Json(front + plain + back).dump(), '"' + front + written + back + '"');
      }
    }
  }
}

TEST(Json, SortsKeysByUtf16CodeUnits) {
  // U+1F600 is the surrogates D83D DE00: before U+FB33, though its UTF-8 bytes are larger.
  EXPECT_EQ(canonical("{\"\xEF\xAC\xB3\":1,\"\xF0\x9F\x98\x80\":2,\"a\":3,\"\xC3\xB6\":4}"),
            "{\"a\":3,\"\xC3\xB6\":4,\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
}

TEST(Json, KeepsIntegersExactInSixtyFourBits) {
  const std::string text = "[9007199254740993,18446744073709551615,-9223372036854775808]";
  EXPECT_EQ(canonical(text), text);
}

TEST(Json, WritesOtherNumbersAsEcmaScriptDoes) {
  EXPECT_EQ(canonical("[1.0,-0.0,1e21,123456789012345680000,1e-7,0.000001,5e-324,-1.5]"),
            "[1,0,1e+21,123456789012345680000,1e-7,0.000001,5e-324,-1.5]");
}

TEST(Json, RefusesWhatIsNoJsonText) {
  for (const char* text : {"", "{", "[1,]", "{\"a\":1}x", "nul", "'a'", "01", "\"\\x\"", "\"\n\"",
                           "NaN", "Infinity", "1e999", "[1] [2]", "\"\\ud800\""}) {
    EXPECT_TRUE(refused(text)) << text;
  }
}

TEST(Json, RefusesTextThatIsNotUtf8) {
  EXPECT_TRUE(refused("\"\xFF\""));
  EXPECT_TRUE(refused("\"\xC0\x80\""));
  EXPECT_TRUE(refused("\"\xED\xA0\x80\""));
}

TEST(Json, RefusesAKeyThatStandsTwice) {
  EXPECT_TRUE(refused(R"({"a":1,"b":2,"a":3})"));
  EXPECT_TRUE(refused(R"([{"x":{"\u0061":1,"a":1}}])"));
}

TEST(Json, AcceptsTheDeepestAllowedNestingAndRefusesOneMore) {
  const std::size_t depth = limits::depth_max;
  EXPECT_TRUE(parse_json(std::string(depth, '[') + std::string(depth, ']')));
  EXPECT_TRUE(refused(std::string(depth + 1, '[') + std::string(depth + 1, ']')));
}

TEST(Json, RefusesABombOfBracketsWithoutExhaustingTheStack) {
  EXPECT_TRUE(refused(std::string(200'000, '[')));
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += "{\"a\":";
  EXPECT_TRUE(refused(objects));
}

TEST(Json, AcceptsTheLargestNumberOfValuesAndRefusesOneMore) {
  std::string items = "0";
  for (std::size_t i = 2; i < limits::values_max; ++i) items += ",0";  // the array is a value too
  EXPECT_TRUE(parse_json("[" + items + "]"));
  EXPECT_TRUE(refused("[" + items + ",0]"));
}

TEST(Json, SplicesRawTextAsItIs) {
  Json json = Json::object();
  json.set("data", Json::raw(R"({"b": 1})")).set("n", 1);
  EXPECT_EQ(json.dump(), R"({"data":{"b": 1},"n":1})");
}

TEST(Json, KeepsTheOrderOfBuiltMembersAndReplacesInPlace) {
  Json json = Json::object();
  json.set("z", 1).set("a", 2).set("z", 3);
  EXPECT_EQ(json.dump(), R"({"z":3,"a":2})");
  EXPECT_TRUE(json.erase("z"));
  EXPECT_FALSE(json.erase("z"));
  EXPECT_EQ(json.dump(), R"({"a":2})");
}

TEST(Json, FindsNothingInWhatIsNoObject) {
  EXPECT_EQ(Json(1).find("a"), nullptr);
  EXPECT_EQ(Json::array().find("a"), nullptr);
}

TEST(Json, KeepsAnUnsignedNumberSignedWhereItFits) {
  EXPECT_EQ(Json(std::uint64_t{7}), Json(std::int64_t{7}));
  EXPECT_EQ(Json(UINT64_MAX).as_uint(), UINT64_MAX);
  EXPECT_EQ(Json(UINT64_MAX).as_int(), INT64_MAX);
  EXPECT_EQ(Json(std::int64_t{-1}).as_uint(), 0U);
}

TEST(Json, IndentsForPeople) {
  EXPECT_EQ(parse_json(R"({"a":[1,2],"b":{}})")->pretty(),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}

TEST(JsonDeathTest, StopsWhenAValueIsTakenForAnotherKind) {
  EXPECT_DEATH(Json("text").as_int(), "check failed");
}

}  // namespace
}  // namespace studiosync
