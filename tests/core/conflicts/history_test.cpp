#include "core/conflicts/history.hpp"

#include <gtest/gtest.h>

#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;

TEST(Newer, IsTheLargerStampWhoeverMadeIt) {
  EXPECT_TRUE(newer(origin('a', 1, 2000), origin('b', 9, 1000)));
  EXPECT_FALSE(newer(origin('b', 9, 1000), origin('a', 1, 2000)));
}

TEST(Newer, BreaksTiesByReplicaThenByDeviceSeq) {
  EXPECT_TRUE(newer(origin('b', 1, 1000), origin('a', 9, 1000)));
  EXPECT_TRUE(newer(origin('a', 2, 1000), origin('a', 1, 1000)));
}

TEST(Newer, IsNothingThanItself) {
  EXPECT_FALSE(newer(origin('a', 1, 1000), origin('a', 1, 1000)));
}

TEST(HasSeen, EverythingUpToTheBase) {
  const Incoming incoming = edit(2, origin('b', 1, 1000), "{}", {});
  EXPECT_TRUE(has_seen(incoming, {"f", Version{2}, origin('a', 1, 1)}));
  EXPECT_FALSE(has_seen(incoming, {"f", Version{3}, origin('a', 1, 1)}));
}

TEST(HasSeen, EarlierChangesOfItsOwnReplica) {
  const Incoming incoming = edit(1, origin('b', 5, 1000), "{}", {});
  EXPECT_TRUE(has_seen(incoming, {"f", Version{3}, origin('b', 4, 1)}));
  EXPECT_FALSE(has_seen(incoming, {"f", Version{3}, origin('b', 5, 1)}));
  EXPECT_FALSE(has_seen(incoming, {"f", Version{3}, origin('b', 6, 1)}));
}

TEST(HasSeen, NobodyAValueThatAMergeMade) {
  const FieldVersion made{"f", Version{3}, Origin{{}, {}, at_ms(1)}};
  const Incoming incoming = edit(1, origin('b', 5, 1000), "{}", {});
  EXPECT_FALSE(has_seen(incoming, made));
  EXPECT_FALSE(has_seen(plain(incoming, "phone"), made));
}

TEST(LastChanges, NameEveryFieldOnceByField) {
  Record record = saved_query(3, origin('a', 7, 1000), R"({"name":"n","query":"q"})");
  const FieldVersion removed{"folder", Version{2}, origin('b', 1, 500)};
  const FieldVersion older{"query", Version{1}, origin('c', 1, 100)};
  record.field_versions = {removed, older};
  const FieldVersion name{"name", Version{3}, origin('a', 7, 1000)};
  EXPECT_EQ(History(record).last_changes(), (std::vector{removed, name, older}));
}

}  // namespace
}  // namespace studiosync
