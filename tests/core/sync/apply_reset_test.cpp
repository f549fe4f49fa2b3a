// A reset: everything goes, and nobody's cursor from before is good for anything.
#include "core/sync/pull.hpp"
#include "core/sync/reset.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class ApplyResetTest : public LogTest {
 protected:
  Cursor head() {
    Cursor cursor;
    read([&](UserReader& log) { cursor = head_cursor(log); });
    return cursor;
  }
  Cursor reset() {
    Cursor cursor;
    write([&](UserTxn& log) { cursor = apply_reset(log, now_); });
    return cursor;
  }
  Applied push_at(const Cursor& cursor, const PushChange& change) {
    Applied applied;
    write([&](UserTxn& log) {
      applied = apply_push(log, laptop_, {now_, {change}, cursor}, {now_, quota_});
    });
    return applied;
  }
  PushChange create(std::uint64_t seq, const std::string& id) {
    return upsert(seq, query, id, query_text("n", "q"));
  }
};

TEST_F(ApplyResetTest, LeavesATombstoneForEveryRecordAndKeepsThePolicies) {
  choose(query, Strategy::merge);
  push(laptop_, {create(1, "a"), create(2, "b")});
  const Seq before = image().state.head;
  const Cursor after = reset();
  EXPECT_EQ(after, head());
  EXPECT_EQ(image().state.records, 0U);
  EXPECT_EQ(image().state.bytes, 0U);
  EXPECT_NE(image().state.generation, Generation{});
  EXPECT_EQ(image().state.generation, after.generation);
  EXPECT_EQ(image().log.size(), 2U);
  for (const auto& [seq, record] : image().log) {
    EXPECT_GT(seq, before);
    EXPECT_TRUE(record.deleted);
    EXPECT_EQ(record.rev.version, Version{2});
  }
  EXPECT_EQ(image().policies.at(query), Strategy::merge);
}

TEST_F(ApplyResetTest, TakesMoreThanAPageOfRecords) {
  std::vector<PlainChange> changes;
  for (int i = 0; i < 1500; ++i) {
    PlainChange change;
    change.id = std::to_string(i);
    change.type = query;
    change.type_text = to_string(query);
    change.item_id = "q" + std::to_string(i);
    change.data = json(query_text("n", "q"));
    change.stamp = Stamp::at(now_);
    changes.push_back(change);
  }
  upload({{}, {"plain"}, "plain"}, changes);
  reset();
  EXPECT_EQ(image().state.records, 0U);
  EXPECT_EQ(image().state.head, Seq{3000});
}

TEST_F(ApplyResetTest, ForgetsConflictsAndTheirArchive) {
  push(laptop_, {create(1, "q")});
  const Rev base = stored(query, "q")->rev;
  push(laptop_, {upsert(2, query, "q", query_text("a", "q"), base, {"name"})});
  PushChange other = upsert(1, query, "q", query_text("b", "q"), base, {"name"});
  other.change = change_id(100);
  push(tablet_, {other});
  ASSERT_FALSE(image().conflicts.empty());
  reset();
  EXPECT_TRUE(image().conflicts.empty());
  EXPECT_TRUE(image().archive.empty());
  for (const auto& [seq, record] : image().log) EXPECT_TRUE(record.content.empty());
}

TEST_F(ApplyResetTest, RefusesToReadOrWriteFromBefore) {
  push(laptop_, {create(1, "a")});
  const Cursor before = head();
  const Cursor after = reset();
  read([&](UserReader& log) {
    EXPECT_EQ(read_page(log, {before}).error().code, ErrorCode::resync_required);
    EXPECT_TRUE(read_page(log, {after}));
  });
  const Applied refused = push_at(before, create(2, "a"));
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::resync_required);
  EXPECT_TRUE(refused.results.empty());
  EXPECT_EQ(image().replicas.at(laptop_.replica).seq, DeviceSeq{1});
  EXPECT_EQ(push_at(after, create(2, "a")).results.at(0).status, Status::applied);
}

TEST_F(ApplyResetTest, AnswersARetryFromBeforeAsItDid) {
  push(laptop_, {create(1, "a")});
  reset();
  const Applied again = push_at({}, create(1, "a"));
  ASSERT_EQ(again.results.size(), 1U);
  EXPECT_EQ(again.results[0].status, Status::duplicate);
  EXPECT_TRUE(stored(query, "a")->deleted);
}

// The floor refuses in the same way: a device that missed a collected delete must not push over it.
TEST_F(ApplyResetTest, RefusesAPushFromBelowTheFloorAndUsesNothingUp) {
  push(laptop_, {create(1, "a"), create(2, "b")});
  const Cursor before = head();
  push(laptop_, {removal(3, query, "a", stored(query, "a")->rev)});
  const Cursor seen = head();
  write([&](UserTxn& log) { EXPECT_EQ(log.collect_tombstones(CommitTime{INT64_MAX}, 10), 1U); });
  const Applied refused = push_at(before, create(4, "a"));
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::resync_required);
  EXPECT_EQ(image().replicas.at(laptop_.replica).seq, DeviceSeq{3});
  EXPECT_FALSE(stored(query, "a"));
  EXPECT_EQ(push_at(seen, create(4, "c")).results.at(0).status, Status::applied);
}

}  // namespace
}  // namespace studiosync::testing
