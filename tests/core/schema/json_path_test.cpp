#include "core/schema/json_path.hpp"

#include <gtest/gtest.h>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

TEST(JsonPath, JoinsPlainNamesWithDots) {
  EXPECT_EQ(element_path(member_path("$.data", "tags"), 3), "$.data.tags[3]");
}

TEST(JsonPath, QuotesAndEscapesOtherKeys) {
  EXPECT_EQ(member_path("$", "a b"), R"($["a b"])");
  EXPECT_EQ(member_path("$", "say \"x\""), R"($["say \"x\""])");
  EXPECT_EQ(member_path("$", ""), R"($[""])");
}

TEST(JsonPath, CutsALongKeyBetweenCharacters) {
  std::string key;
  for (int i = 0; i < 100; ++i) key += "ä";
  const std::string path = member_path("$", "x" + key);
  EXPECT_LT(path.size(), 80U);
  EXPECT_TRUE(valid_utf8(path));
}

}  // namespace
}  // namespace studiosync
