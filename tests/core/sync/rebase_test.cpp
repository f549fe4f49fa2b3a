#include "core/sync/rebase.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

using Names = std::vector<std::string>;

TEST(Rebase, WithoutEditsShowsTheNewVersion) {
  EXPECT_EQ(rebase({R"({"a":1})", R"({"a":1})", R"({"a":2})"}, {}), R"({"a":2})");
}

TEST(Rebase, PutsEditedFieldsOntoTheNewVersion) {
  EXPECT_EQ(rebase({R"({"a":9,"b":1})", R"({"a":1,"b":1})", R"({"a":2,"b":2})"}, {"a"}),
            R"({"a":9,"b":2})");
}

TEST(Rebase, AFieldThatTheUserRemovedStaysRemoved) {
  EXPECT_EQ(rebase({R"({"b":1})", R"({"a":1,"b":1})", R"({"a":2,"b":1})"}, {"a"}), R"({"b":1})");
}

TEST(Rebase, KeepsLocalTextOfFieldsThatDidNotChangeOnTheServer) {
  EXPECT_EQ(rebase({R"({"a":"secret","b":1})", R"({"a":"***","b":1})", R"({"a":"***","b":2})"}, {}),
            R"({"a":"secret","b":2})");
}

TEST(Rebase, KeepsFieldsThatNeverLeftTheDevice) {
  EXPECT_EQ(rebase({R"({"b":1,"password":"x"})", R"({"b":1})", R"({"b":2})"}, {}),
            R"({"b":2,"password":"x"})");
}

TEST(Rebase, GivesUpLocalTextWhereTheServersValueChanged) {
  EXPECT_EQ(rebase({R"({"a":"secret"})", R"({"a":"***"})", R"({"a":"other"})"}, {}),
            R"({"a":"other"})");
}

TEST(Rebase, OfADeletedRecordNothingIsLeftWithoutAnEdit) {
  EXPECT_EQ(rebase({R"({"a":1})", R"({"a":1})", ""}, {}), "");
}

TEST(Rebase, AnEditOfADeletedRecordKeepsAllOfIt) {
  EXPECT_EQ(rebase({R"({"a":2,"b":1})", R"({"a":1,"b":1})", ""}, {"a"}), R"({"a":2,"b":1})");
}

TEST(ChangedKeys, NamesAddedRemovedAndChangedFieldsInOrder) {
  const auto before = Fields::from_content(R"({"a":1,"b":1,"c":1})");
  const auto after = Fields::from_content(R"({"b":2,"c":1,"d":1})");
  EXPECT_EQ(changed_keys(before, after), (Names{"a", "b", "d"}));
}

TEST(ChangedKeys, OfEqualContentsAreNone) {
  const auto same = Fields::from_content(R"({"a":[1,2]})");
  EXPECT_EQ(changed_keys(same, same), Names{});
}

TEST(JoinNames, IsTheSortedUnion) {
  EXPECT_EQ(join({"a", "c"}, {"b", "c"}), (Names{"a", "b", "c"}));
}

}  // namespace
}  // namespace studiosync
