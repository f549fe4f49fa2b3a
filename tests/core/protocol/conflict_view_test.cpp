#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/protocol/codec.hpp"
#include "tests/core/protocol/arbitrary_frame.hpp"

namespace studiosync {
namespace {

void expect_equal(const Side& a, const Side& b) {
  RC_ASSERT(a.deleted == b.deleted);
  RC_ASSERT(a.content == b.content);
  RC_ASSERT(a.version == b.version);
  RC_ASSERT(a.origin == b.origin);
  RC_ASSERT(a.device == b.device);
}

void expect_equal(const ConflictCase& a, const ConflictCase& b) {
  RC_ASSERT(a.id == b.id);
  RC_ASSERT(a.type == b.type);
  RC_ASSERT(a.item_id == b.item_id);
  expect_equal(a.local, b.local);
  expect_equal(a.remote, b.remote);
  RC_ASSERT(a.strategy == b.strategy);
  RC_ASSERT(a.open == b.open);
}

RC_GTEST_PROP(ConflictContent, GivesBackTheWholeConflictWithItsOrigins, (std::uint64_t seed)) {
  Random random(seed);
  const ConflictView view = arbitrary_conflict(random);
  const std::string content = conflict_content(view).content();
  RC_ASSERT(parse_json(content)->canonical() == content);
  const auto back = conflict_from_content(view.conflict.id, content);
  RC_ASSERT(back.has_value());
  expect_equal(back->conflict, view.conflict);
  RC_ASSERT(back->resolved == view.resolved);
  RC_ASSERT(back->choice == view.choice);
  RC_ASSERT(back->detected_at == view.detected_at);
  RC_ASSERT(back->local_updated_at == view.local_updated_at);
  RC_ASSERT(back->remote_updated_at == view.remote_updated_at);
  RC_ASSERT(back->resolved_at == view.resolved_at);
}

TEST(ConflictContent, RefusesWhatIsNoConflictWithThePath) {
  EXPECT_EQ(conflict_from_content("c-1", "{").error().code, ErrorCode::bad_request);
  EXPECT_EQ(conflict_from_content("c-1", "{}").error().path, "$.local_version");
}

TEST(ConflictView, ShowsPeopleNeitherClocksNorReplicas) {
  Random random(1);
  const Json view = to_json(arbitrary_conflict(random));
  const Json* local = view.find("local_version");
  ASSERT_NE(local, nullptr);
  EXPECT_NE(local->find("device_id"), nullptr);
  EXPECT_EQ(local->find("hlc"), nullptr);
  EXPECT_EQ(local->find("replica_id"), nullptr);
}

}  // namespace
}  // namespace studiosync
