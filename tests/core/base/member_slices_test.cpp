#include "core/base/member_slices.hpp"

#include <gtest/gtest.h>

#include "core/base/fields.hpp"
#include "core/base/json_text.hpp"

namespace studiosync {
namespace {

TEST(MemberSlices, CutsAnObjectIntoKeysAndValues) {
  const auto slices = member_slices(R"({"a":1,"b":"two","c":null})");
  ASSERT_TRUE(slices && slices->size() == 3);
  EXPECT_EQ((*slices)[0], std::pair(std::string_view("a"), std::string_view("1")));
  EXPECT_EQ((*slices)[1], std::pair(std::string_view("b"), std::string_view(R"("two")")));
  EXPECT_EQ((*slices)[2], std::pair(std::string_view("c"), std::string_view("null")));
}

TEST(MemberSlices, LooksPastBracketsCommasAndQuotesInsideOfValues) {
  const auto slices = member_slices(R"({"a":{"x":[1,{}],"y":"},\"]\\"},"b":["\\"]})");
  ASSERT_TRUE(slices && slices->size() == 2);
  EXPECT_EQ((*slices)[0].second, R"({"x":[1,{}],"y":"},\"]\\"})");
  EXPECT_EQ((*slices)[1].second, R"(["\\"])");
}

TEST(MemberSlices, OfTheEmptyObjectThereAreNone) {
  const auto slices = member_slices("{}");
  EXPECT_TRUE(slices && slices->empty());
}

TEST(MemberSlices, LeavesToAParserWhatIsNotPlainlyCut) {
  for (const char* text :
       {"", "{", "[]", "{}}", R"({"a"})", R"({"a":})", R"({"a":1)", R"({"a":1,})", R"({"a":1 })",
        R"({ "a":1})", R"({"a":1,, "b":2})", R"({"a":"1)", R"({"a":"1\)", R"({"\u0061":1})",
        R"({"a\"":1})", "{\"a\":\"\x01\"}"}) {
    EXPECT_FALSE(member_slices(text)) << text;
  }
}

TEST(MemberSlices, FieldsOfEscapedKeysAreTakenFromAParser) {
  const std::string content = R"({"a\"b":1,"c":"\\"})";
  const Fields fields = Fields::from_content(content);
  ASSERT_NE(fields.find("a\"b"), nullptr);
  EXPECT_EQ(fields.content(), content);
}

// Eight characters are looked at in one step, so every place in a step counts.
TEST(JsonText, FindsWhatNeedsAnEscapeAtEveryPlace) {
  for (const char special : {'"', '\\', '\x01', '\x1f', '\0'}) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, '\x7f');
      text[at] = special;
      EXPECT_EQ(find_escaped(text, 0), at);
      EXPECT_EQ(find_escaped(text, at), at);
      EXPECT_EQ(find_escaped(text, at + 1), text.size());
    }
  }
}

TEST(JsonText, WritesTextThatIsReadBackAsItWas) {
  for (char special = 0; special < 0x30; ++special) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text = "Größe über alles 12345";
      text[at] = special;
      if (!valid_utf8(text)) continue;
      std::string written;
      write_text(text, written);
      const auto read = parse_json(written);
      ASSERT_TRUE(read) << written;
      EXPECT_EQ(read->as_string(), text);
    }
  }
}

}  // namespace
}  // namespace studiosync
