// What a device asks for besides pushing.
#include "tests/server/channel/channel_fixture.hpp"

#include <gmock/gmock.h>

namespace studiosync::server {
namespace {

class RequestsTest : public ChannelTest {
 protected:
  // One open conflict over `q1`, as the phone's push made it; its id.
  std::string make_conflict(TestDevice& laptop, TestDevice& phone) {
    sync_.set_policies(caller(token_), {{EntityType::saved_query, Strategy::user_choice}},
                       [](const Result<Policies>& set) { EXPECT_TRUE(set); });
    laptop.put("q1", "first");
    const Rev seen = laptop.peer->last<Pushed>().results.at(0).rev;
    laptop.put("q1", "laptop's", seen);
    phone.put("q1", "phone's", seen);
    return phone.peer->last<Pushed>().results.at(0).conflict_id;
  }

  const std::string token_ = sign_up("ann");
};

TEST_F(RequestsTest, AnswersAPullPageByPage) {
  const auto laptop = device("laptop", token_);
  for (const char* id : {"q1", "q2", "q3"}) laptop->put(id, id);
  const auto phone = device("phone", token_);
  phone->send(Pull{.cursor = {}, .limit = 2});
  const auto first = phone->peer->last<Changes>();
  EXPECT_EQ(phone->peer->frames.back().id, "r2");
  EXPECT_EQ(first.changes.size(), 2U);
  EXPECT_TRUE(first.has_more);
  phone->send(Pull{.cursor = first.to, .limit = 2});
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 1U);
  EXPECT_FALSE(phone->peer->last<Changes>().has_more);
  EXPECT_FALSE(phone->peer->last<Changes>().snapshot);
}

TEST_F(RequestsTest, RefusesACursorOfAnotherHistory) {
  const auto phone = device("phone", token_);
  phone->send(Pull{.cursor = {Epoch{999}, Seq{3}, {}}, .limit = 0});
  EXPECT_EQ(phone->peer->last_error(), "resync_required");
  EXPECT_EQ(phone->peer->close_code, 0);
}

TEST_F(RequestsTest, MarksThePagesOfASnapshot) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const auto phone = device("phone", token_);
  phone->send(Snapshot{});
  const auto page = phone->peer->last<Changes>();
  EXPECT_TRUE(page.snapshot);
  EXPECT_EQ(page.from.seq, Seq{});
  EXPECT_EQ(page.changes.size(), 1U);
}

TEST_F(RequestsTest, AnswersADigestAtItsCursor) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const Cursor head = laptop->peer->last<Pushed>().to;
  laptop->send(DigestRequest{.cursor = head, .buckets = {}});
  const auto answer = laptop->peer->last<DigestAnswer>();
  EXPECT_EQ(answer.cursor, head);
  EXPECT_NE(answer.sums, DigestSums{});
}

TEST_F(RequestsTest, ListsOpenConflictsAndAllOfThemWhenAsked) {
  const auto laptop = device("laptop", token_);
  const auto phone = device("phone", token_);
  const std::string id = make_conflict(*laptop, *phone);
  phone->send(ConflictsRequest{});
  ASSERT_EQ(phone->peer->last<Conflicts>().conflicts.size(), 1U);
  EXPECT_EQ(phone->peer->last<Conflicts>().conflicts[0].conflict.id, id);

  phone->send(
      Resolve{.conflict_id = id, .strategy = Strategy::user_choice, .chosen = Choice::local});
  phone->send(ConflictsRequest{.all = false});
  EXPECT_TRUE(phone->peer->last<Conflicts>().conflicts.empty());
  phone->send(ConflictsRequest{.all = true});
  EXPECT_EQ(phone->peer->last<Conflicts>().conflicts.size(), 1U);
}

TEST_F(RequestsTest, RefusesAListOfConflictsThatNoMessageHolds) {
  const auto phone = device("phone", token_);
  store_.write(
      caller(token_).user,
      [](UserTxn& log) {
        for (int i = 0; i < 11; ++i) {
          ConflictView view;
          view.conflict = {.id = "x-" + std::to_string(i),
                           .type = EntityType::saved_query,
                           .item_id = "q1",
                           .strategy = Strategy::user_choice};
          view.conflict.local.content = R"({"query":")" + std::string(1'000'000, 'x') + R"("})";
          view.conflict.remote.deleted = true;
          Record record{.type = EntityType::conflict, .id = view.conflict.id};
          record.content = conflict_content(view).content();
          log.put(record);
          log.conflict_opened(record.id, EntityType::saved_query, "q1", "device:" + record.id);
        }
      },
      [](const Result<>& written) { EXPECT_TRUE(written); });
  phone->send(ConflictsRequest{.all = true});
  EXPECT_EQ(phone->peer->last_error(), "payload_too_large");
  EXPECT_EQ(phone->peer->close_code, 0);
}

