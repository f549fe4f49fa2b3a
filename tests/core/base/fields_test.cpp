#include "core/base/fields.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

TEST(Fields, GivesBackTheCanonicalContentItCameFrom) {
  const std::string content = "{\"a\":[1,{\"x\":null}],\"b\":\"t\\n\",\"\xF0\x9F\x98\x80\":1}";
  EXPECT_EQ(Fields::from_content(content).content(), content);
  EXPECT_EQ(Fields().content(), "{}");
}

TEST(Fields, SortsWhatWasSetInAnyOrder) {
  Fields fields;
  fields.set("z", "1");
  fields.set("a", "2");
  fields.set("m", "{\"q\":0}");
  EXPECT_EQ(fields.content(), R"({"a":2,"m":{"q":0},"z":1})");
}

TEST(Fields, ReplacesAndRemovesByKey) {
  Fields fields = Fields::from_content(R"({"a":1,"b":2})");
  fields.set("a", "9");
  EXPECT_TRUE(fields.erase("b"));
  EXPECT_FALSE(fields.erase("b"));
  EXPECT_EQ(fields.size(), 1U);
  EXPECT_EQ(*fields.find("a"), "9");
  EXPECT_EQ(fields.find("b"), nullptr);
}

TEST(Fields, MakesNestedValuesCanonical) {
  const Json json = *parse_json(R"({"m":{"b":1.0,"a":[2e0]}})");
  EXPECT_EQ(*Fields::from_json(json).find("m"), R"({"a":[2],"b":1})");
}

TEST(Fields, AreEqualWhenTheirContentIs) {
  Fields built;
  built.set("b", "2");
  built.set("a", "1");
  EXPECT_EQ(built, Fields::from_content(R"({"a":1,"b":2})"));
  EXPECT_NE(built, Fields());
}

TEST(FieldsDeathTest, StopOnContentThatWeCannotHaveStored) {
  EXPECT_DEATH(Fields::from_content("{"), "check failed");
}

}  // namespace
}  // namespace studiosync
