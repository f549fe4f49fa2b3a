#include "core/sync/outbox.hpp"

#include "core/base/limits.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Outbox : public DeviceTest {
 protected:
  Frozen freeze_some(FreezeLimits limits) {
    EXPECT_TRUE(store_.begin());
    Frozen frozen = freeze(store_, limits, now_, random_);
    EXPECT_TRUE(store_.commit());
    return frozen;
  }
  void many_queries(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) put_query("q" + std::to_string(i), "name", "SELECT 1");
  }
  void restart_as(std::uint8_t letter) {
    EXPECT_TRUE(store_.begin());
    restart_stream(store_, replica(letter));
    EXPECT_TRUE(store_.commit());
  }
};

TEST_F(Outbox, FreezesParentsBeforeChildren) {
  put(ai_message, "m", R"({"session_id":"s","role":"user","content":"hi"})");
  put(ai_session, "s", R"({"title":"chat"})");
  put(query_history, "h", R"({"query":"SELECT 1"})");
  put_query("q", "a", "SELECT 1");
  put(preference, "p", R"({"key":"p","value":1})");
  put(connection, "c", R"({"name":"db","type":"mysql"})");
  std::vector<EntityType> order;
  for (const FrozenChange& change : freeze_all()) order.push_back(change.type);
  EXPECT_EQ(order, (std::vector<EntityType>{connection, preference, saved_query, query_history,
                                            ai_session, ai_message}));
}

// As an older program, with weaker rules, may have left it.
TEST_F(Outbox, RefusesAnEditUnderAnIdThatIsACredentialAndSendsItsDelete) {
  const std::string secret(key_of_a_provider);
  DeviceRecord edited{.type = saved_query, .id = secret, .content = query_text("a", "b")};
  edited.edit = PendingEdit{.changed = {"name"}};
  ASSERT_TRUE(store_.begin());
  store_.put(edited);
  ASSERT_TRUE(store_.commit());
  EXPECT_TRUE(freeze_all().empty());
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].error.code, ErrorCode::credential_leaked);
  EXPECT_EQ(store_.rejected()[0].error.path, "$.id");

  pulled(row(saved_query, secret, 1, query_text("a", "b")));
  ASSERT_TRUE(erase(saved_query, secret));
  EXPECT_EQ(freeze_all().size(), 1U);
}

TEST_F(Outbox, NumbersChangesWithoutGaps) {
  many_queries(3);
  const auto first = freeze_all();
  put_query("later", "a", "SELECT 1");
  const auto second = freeze_all();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(first[0].seq, DeviceSeq{1});
  EXPECT_EQ(second[0].seq, DeviceSeq{4});
  EXPECT_EQ(store_.meta().last_frozen, DeviceSeq{4});
  EXPECT_EQ(store_.meta().last_frozen_id, second[0].change);
}

TEST_F(Outbox, AFrozenChangeIsNotTouchedByTheNextEdit) {
  put_query("q", "first", "SELECT 1");
  const FrozenChange sent = freeze_all()[0];
  put_query("q", "second", "SELECT 1");
  EXPECT_EQ(store_.find_frozen(sent.seq), sent);
}

TEST_F(Outbox, AtMostOneChangeOfARecordIsInFlight) {
  put_query("q", "first", "SELECT 1");
  freeze_all();
  put_query("q", "second", "SELECT 1");
  EXPECT_TRUE(freeze_all().empty());
}

TEST_F(Outbox, FreezesNoMoreThanMayBeUnacknowledged) {
  many_queries(limits::unacknowledged_max + 5);
  std::size_t frozen = 0;
  for (int i = 0; i < 10; ++i) frozen += freeze_some({300, 1U << 30}).changes.size();
  EXPECT_EQ(frozen, limits::unacknowledged_max);
  EXPECT_EQ(store_.counts().frozen, limits::unacknowledged_max);
  EXPECT_EQ(store_.counts().pending, 5U);
  EXPECT_TRUE(freeze_some({300, 1U << 30}).more);
}

TEST_F(Outbox, EndsABatchAtItsCountAndSaysThatMoreIsLeft) {
  many_queries(5);
  const Frozen first = freeze_some({3, 1U << 30});
  EXPECT_EQ(first.changes.size(), 3U);
  EXPECT_TRUE(first.more);
  const Frozen second = freeze_some({3, 1U << 30});
  EXPECT_EQ(second.changes.size(), 2U);
  EXPECT_FALSE(second.more);
}

