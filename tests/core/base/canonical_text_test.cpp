#include "core/base/canonical_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

TEST(CanonicalText, FindsTheEndOfACanonicalValue) {
  for (const std::string text :
       {"null", "true", "false", "0", "-1", "123456789012345", "0.5", "-12.25", "\"\"", "[]", "{}",
        R"("Größe \"x\" \\ \n \u0001 \u001f /")", R"([1,"a",[],{"b":null}])",
        R"({"":1,"A":2,"a":{"x":[true]},"b":"{\"}"})"}) {
    EXPECT_EQ(canonical_length(text), text.size()) << text;
    EXPECT_EQ(canonical_length(text + ",1}"), text.size()) << text;
  }
}

TEST(CanonicalText, LeavesToAParserWhatIsWrittenOtherwiseThanWeWould) {
  for (const char* text :
       {" 1", "[1 ]", R"({"a": 1})", R"({"b":1,"a":2})", "01", "-0", "1.0", "1.50", "1e3", "0.05",
        R"("\/")", R"("\u0041")", R"("\u001F")", R"("\u000a")", R"("\u000d")", R"({"\u0001":1})",
        "1234567890123456", "0.1234567890123456"}) {
    EXPECT_EQ(canonical_length(text), 0U) << text;
  }
}

TEST(CanonicalText, FindsNothingInWhatIsNotJson) {
  for (const char* text :
       {"",        "}",       "nul",      "tru",       "-",           ".5",
        "1.",      "1.5.5",   "\"",       "\"a",       "\"\\",        "\"\\u00",
        "\"\\x\"", "[",       "[1",       "[1,",       "[1,]",        "[,1]",
        "{",       R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1,})", R"({"a":1,"a":2})",
        "{1:2}",   "\"\n\""}) {
    EXPECT_EQ(canonical_length(text), 0U) << text;
  }
}

TEST(CanonicalText, EndsWhereNestingIsDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(canonical_length(nested(canonical_depth_max)), 2 * canonical_depth_max);
  EXPECT_EQ(canonical_length(nested(canonical_depth_max + 1)), 0U);
}

// Out of pieces that matter, so that many of these are JSON, and many nearly.
RC_GTEST_PROP(CanonicalText, WhatIsFoundIsWhatAParserWouldWrite, ()) {
  const auto piece = rc::gen::element<std::string>(
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\":", "\"a\":", "\"\\n\"", "\"\\u001f\"", "\"ö\"",
      "0", "-", ".", "1", "25", "0.5", "true", "null", " ", "e", "\\");
  std::string text;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) text += part;
  const std::size_t length = canonical_length(text);
  if (length == 0) return;
  const auto parsed = parse_json(text.substr(0, length));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->canonical() == text.substr(0, length));
}

RC_GTEST_PROP(CanonicalText, DecimalsThatAreFoundAreTheShortestOnes, ()) {
  const auto whole = *rc::gen::inRange(0, 1'000'000'000);
  const auto fraction = *rc::gen::inRange(0, 1'000'000'000);
  const std::string text = std::to_string(whole) + "." + std::to_string(fraction);
  if (canonical_length(text) == 0) return;
  RC_ASSERT(parse_json(text)->canonical() == text);
}

}  // namespace
}  // namespace studiosync
