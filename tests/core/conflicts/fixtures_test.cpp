#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "core/conflicts/resolve.hpp"
#include "tests/core/conflicts/conflict_fixture.hpp"

namespace studiosync::testing {

// Found by the test framework, so that a failure shows the case's name and not its bytes.
static void PrintTo(const ConflictFixture& fixture, std::ostream* out) {
  *out << fixture.name;
}

namespace {

class ConflictCases : public ::testing::TestWithParam<ConflictFixture> {};

Content content_of(const Record& record) {
  return record.deleted ? Content{} : Content(record.content);
}

Content content_of(const Side& side) {
  return side.deleted ? Content{} : Content(side.content);
}

void expect_record(const Outcome& outcome, const ConflictFixture& fixture) {
  ASSERT_EQ(outcome.record.has_value(), fixture.expected.content.has_value());
  if (!outcome.record) return;
  EXPECT_EQ(content_of(*outcome.record), *fixture.expected.content);
  EXPECT_EQ(outcome.record->reason, fixture.expected.reason);
  const Version stored = fixture.stored ? fixture.stored->rev.version : Version{};
  EXPECT_EQ(outcome.record->rev.version, fixture.expected.version.value_or(stored.next()));
}

void expect_copy(const Outcome& outcome, const ConflictFixture& fixture) {
  ASSERT_EQ(outcome.copy.has_value(), fixture.expected.copy.has_value());
  if (!outcome.copy) return;
  EXPECT_EQ(outcome.copy->content, *fixture.expected.copy);
  EXPECT_EQ(outcome.copy->id, copy_id(fixture.incoming.change));
  EXPECT_EQ(outcome.copy->rev.version, Version{1});
}

void expect_conflict(const Outcome& outcome, const ConflictFixture& fixture) {
  const std::optional<ExpectedConflict>& expected = fixture.expected.conflict;
  ASSERT_EQ(outcome.conflict.has_value(), expected.has_value());
  if (!expected) return;
  EXPECT_EQ(outcome.conflict->id, conflict_id(fixture.incoming.change));
  EXPECT_EQ(outcome.conflict->open, expected->open);
  EXPECT_EQ(outcome.conflict->strategy, expected->strategy);
  if (expected->local) {
    EXPECT_EQ(content_of(outcome.conflict->local), *expected->local);
  }
  if (expected->remote) {
    EXPECT_EQ(content_of(outcome.conflict->remote), *expected->remote);
  }
}

TEST_P(ConflictCases, EndAsTheFixtureSays) {
  const ConflictFixture& fixture = GetParam();
  const Record* stored = fixture.stored ? &*fixture.stored : nullptr;
  const Outcome outcome = resolve(stored, fixture.incoming, fixture.strategy);

  EXPECT_EQ(to_string(outcome.status), to_string(fixture.expected.status));
  ASSERT_EQ(outcome.error.has_value(), fixture.expected.error.has_value());
  if (outcome.error) {
    EXPECT_EQ(outcome.error->code, *fixture.expected.error);
  }
  expect_record(outcome, fixture);
  expect_copy(outcome, fixture);
  expect_conflict(outcome, fixture);
}

std::string case_name(const ::testing::TestParamInfo<ConflictFixture>& info) {
  std::string name = info.param.file;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, ConflictCases, ::testing::ValuesIn(read_conflict_fixtures()),
                         case_name);

}  // namespace
}  // namespace studiosync::testing
