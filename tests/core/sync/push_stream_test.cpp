// The pushes of one connection: what stands behind them in the stream has to be their own.
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

class PushStreamTest : public LogTest {
 protected:
  PushChange query(std::uint64_t seq) const {
    return upsert(seq, EntityType::saved_query, "q-" + std::to_string(seq),
                  query_text("laptop", "SELECT 1"));
  }
  // The change that a clone has in that place.
  PushChange of_a_clone(std::uint64_t seq) const {
    PushChange change = query(seq);
    change.change = change_id(static_cast<std::uint8_t>(100 + seq));
    return change;
  }
  Applied push_on(PushStream& stream, std::vector<PushChange> changes) {
    Applied applied;
    write([&](UserTxn& log) {
      applied = stream.push(log, laptop_, {now_, std::move(changes)}, {now_, quota_});
    });
    return applied;
  }
  // As a failed commit leaves the log.
  void undo() { restart_on(nothing_); }

  PushStream stream_{ReplicaMark{}, ReplicaMark{}};

 private:
  const server::MemoryImage nothing_ = store_->image();
};

TEST_F(PushStreamTest, DoesNotGoOnBehindACloneThatTookThePlaceOfWhatWasUndone) {
  ASSERT_FALSE(push_on(stream_, {query(1)}).error);
  undo();
  ASSERT_FALSE(push(laptop_, {of_a_clone(1)}).error);
  for (const std::uint64_t seq : {2U, 3U}) {
    const Applied refused = push_on(stream_, {query(seq)});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->code, ErrorCode::replica_forked);
    EXPECT_TRUE(refused.rows.empty());
  }
}

// Nothing of the first push was looked at: its rate was refused, for one.
TEST_F(PushStreamTest, DoesNotGoOnBehindACloneThatTookThePlaceOfWhatNeverCame) {
  ASSERT_FALSE(push(laptop_, {of_a_clone(1)}).error);
  EXPECT_EQ(push_on(stream_, {query(2)}).error.value_or(Error{}).code, ErrorCode::replica_forked);
}

TEST_F(PushStreamTest, SendsAgainWhatWasUndoneTogether) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    for (const std::uint64_t seq : {1U, 2U, 3U}) {
      EXPECT_FALSE(push_on(stream_, {query(seq)}).error);
    }
    undo();
  }
  const Applied all = push_on(stream_, {query(1), query(2), query(3)});
  EXPECT_EQ(all.results.size(), 3U);
  stream_.committed(all);
  EXPECT_FALSE(push_on(stream_, {query(4)}).error);
}

// They were under way when this connection was welcomed.
TEST_F(PushStreamTest, GoesOnBehindItsOwnChangesThatAnEarlierConnectionBrought) {
  ASSERT_FALSE(push(laptop_, {query(1), query(2)}).error);
  const Applied again = push_on(stream_, {query(1), query(2), query(3)});
  ASSERT_EQ(again.results.size(), 3U);
  EXPECT_EQ(again.results[1].status, Status::duplicate);
  EXPECT_EQ(again.results[2].status, Status::applied);
  EXPECT_FALSE(push_on(stream_, {query(4)}).error);
}

TEST_F(PushStreamTest, GoesOnBehindWhatTheDeviceNamedInItsHello) {
  const ReplicaMark sent{DeviceSeq{1}, query(1).change};
  for (const auto& [acked, frozen] : {std::pair{sent, sent}, std::pair{ReplicaMark{}, sent}}) {
    undo();
    ASSERT_FALSE(push(laptop_, {query(1)}).error);
    PushStream later(acked, frozen);
    EXPECT_FALSE(push_on(later, {query(2)}).error);
  }
}

// The hello was the device's; the change before is a clone's, which the device was never told of.
TEST_F(PushStreamTest, DoesNotGoOnBehindAPlaceThatTheHelloLeftOpen) {
  ASSERT_FALSE(push(laptop_, {query(1), of_a_clone(2)}).error);
  PushStream later({DeviceSeq{1}, query(1).change}, {DeviceSeq{2}, query(2).change});
  EXPECT_EQ(push_on(later, {query(3)}).error.value_or(Error{}).code, ErrorCode::replica_forked);
}

TEST_F(PushStreamTest, NeverGoesBackBehindWhatWasCommitted) {
  stream_.committed(push_on(stream_, {query(1)}));
  undo();
  EXPECT_EQ(push_on(stream_, {query(1)}).error.value_or(Error{}).code, ErrorCode::replica_forked);
}

}  // namespace
}  // namespace studiosync::testing
