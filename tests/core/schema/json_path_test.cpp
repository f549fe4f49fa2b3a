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

TEST(JsonPath, TellsOfALongKeyOnlyHowLongItIs) {
  const std::string key(64, 'k');
  EXPECT_EQ(member_path("$", key), "$." + key);
  EXPECT_EQ(member_path("$", key + "k"), R"($["<65 bytes>"])");
}

}  // namespace
}  // namespace studiosync
