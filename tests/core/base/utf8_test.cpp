#include <gtest/gtest.h>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

TEST(Utf8, AcceptsEveryLengthOfSequenceAtItsBounds) {
  for (const char* text :
       {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(valid_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongForms) {
  for (const char* text : {"\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF",
                           "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF"}) {
    EXPECT_FALSE(valid_utf8(text));
  }
}

TEST(Utf8, RefusesSurrogatesAndWhatIsBeyondUnicode) {
  for (const char* text :
       {"\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(valid_utf8(text));
  }
}

TEST(Utf8, RefusesSequencesThatAreCutShortOrStartInTheMiddle) {
  for (const char* text : {"\x80", "a\xBF", "\xC2", "\xE2\x82", "\xF0\x9F\x98", "\xE2\x28\xA1"}) {
    EXPECT_FALSE(valid_utf8(text));
  }
}

}  // namespace
}  // namespace studiosync
