// Uploads of plain clients, which know nothing of replicas.
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class ApplyUpload : public LogTest {
 protected:
  PlainChange plain(std::string_view id, std::string_view item, std::string_view data,
                    std::uint64_t base = 0) const {
    PlainChange change;
    change.id = id;
    change.type = saved_query;
    change.type_text = "saved_query";
    change.item_id = item;
    change.data = json(data);
    change.base = Version{base};
    change.stamp = Stamp::at(now_);
    return change;
  }
  ChangeResult upload_one(const PlainChange& change) {
    return upload(script_, {change}).results.at(0);
  }

  Author script_{{}, {"script-1"}, "script"};
};

TEST_F(ApplyUpload, TheSameChangeAgainIsAppliedOnce) {
  const auto change = plain("k1", "q", query_text("A", "SELECT 1"));
  EXPECT_EQ(upload_one(change).status, Status::applied);
  const ChangeResult again = upload_one(change);
  EXPECT_EQ(again.status, Status::duplicate);
  EXPECT_EQ(again.first_status, Status::applied);
  EXPECT_EQ(again.change_id, "k1");
  EXPECT_EQ(image().state.head, Seq{1});
}

TEST_F(ApplyUpload, AUsedIdWithAnotherPayloadIsRefused) {
  upload_one(plain("k1", "q", query_text("A", "SELECT 1")));
  const ChangeResult refused = upload_one(plain("k1", "q", query_text("B", "SELECT 1")));
  EXPECT_EQ(refused.status, Status::rejected);
  EXPECT_EQ(refused.error->code, ErrorCode::change_id_reused);
  EXPECT_EQ(refused.error->path, "$.changes[0].id");
  EXPECT_EQ(stored(saved_query, "q")->content, query_text("A", "SELECT 1"));
}

