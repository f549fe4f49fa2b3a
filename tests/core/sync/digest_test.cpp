#include "core/sync/digest.hpp"

#include <gtest/gtest.h>

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

std::string digest_of(const std::vector<Record>& records) {
  Digest digest;
  for (const Record& record : records) digest.add(record);
  return digest.text();
}

const Record first = row(EntityType::saved_query, "q1", 3, R"({"name":"a"})");
const Record second = row(EntityType::connection, "c1", 1, R"({"name":"b"})");

TEST(Digest, DoesNotDependOnTheOrder) {
  EXPECT_EQ(digest_of({first, second}), digest_of({second, first}));
}

TEST(Digest, DoesNotCancelARecordThatIsThereTwice) {
  EXPECT_NE(digest_of({first, first}), digest_of({}));
  EXPECT_NE(digest_of({first, first}), digest_of({first}));
}

TEST(Digest, CoversTypeIdVersionEpochAndContent) {
  const auto changed = [](auto change) {
    Record other = first;
    change(other);
    return digest_of({other});
  };
  const std::string same = digest_of({first});
  EXPECT_NE(changed([](Record& r) { r.type = EntityType::ai_session; }), same);
  EXPECT_NE(changed([](Record& r) { r.id = "q2"; }), same);
  EXPECT_NE(changed([](Record& r) { r.rev.version = Version{4}; }), same);
  EXPECT_NE(changed([](Record& r) { r.rev.epoch = Epoch{2}; }), same);
  EXPECT_NE(changed([](Record& r) { r.content = R"({"name":"c"})"; }), same);
}

TEST(Digest, LeavesOutWhatReplicasNeedNotShare) {
  Record other = first;
  other.seq = Seq{99};
  other.committed = {5};
  other.field_versions = {{"name", Version{2}, {}}};
  EXPECT_EQ(digest_of({other}), digest_of({first}));
  EXPECT_EQ(digest_of({tombstone(EntityType::saved_query, "q1", 4)}), digest_of({}));
}

TEST(Digest, KeepsARecordInTheBucketOfItsId) {
  Digest digest;
  digest.add(first);
  for (std::size_t bucket = 0; bucket < digest.sums().size(); ++bucket) {
    const bool empty = digest.sums()[bucket] == Hash128{};
    EXPECT_EQ(empty, bucket != digest_bucket("q1")) << bucket;
  }
}

TEST(Digest, TextIs32HexDigits) {
  EXPECT_EQ(digest_of({first}).size(), 32U);
  EXPECT_EQ(digest_of({first}).find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::testing
