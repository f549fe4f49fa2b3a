#include "core/base/object_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace studiosync {
namespace {

TEST(ObjectText, WritesWhatATreeOfTheSameMembersWrites) {
  const Json nested = Json::object().set("x", Json::array()).set("y", nullptr);
  ObjectText text(0);
  text.set("text", "a \"quoted\"\n text").set("number", std::numeric_limits<std::uint64_t>::max());
  text.set("yes", true).set("no", false).set("nested", nested).splice("spliced", R"([1,{"a":2}])");
  const Json tree = Json::object()
                        .set("text", "a \"quoted\"\n text")
                        .set("number", std::numeric_limits<std::uint64_t>::max())
                        .set("yes", true)
                        .set("no", false)
                        .set("nested", nested)
                        .set("spliced", Json::raw(R"([1,{"a":2}])"));
  EXPECT_EQ(std::move(text).take().dump(), tree.dump());
}

TEST(ObjectText, StandsBehindWhatIsThereAlready) {
  EXPECT_EQ(std::move(ObjectText(std::string("[1,")).set("a", true)).text(), R"([1,{"a":true})");
  EXPECT_EQ(ObjectText(std::string("[")).text(), "[{}");
}

TEST(ObjectText, WithoutMembersIsTheEmptyObject) {
  EXPECT_EQ(ObjectText(16).take().dump(), "{}");
}

}  // namespace
}  // namespace studiosync