// Duplicates write nothing, and have their records all the same.
TEST_F(ApplyUpload, ManySmallEditsOfLargeRecordsAreAnsweredAfterAFewRetries) {
  constexpr int records = 200;
  std::vector<PlainChange> changes;
  write([&](UserTxn& log) {
    for (int i = 0; i < records; ++i) {
      const std::string id = "z" + std::to_string(i);
      Record record = row(saved_query, id, 1, query_text("Large", std::string(90'000, 'x')));
      record.rev.epoch = {};
      log.put(record);
      changes.push_back(plain(id, id, R"({"favorite":true})", 1));
    }
  });
  Applied applied = upload(script_, changes);
  EXPECT_TRUE(applied.error);  // more than one request may write
  applied = upload(script_, changes);
  EXPECT_FALSE(applied.error);
  ASSERT_EQ(applied.results.size(), changes.size());
  EXPECT_EQ(applied.results.front().status, Status::duplicate);
  EXPECT_TRUE(applied.results.front().record);
  EXPECT_EQ(applied.results.back().status, Status::applied);
  EXPECT_FALSE(applied.results.back().record);
  EXPECT_EQ(applied.results.back().hash, content_hash(*stored(saved_query, "z199")));
  applied = upload(script_, changes);
  EXPECT_FALSE(applied.error);
  EXPECT_EQ(applied.results.back().status, Status::duplicate);
}

// What is kept of a payload is a hash, and a weak password could be guessed from it.
TEST_F(ApplyUpload, WhatWasRedactedIsNoPartOfThePayload) {
  const auto with_password = [&](const char* id, const char* password) {
    return plain(id, "q", query_text("A", std::string("ALTER ROLE a PASSWORD '") + password + "'"));
  };
  EXPECT_EQ(upload_one(with_password("k1", "hunter2x")).status, Status::applied);
  EXPECT_EQ(upload_one(with_password("k1", "Tr0ubador")).status, Status::duplicate);
  EXPECT_EQ(upload_one(with_password("", "hunter2x")).change_id,
            upload_one(with_password("", "Tr0ubador")).change_id);
}

TEST_F(ApplyUpload, ANameThatIsACredentialRefusesItsChangeAndIsNotRepeated) {
  const std::string secret(key_of_a_provider);
  for (std::string PlainChange::*name :
       {&PlainChange::id, &PlainChange::type_text, &PlainChange::item_id}) {
    auto change = plain("k1", "q", query_text("A", "SELECT 1"));
    change.*name = secret;
    const ChangeResult refused = upload_one(change);
    ASSERT_EQ(refused.status, Status::rejected);
    EXPECT_EQ((refused.change_id + refused.item_type + refused.item_id).find(secret),
              std::string::npos);
    EXPECT_TRUE(refused.error->path.starts_with("$.changes[0].")) << refused.error->path;
    EXPECT_EQ(refused.error->message.find(secret), std::string::npos);
  }
  EXPECT_EQ(image().state.head, Seq{});
}

TEST_F(ApplyUpload, AResultHoldsTheRecordWhereItWasRedacted) {
  const ChangeResult result =
      upload_one(plain("k1", "q", query_text("A", "ALTER ROLE a PASSWORD 'hunter2x'")));
  ASSERT_TRUE(result.record);
  EXPECT_EQ(result.record->content, query_text("A", "ALTER ROLE a PASSWORD '[REDACTED]'"));
}

TEST_F(ApplyUpload, TwoDevicesMayUseOneId) {
  upload_one(plain("k1", "a", query_text("A", "SELECT 1")));
  Author other = script_;
  other.device = {"script-2"};
  EXPECT_EQ(upload(other, {plain("k1", "b", query_text("B", "SELECT 1"))}).results.at(0).status,
            Status::applied);
}

TEST_F(ApplyUpload, AMissingIdFollowsFromThePayload) {
  const auto change = plain("", "q", query_text("A", "SELECT 1"));
  const ChangeResult first = upload_one(change);
  EXPECT_FALSE(first.change_id.empty());
  EXPECT_EQ(upload_one(change).status, Status::duplicate);
  EXPECT_EQ(upload_one(change).change_id, first.change_id);
}

TEST_F(ApplyUpload, ARefusedChangeCanBeMendedUnderItsId) {
  EXPECT_EQ(upload_one(plain("k1", "q", R"({"name":"A"})")).status, Status::rejected);
  EXPECT_EQ(upload_one(plain("k1", "q", query_text("A", "SELECT 1"))).status, Status::applied);
}

TEST_F(ApplyUpload, APartialUpdateLeavesAbsentFieldsAndRemovesNulls) {
  upload_one(plain("k1", "q", query_text("A", "SELECT 1", "folder")));
  EXPECT_EQ(upload_one(plain("k2", "q", R"({"name":"B"})", 1)).status, Status::applied);
  EXPECT_EQ(stored(saved_query, "q")->content, query_text("B", "SELECT 1", "folder"));
  upload_one(plain("k3", "q", R"({"folder":null})", 2));
  EXPECT_EQ(stored(saved_query, "q")->content, query_text("B", "SELECT 1"));
}

TEST_F(ApplyUpload, APartialUpdateThatLeavesNoWholeRecordIsRefused) {
  upload_one(plain("k1", "q", query_text("A", "SELECT 1")));
  auto gone = plain("k2", "q", "null", 1);
  gone.action = Action::remove;
  upload_one(gone);
  const ChangeResult refused = upload_one(plain("k3", "q", R"({"folder":"f"})", 2));
  EXPECT_EQ(refused.status, Status::rejected);
  EXPECT_TRUE(stored(saved_query, "q")->deleted);
}

TEST_F(ApplyUpload, AnUpdateOfNothingIsRecordGone) {
  EXPECT_EQ(upload_one(plain("k1", "q", query_text("A", "q"), 4)).error->code,
            ErrorCode::record_gone);
}

TEST_F(ApplyUpload, ADeleteNeedsNoData) {
  upload_one(plain("k1", "q", query_text("A", "SELECT 1")));
  auto gone = plain("k2", "q", "null", 1);
  gone.action = Action::remove;
  EXPECT_EQ(upload_one(gone).status, Status::applied);
  EXPECT_EQ(stored(saved_query, "q")->rev.version, Version{2});
}

TEST_F(ApplyUpload, AStampInTheFutureIsNow) {
  auto change = plain("k1", "q", query_text("A", "SELECT 1"));
  change.stamp = Stamp::at(now_ + Millis{1LL << 40});
  EXPECT_EQ(upload_one(change).stamp.wall(), now_);
}

TEST_F(ApplyUpload, OneUnreadableChangeLeavesTheOthers) {
  auto bad = plain("k2", "b", query_text("B", "SELECT 1"));
  bad.invalid = Error{.code = ErrorCode::validation_error, .path = "$.changes[0].updated_at"};
  const Applied applied = upload(script_, {bad, plain("k1", "a", query_text("A", "SELECT 1"))});
  EXPECT_EQ(applied.results[0].status, Status::rejected);
  EXPECT_EQ(applied.results[1].status, Status::applied);
}

}  // namespace
}  // namespace studiosync::testing
