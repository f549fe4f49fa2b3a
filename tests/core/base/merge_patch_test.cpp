#include "core/base/merge_patch.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

std::string patched(std::string_view target, std::string_view patch) {
  return merge_patch(parse_json(target).value(), parse_json(patch).value()).canonical();
}

TEST(MergePatch, SetsRemovesAndLeavesAlone) {
  EXPECT_EQ(patched(R"({"a":1,"b":2,"c":3})", R"({"a":9,"b":null,"d":4})"),
            R"({"a":9,"c":3,"d":4})");
}

TEST(MergePatch, RemovesNothingThatIsNotThere) {
  EXPECT_EQ(patched("{}", R"({"a":null})"), "{}");
}

TEST(MergePatch, ReplacesAnObjectWithinTheObjectAsAWhole) {
  EXPECT_EQ(patched(R"({"a":{"x":1,"y":2}})", R"({"a":{"x":null}})"), R"({"a":{"x":null}})");
}

}  // namespace
}  // namespace studiosync