TEST_F(Outbox, EndsABatchAtItsBytesButTakesAtLeastOne) {
  put_query("a", "name", std::string(500, 'x'));
  put_query("b", "name", std::string(500, 'x'));
  const Frozen frozen = freeze_some({100, 10});
  EXPECT_EQ(frozen.changes.size(), 1U);
  EXPECT_TRUE(frozen.more);
}

TEST_F(Outbox, LeavesOutFieldsThatWereChangedBack) {
  pulled(row(saved_query, "q", 3, query_text("old", "SELECT 1")));
  put_query("q", "new", "SELECT 2");
  put_query("q", "old", "SELECT 2");
  EXPECT_EQ(freeze_all()[0].changed, texts({"query"}));
}

TEST_F(Outbox, SendsACreationWholeAndAnEditWithItsFieldNames) {
  put_query("new", "a", "SELECT 1");
  pulled(row(saved_query, "old", 3, query_text("old", "SELECT 1")));
  put_query("old", "b", "SELECT 1");
  const auto frozen = freeze_all();
  ASSERT_EQ(frozen.size(), 2U);
  EXPECT_FALSE(to_push(frozen[0]).changed_fields);
  EXPECT_EQ(to_push(frozen[1]).changed_fields, texts({"name"}));
  EXPECT_EQ(to_push(frozen[1]).data.canonical(), query_text("b", "SELECT 1"));
}

// Others have deleted it, and the tombstone is collected.
TEST_F(Outbox, NamesEveryFieldOfWhatIsMadeAnew) {
  DeviceRecord gone{
      .type = saved_query, .id = "q", .content = query_text("new", "SELECT 1", "folder")};
  gone.edit = PendingEdit{.changed = {"name"}};
  ASSERT_TRUE(store_.begin());
  store_.put(gone);
  ASSERT_TRUE(store_.commit());
  EXPECT_EQ(freeze_all().at(0).changed, texts({"favorite", "folder", "name", "query"}));
}

// It is the user's as much as theirs, though they wrote the same meanwhile.
TEST_F(Outbox, NamesWhatAnotherCreatedAlike) {
  put_query("q", "mine", "SELECT 1");
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1")));
  EXPECT_EQ(freeze_all().at(0).changed, texts({"favorite", "name", "query"}));
}

TEST_F(Outbox, SendsADeleteWithoutContent) {
  pulled(row(saved_query, "q", 3, query_text("old", "SELECT 1")));
  ASSERT_TRUE(erase(saved_query, "q"));
  const PushChange change = to_push(freeze_all()[0]);
  EXPECT_EQ(change.action, Action::remove);
  EXPECT_TRUE(change.data.is_null());
  EXPECT_EQ(change.base.version, Version{3});
}

TEST_F(Outbox, ARestartedStreamBeginsWithTheFrozenChangesAsTheyWere) {
  many_queries(3);
  const auto before = freeze_all();
  settle_as(applied(before[0], 1));
  put_query("q1", "edited meanwhile", "SELECT 1");
  restart_as('X');
  const auto after = store_.frozen({}, 10);
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].seq, DeviceSeq{1});
  EXPECT_EQ(after[0].change, before[1].change);
  EXPECT_EQ(after[0].content, before[1].content);
  EXPECT_EQ(record(saved_query, "q1").in_flight, DeviceSeq{1});
  EXPECT_TRUE(record(saved_query, "q1").edit);
  const DeviceMeta meta = store_.meta();
  EXPECT_EQ(meta.replica, replica('X'));
  EXPECT_EQ(meta.last_acked, DeviceSeq{});
  EXPECT_EQ(meta.last_frozen, DeviceSeq{2});
  EXPECT_EQ(meta.last_frozen_id, before[2].change);
}

TEST_F(Outbox, AnEditAfterARestartedStreamGoesOutUnderAnIdOfItsOwn) {
  put_query("q", "first", "SELECT 1");
  const FrozenChange sent = freeze_all()[0];
  restart_as('X');
  put_query("q", "second", "SELECT 1");
  settle_as(applied(store_.frozen({}, 1)[0], 1));
  const auto next = freeze_all();
  ASSERT_EQ(next.size(), 1U);
  EXPECT_NE(next[0].change, sent.change);
  EXPECT_EQ(next[0].content, query_text("second", "SELECT 1"));
}

}  // namespace
}  // namespace studiosync::testing
