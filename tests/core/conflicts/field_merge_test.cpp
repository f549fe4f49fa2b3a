#include "core/conflicts/field_merge.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;
using Value = std::optional<std::string>;

FieldSpec spec(MergeRule rule, std::size_t bytes_max = 0) {
  return {.name = "field", .bytes_max = bytes_max, .merge = rule};
}

// What the field is afterwards: `stored` was set first, `incoming` later.
Value merged(const FieldSpec& field, const Value& stored, const Value& incoming) {
  const FieldSide earlier{stored ? &*stored : nullptr, origin('a', 1, 1000)};
  const FieldSide later{incoming ? &*incoming : nullptr, origin('b', 1, 2000)};
  const Merged result = merge_values(&field, earlier, later);
  switch (result.winner) {
    case Merged::Winner::stored:
      return stored;
    case Merged::Winner::incoming:
      return incoming;
    case Merged::Winner::neither:
      return result.value;
  }
  return std::nullopt;
}

TEST(NewestRule, TakesTheLaterValue) {
  EXPECT_EQ(merged(spec(MergeRule::newest), "1", "2"), "2");
  EXPECT_EQ(merged(spec(MergeRule::newest), "1", std::nullopt), std::nullopt);
}

TEST(NewestRule, BreaksTiesByReplicaWhicheverCameFirst) {
  const std::string one = "1";
  const std::string two = "2";
  const FieldSide a{&one, origin('a', 1, 1000)};
  const FieldSide b{&two, origin('b', 1, 1000)};
  EXPECT_EQ(merge_values(nullptr, a, b).winner, Merged::Winner::incoming);
  EXPECT_EQ(merge_values(nullptr, b, a).winner, Merged::Winner::stored);
}

TEST(SetUnionRule, KeepsTheTagsOfBothSidesSorted) {
  EXPECT_EQ(merged(spec(MergeRule::set_union), R"(["b","a"])", R"(["c","b"])"), R"(["a","b","c"])");
}

TEST(SetUnionRule, KeepsTheTagsOfOneSideWhenTheOtherRemovedThem) {
  EXPECT_EQ(merged(spec(MergeRule::set_union), R"(["a"])", std::nullopt), R"(["a"])");
  EXPECT_EQ(merged(spec(MergeRule::set_union), std::nullopt, R"(["a"])"), R"(["a"])");
}

TEST(MaximumRule, TakesTheLargerNumberWhicheverIsLater) {
  EXPECT_EQ(merged(spec(MergeRule::maximum), "9", "10"), "10");
  EXPECT_EQ(merged(spec(MergeRule::maximum), "10", "9"), "10");
  EXPECT_EQ(merged(spec(MergeRule::maximum), "-1", "-2"), "-1");
  EXPECT_EQ(merged(spec(MergeRule::maximum), "1.5", "1"), "1.5");
}

TEST(MaximumRule, IsExactOverAll64Bits) {
  EXPECT_EQ(merged(spec(MergeRule::maximum), "9007199254740993", "9007199254740992"),
            "9007199254740993");
  EXPECT_EQ(merged(spec(MergeRule::maximum), "18446744073709551615", "9223372036854775808"),
            "18446744073709551615");
  EXPECT_EQ(merged(spec(MergeRule::maximum), "18446744073709551615", "-5"), "18446744073709551615");
}

TEST(MaximumRule, ComparesTimesAndNotTheirTexts) {
  const std::string noon = R"("2026-01-01T12:00:00Z")";
  const std::string half_past_eleven = R"("2026-01-01T13:30:00+02:00")";
  EXPECT_EQ(merged(spec(MergeRule::maximum), noon, half_past_eleven), noon);
}

TEST(MaximumRule, TakesTheLaterOfValuesThatCannotBeCompared) {
  EXPECT_EQ(merged(spec(MergeRule::maximum), "7", R"("many")"), R"("many")");
}

TEST(LongerTextRule, AppendsTheShorterText) {
  EXPECT_EQ(merged(spec(MergeRule::longer_text), R"("short")", R"("longer text")"),
            R"("longer text\n\nshort")");
  EXPECT_EQ(merged(spec(MergeRule::longer_text), R"("longer text")", R"("short")"),
            R"("longer text\n\nshort")");
}

TEST(LongerTextRule, AppendsNothingThatIsThereAlready) {
  EXPECT_EQ(merged(spec(MergeRule::longer_text), R"("a text, longer")", R"("text")"),
            R"("a text, longer")");
}

TEST(LongerTextRule, KeepsToTheLimitOfTheField) {
  EXPECT_EQ(merged(spec(MergeRule::longer_text, 18), R"("short")", R"("longer text")"),
            R"("longer text\n\nshort")");
  EXPECT_EQ(merged(spec(MergeRule::longer_text, 17), R"("short")", R"("longer text")"),
            R"("longer text")");
}

TEST(DeepObjectRule, MergesKeyByKey) {
  EXPECT_EQ(merged(spec(MergeRule::deep_object), R"({"a":1,"b":{"x":1,"y":1}})",
                   R"({"b":{"x":2,"z":2},"c":2})"),
            R"({"a":1,"b":{"x":2,"y":1,"z":2},"c":2})");
}

TEST(DeepObjectRule, TakesTheLaterOfAnObjectAndSomethingElse) {
  EXPECT_EQ(merged(spec(MergeRule::deep_object), R"({"a":1})", "[1]"), "[1]");
}

TEST(FieldMerge, NamesTheSideThatAlreadyHasTheResult) {
  const std::string both = R"(["a","b"])";
  const std::string one = R"(["a"])";
  const FieldSpec tags = spec(MergeRule::set_union);
  const FieldSide large{&both, origin('a', 1, 1000)};
  const FieldSide small{&one, origin('b', 1, 2000)};
  EXPECT_EQ(merge_values(&tags, large, small).winner, Merged::Winner::stored);
  EXPECT_EQ(merge_values(&tags, small, large).winner, Merged::Winner::incoming);
}

}  // namespace
}  // namespace studiosync
