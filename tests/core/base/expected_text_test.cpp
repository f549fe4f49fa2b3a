#include "core/base/expected_text.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace studiosync {
namespace {

TEST(ExpectedText, ReadsPieceByPieceToTheEnd) {
  ExpectedText in(R"({"name":"x","count":42,"on":true,"data":{"a":[1]}})");
  in.expect(R"({"name":)");
  EXPECT_EQ(in.plain_string(), "x");
  EXPECT_FALSE(in.take(R"(,"missing":)"));
  EXPECT_TRUE(in.take(R"(,"count":)"));
  EXPECT_EQ(in.number(), 42U);
  in.expect(R"(,"on":)");
  EXPECT_TRUE(in.flag());
  in.expect(R"(,"data":)");
  EXPECT_EQ(in.canonical_object(), R"({"a":[1]})");
  EXPECT_FALSE(in.complete());
  in.expect("}");
  EXPECT_TRUE(in.complete());
}

TEST(ExpectedText, StaysBadAfterTheFirstSurprise) {
  ExpectedText in("abc");
  in.expect("b");
  EXPECT_FALSE(in.good());
  EXPECT_FALSE(in.take("abc"));
  in.expect("abc");
  EXPECT_FALSE(in.complete());
}

TEST(ExpectedText, TakesOnlyPlainStringsAndNumbers) {
  for (const char* text : {"", "x", "\"", "\"a", R"("a\n")", "\"\n\""}) {
    ExpectedText in(text);
    in.plain_string();
    EXPECT_FALSE(in.good()) << text;
  }
  for (const char* text : {"", "x", "-1", "01", "1000000000000000"}) {
    ExpectedText in(text);
    EXPECT_EQ(in.number(), 0U);
    EXPECT_FALSE(in.good()) << text;
  }
  for (const char* text : {"", "1", "tru", "False"}) {
    ExpectedText in(text);
    EXPECT_FALSE(in.flag());
    EXPECT_FALSE(in.good()) << text;
  }
}

TEST(ExpectedText, TakesOnlyObjectsThatAreCanonical) {
  for (const char* text : {"", "[]", "1", "{", R"({"b":1,"a":2})", R"({"a": 1})"}) {
    ExpectedText in(text);
    EXPECT_EQ(in.canonical_object(), "");
    EXPECT_FALSE(in.good()) << text;
  }
}

TEST(ExpectedText, AValueThatCannotBeParsedIsASurprise) {
  ExpectedText in(R"("abc")");
  EXPECT_EQ(in.parsed([](std::string_view) { return std::optional<int>(); }), 0);
  EXPECT_FALSE(in.good());
}

}  // namespace
}  // namespace studiosync
