#include "core/conflicts/version.hpp"

#include <gtest/gtest.h>

#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;

TEST(LastChange, OfAFieldWithoutAnEntryIsTheRecords) {
  const Record record = saved_query(3, origin('a', 7, 1000), R"({"name":"n"})");
  const FieldVersion expected{"name", Version{3}, origin('a', 7, 1000)};
  EXPECT_EQ(record.last_change_of("name"), expected);
}

TEST(LastChange, OfAFieldWithAnEntryIsTheEntry) {
  Record record = saved_query(3, origin('a', 7, 1000), R"({"name":"n"})");
  record.field_versions = {{"name", Version{1}, origin('b', 2, 500)}};
  EXPECT_EQ(record.last_change_of("name"), record.field_versions[0]);
}

TEST(LastChange, OfAFieldThatNeverWasIsBeforeTheFirstVersion) {
  const Record record = saved_query(3, origin('a', 7, 1000), R"({"name":"n"})");
  EXPECT_EQ(record.last_change_of("folder").version, Version{});
}

TEST(LastChange, OfAnAbsentFieldIsTheRecreationOfTheRecord) {
  Record record = saved_query(5, origin('a', 7, 1000), R"({"name":"n"})");
  record.field_versions = {{std::string(any_field), Version{4}, origin('b', 2, 500)}};
  const FieldVersion expected{"folder", Version{4}, origin('b', 2, 500)};
  EXPECT_EQ(record.last_change_of("folder"), expected);
  EXPECT_EQ(record.last_change_of("name").version, Version{5});
}

TEST(LastChange, OfEveryFieldOfATombstoneIsTheDelete) {
  Record record = saved_query(3, origin('a', 7, 1000), "");
  record.deleted = true;
  EXPECT_EQ(record.last_change_of("name").version, Version{3});
}

TEST(Author, IsTheReplica) {
  EXPECT_EQ(author_of(origin('a', 1, 1), DeviceId{"desk"}), replica('a'));
}

TEST(Author, OfAPlainClientFollowsFromItsDevice) {
  const ReplicaId desk = author_of(Origin{}, DeviceId{"desk"});
  EXPECT_FALSE(desk.nil());
  EXPECT_EQ(desk, author_of(Origin{}, DeviceId{"desk"}));
  EXPECT_NE(desk, author_of(Origin{}, DeviceId{"phone"}));
}

TEST(ContentHash, FollowsFromTheContentAlone) {
  const Record first = saved_query(1, origin('a', 1, 1), R"({"name":"n"})");
  const Record second = saved_query(2, origin('b', 2, 2), R"({"name":"n"})");
  const Record third = saved_query(2, origin('b', 2, 2), R"({"name":"m"})");
  EXPECT_EQ(content_hash(first), content_hash(second));
  EXPECT_NE(content_hash(second), content_hash(third));
}

}  // namespace
}  // namespace studiosync