TEST_F(RequestsTest, ResolvesAConflictAndSendsItsRowsToAllDevices) {
  const auto laptop = device("laptop", token_);
  const auto phone = device("phone", token_);
  const std::string id = make_conflict(*laptop, *phone);
  laptop->peer->frames.clear();
  phone->send(
      Resolve{.conflict_id = id, .strategy = Strategy::user_choice, .chosen = Choice::local});
  const auto resolved = phone->peer->last<Resolved>();
  EXPECT_TRUE(resolved.conflict.resolved);
  EXPECT_LT(resolved.from.seq, resolved.to.seq);
  EXPECT_THAT(metrics_.render(), testing::HasSubstr("syncd_conflicts_resolved_total 1"));

  const auto rows = laptop->peer->last<Changes>();
  EXPECT_EQ(rows.to, resolved.to);
  const auto query = std::find_if(rows.changes.begin(), rows.changes.end(), [](const Record& r) {
    return r.type == EntityType::saved_query;
  });
  ASSERT_NE(query, rows.changes.end());
  EXPECT_NE(query->content.find("phone's"), std::string::npos);
  EXPECT_EQ(phone->peer->all<Changes>().back().to, resolved.to);
}

TEST_F(RequestsTest, AnswersAnImpossibleResolutionWithAnError) {
  const auto phone = device("phone", token_);
  phone->send(
      Resolve{.conflict_id = "none", .strategy = Strategy::user_choice, .chosen = Choice::local});
  EXPECT_EQ(phone->peer->last_error(), "not_found");
  EXPECT_THAT(metrics_.render(), testing::HasSubstr("syncd_conflicts_resolved_total 0"));
  EXPECT_EQ(phone->peer->frames.back().id, "r2");
}

TEST_F(RequestsTest, TakesAFreshTokenOfTheSameAccount) {
  const auto phone = device("phone", token_);
  phone->send(Reauth{token_});
  EXPECT_EQ(phone->peer->last<Reauthed>().token_expires_at, caller(token_).expires);
  EXPECT_EQ(phone->peer->close_code, 0);
}

TEST_F(RequestsTest, RefusesATokenOfAnotherAccount) {
  const auto phone = device("phone", token_);
  phone->send(Reauth{sign_up("bob")});
  EXPECT_EQ(phone->peer->last_error(), "forbidden");
  EXPECT_EQ(phone->peer->close_code, 4401);
}

TEST_F(RequestsTest, ClosesOnAFreshTokenThatIsNone) {
  const auto phone = device("phone", token_);
  phone->send(Reauth{"nonsense"});
  EXPECT_EQ(phone->peer->last_error(), "unauthorized");
  EXPECT_EQ(phone->peer->close_code, 4401);
}

TEST_F(RequestsTest, TakesAnAcknowledgementWithoutAnAnswer) {
  const auto phone = device("phone", token_);
  phone->send(Ack{});
  EXPECT_EQ(phone->peer->frames.size(), 1U);
}

TEST_F(RequestsTest, AnswersAFrameThatIsNoRequestAndGoesOn) {
  const auto phone = device("phone", token_);
  phone->send(Changed{});
  EXPECT_EQ(phone->peer->last_error(), "bad_request");
  EXPECT_EQ(phone->peer->frames.back().id, "r2");
  EXPECT_EQ(phone->peer->close_code, 0);
  phone->send(Pull{});
  EXPECT_FALSE(phone->peer->all<Changes>().empty());
}

TEST_F(RequestsTest, PassesOnThatTheWorkersAreBusy) {
  const auto phone = device("phone", token_);
  admitted_ = fail(ErrorCode::service_unavailable, "too many wait");
  phone->send(Pull{});
  EXPECT_EQ(phone->peer->last_error(), "service_unavailable");
  EXPECT_EQ(phone->peer->frames.back().id, "r2");
}

TEST_F(RequestsTest, DoesNotEchoInternals) {
  const auto phone = device("phone", token_);
  for (const ErrorCode code : {ErrorCode::store_error, ErrorCode::store_locked}) {
    admitted_ = fail(code, "UNIQUE constraint failed: log.seq");
    phone->send(Pull{});
    const Error error = phone->peer->last<ErrorFrame>().error;
    EXPECT_EQ(error.code, code == ErrorCode::store_error ? ErrorCode::server_error
                                                         : ErrorCode::service_unavailable);
    EXPECT_EQ(error.message, "the server cannot do this right now");
  }
}

}  // namespace
}  // namespace studiosync::server
