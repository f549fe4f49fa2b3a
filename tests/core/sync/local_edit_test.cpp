#include "core/sync/local_edit.hpp"

#include "core/schema/validate.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

constexpr std::string_view normal_run = R"({"query":"SELECT 1","privacy_mode":"normal"})";
constexpr std::string_view private_run = R"({"query":"SELECT 1","privacy_mode":"private"})";

class LocalEdit : public DeviceTest {
 protected:
  void pulled_query() { pulled(row(saved_query, "q", 3, query_text("old", "SELECT 1"))); }
};

TEST_F(LocalEdit, ACreationWaitsWithAllItsFieldsOnTopOfNothing) {
  const EditOutcome outcome = put_query("q", "mine", "SELECT 1");
  EXPECT_TRUE(outcome.queued);
  const auto edit = record(saved_query, "q").edit.value();
  EXPECT_EQ(edit.action, Action::upsert);
  EXPECT_EQ(edit.base, Rev{});
  EXPECT_EQ(edit.changed, texts({"favorite", "name", "query"}));
  EXPECT_EQ(edit.queued, now_);
}

TEST_F(LocalEdit, ACreationOfARecordWithoutFieldsWaitsToo) {
  EXPECT_TRUE(put(ai_session, "s", "{}").queued);
  EXPECT_EQ(freeze_all().at(0).content, "{}");
}

TEST_F(LocalEdit, ACreationThatIsDeletedAgainIsNeverSent) {
  put_query("q", "mine", "SELECT 1");
  EXPECT_FALSE(erase(saved_query, "q")->queued);
  EXPECT_EQ(store_.counts().pending, 0U);
  EXPECT_FALSE(store_.find(saved_query, "q"));
}

TEST_F(LocalEdit, AnEditThatIsDeletedAgainIsSentAsADeleteOfWhatTheUserSaw) {
  pulled_query();
  put_query("q", "new", "SELECT 1");
  EXPECT_TRUE(erase(saved_query, "q")->queued);
  const auto edit = record(saved_query, "q").edit.value();
  EXPECT_EQ(edit.action, Action::remove);
  EXPECT_EQ(edit.base, (Rev{Epoch{1}, Version{3}}));
  EXPECT_EQ(shown(saved_query, "q"), "");
}

TEST_F(LocalEdit, ADeleteThatIsTakenBackIsSentAsTheDifference) {
  pulled_query();
  ASSERT_TRUE(erase(saved_query, "q"));
  put_query("q", "new", "SELECT 1");
  const auto edit = record(saved_query, "q").edit.value();
  EXPECT_EQ(edit.action, Action::upsert);
  EXPECT_EQ(edit.base, (Rev{Epoch{1}, Version{3}}));
  EXPECT_EQ(edit.changed, texts({"name"}));
}

TEST_F(LocalEdit, NamesTheFieldsThatDifferFromTheServersVersion) {
  pulled_query();
  put(saved_query, "q", query_text("old", "SELECT 2", "folder"));
  EXPECT_EQ(record(saved_query, "q").edit->changed, texts({"folder", "query"}));
}

TEST_F(LocalEdit, EqualContentIsNoEdit) {
  pulled_query();
  EXPECT_FALSE(put_query("q", "old", "SELECT 1").queued);
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(LocalEdit, EditsOfOneRecordCoalesceUnderTheFirstBaseAndTheLastStamp) {
  pulled_query();
  put_query("q", "new", "SELECT 1");
  const Stamp first = record(saved_query, "q").edit->stamp;
  now_ = now_ + Millis{1000};
  put_query("q", "new", "SELECT 2");
  const auto edit = record(saved_query, "q").edit.value();
  EXPECT_EQ(edit.changed, texts({"name", "query"}));
  EXPECT_EQ(edit.queued, noon);
  EXPECT_GT(edit.stamp, first);
  EXPECT_EQ(edit.base.version, Version{3});
  EXPECT_EQ(store_.counts().pending, 1U);
}

TEST_F(LocalEdit, StampsRiseEvenWhenTheClockGoesBack) {
  put_query("a", "a", "SELECT 1");
  now_ = now_ - Millis{60'000};
  put_query("b", "b", "SELECT 1");
  EXPECT_GT(record(saved_query, "b").edit->stamp, record(saved_query, "a").edit->stamp);
}

TEST_F(LocalEdit, PrivateHistoryStaysLocal) {
  const EditOutcome outcome = put(query_history, "h", private_run);
  EXPECT_TRUE(outcome.local_only);
  EXPECT_FALSE(outcome.queued);
  EXPECT_EQ(store_.counts().pending, 0U);
  EXPECT_NE(shown(query_history, "h"), "");
  EXPECT_FALSE(erase(query_history, "h")->queued);
}

TEST_F(LocalEdit, TurningASyncedRunPrivateDeletesItElsewhereAndKeepsItHere) {
  pulled(row(query_history, "h", 2,
             R"({"favorite":false,"privacy_mode":"normal","query":"SELECT 1","success":true})"));
  EXPECT_TRUE(put(query_history, "h", private_run).queued);
  const DeviceRecord kept = record(query_history, "h");
  EXPECT_EQ(kept.edit->action, Action::remove);
  EXPECT_EQ(kept.edit->reason, "private");
  EXPECT_TRUE(kept.local_only);
  EXPECT_NE(kept.content, "");
}

TEST_F(LocalEdit, TurningAnUnsentRunPrivateSendsNothing) {
  put(query_history, "h", normal_run);
  EXPECT_FALSE(put(query_history, "h", private_run).queued);
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(LocalEdit, TurningAPrivateRunNormalSendsItAll) {
  put(query_history, "h", private_run);
  EXPECT_TRUE(put(query_history, "h", normal_run).queued);
  const DeviceRecord now = record(query_history, "h");
  EXPECT_FALSE(now.local_only);
  EXPECT_EQ(now.edit->action, Action::upsert);
}

// Its user has never seen the other device's run.
TEST_F(LocalEdit, APrivateRunThatTurnsNormalIsACreationWhateverTheServerHasUnderItsId) {
  put(query_history, "h", private_run);
  pulled(row(query_history, "h", 2, R"({"query":"SELECT 2"})"));
  EXPECT_TRUE(put(query_history, "h", normal_run).queued);
  const auto edit = record(query_history, "h").edit.value();
  EXPECT_EQ(edit.base, Rev{});
  EXPECT_EQ(edit.changed, texts({"favorite", "privacy_mode", "query", "success"}));
}

TEST_F(LocalEdit, ARunThatWasPrivateMeanwhileIsSentWithWhatWasEditedThen) {
  pulled(row(query_history, "h", 2,
             R"({"favorite":false,"privacy_mode":"normal","query":"SELECT 1","success":true})"));
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private","favorite":true})");
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"normal","favorite":true})");
  EXPECT_EQ(record(query_history, "h").edit->changed, texts({"favorite"}));
}

// Its user has not touched it.
TEST_F(LocalEdit, WhatOthersWroteStandsWhereARunTurnsNormalBeforeItsWithdrawalIsSent) {
  pulled(row(query_history, "h", 2,
             R"({"favorite":false,"privacy_mode":"normal","query":"SELECT 1","success":true})"));
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  put(query_history, "h", R"({"query":"SELECT 2","privacy_mode":"private"})");
  pulled(row(query_history, "h", 3,
             R"({"favorite":true,"privacy_mode":"normal","query":"SELECT 1","success":true})"));
  put(query_history, "h", R"({"query":"SELECT 2","privacy_mode":"normal"})");
  const DeviceRecord now = record(query_history, "h");
  EXPECT_EQ(now.edit->changed, texts({"query"}));
  EXPECT_EQ(now.content,
            R"({"favorite":true,"privacy_mode":"normal","query":"SELECT 2","success":true})");
}

TEST_F(LocalEdit, ARunThatWasPrivateWhileItWasOnItsWayIsSentWithWhatWasEditedThen) {
  put(query_history, "h", normal_run);
  freeze_all();
  put(query_history, "h", R"({"query":"SELECT 2","privacy_mode":"private"})");
  put(query_history, "h", R"({"query":"SELECT 2","privacy_mode":"normal"})");
  EXPECT_EQ(record(query_history, "h").edit->changed, texts({"query"}));
}

TEST_F(LocalEdit, ADevicesOwnPreferenceStaysLocalAndApartFromTheSharedOne) {
  const EditOutcome shared = put(preference, "theme", R"({"key":"theme","value":"dark"})");
  const EditOutcome own =
      put(preference, "theme", R"({"key":"theme","value":"light","device_id":"laptop-1"})");
  EXPECT_EQ(shared.id, "theme");
  EXPECT_NE(own.id, shared.id);
  EXPECT_TRUE(own.local_only);
  EXPECT_FALSE(own.queued);
  EXPECT_EQ(store_.counts().pending, 1U);
}

TEST_F(LocalEdit, APreferenceLivesUnderTheIdOfItsKey) {
  EXPECT_EQ(put(preference, "whatever", R"({"key":"editor.tabs","value":2})").id, "editor.tabs");
  EXPECT_FALSE(store_.find(preference, "whatever"));
}

TEST_F(LocalEdit, TheLocalTextKeepsItsSecretAndTheOutgoingOneDoesNot) {
  put(connection, "c", R"({"name":"db","type":"mysql","metadata":{"password":"canary","note":1}})");
  EXPECT_NE(shown(connection, "c").find("canary"), std::string::npos);
  const auto frozen = freeze_all();
  ASSERT_EQ(frozen.size(), 1U);
  EXPECT_EQ(frozen[0].content.find("canary"), std::string::npos);
  EXPECT_NE(frozen[0].content.find("note"), std::string::npos);
}

TEST_F(LocalEdit, TellsWhatOthersGetRedactedAndOfALocalRecordNothing) {
  const EditOutcome shared = put(saved_query, "q", query_text("a", "ALTER ROLE a PASSWORD 'q7Zx'"));
  ASSERT_EQ(shared.redacted.size(), 1U);
  EXPECT_EQ(shared.redacted[0].path, "$.query");
  EXPECT_FALSE(shared.redacted[0].rule.empty());
  EXPECT_TRUE(put_query("r", "a", "SELECT password FROM users").redacted.empty());
  EXPECT_TRUE(put(query_history, "h",
                  R"({"query":"ALTER ROLE a PASSWORD 'q7Zx'","privacy_mode":"private"})")
                  .redacted.empty());
}

TEST_F(LocalEdit, RefusesARecordWhoseNameIsACredential) {
  const std::string secret(key_of_a_provider);
  struct Case {
    EntityType type;
    std::string id;
    std::string data;
    std::string path;
  };
  const Case cases[] = {
      {saved_query, secret, query_text("a", "b"), "$.id"},
      {preference, "p", R"({"value":1,"key":")" + secret + R"("})", "$.key"},
      {preference, "p", R"({"value":1,"key":"in a text: )" + secret + R"("})", "$.key"},
      {saved_query, "q", R"({"name":"a","query":"b","connection_id":")" + secret + R"("})",
       "$.connection_id"}};
  for (const auto& [type, id, data, path] : cases) {
    const auto refused = try_put(type, id, data);
    ASSERT_FALSE(refused) << data;
    EXPECT_EQ(refused.error().code, ErrorCode::credential_leaked);
    EXPECT_EQ(refused.error().path, path);
    EXPECT_EQ(refused.error().message.find(secret), std::string::npos);
  }
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(LocalEdit, ARecordThatStaysHereMayHaveAnyName) {
  const std::string secret(key_of_a_provider);
  EXPECT_TRUE(put(query_history, secret, private_run).local_only);
  EXPECT_TRUE(
      put(preference, "p", R"({"device_id":"laptop-1","value":1,"key":")" + secret + R"("})")
          .local_only);
  EXPECT_EQ(try_put(query_history, secret, normal_run).error().code, ErrorCode::credential_leaked);
}

TEST_F(LocalEdit, NamesNoKeyThatIsACredentialWhenItRefusesWhatIsBelow) {
  std::string deep = "1";
  for (int i = 0; i < 57; ++i) deep = R"({"x":)" + deep + "}";
  const std::string secret(key_of_a_provider);
  for (const std::string& key : {secret, std::string(60, 'k') + "/" + secret}) {
    const auto refused = try_put(saved_query, "q",
                                 R"({"name":"a","query":"b","new":{")" + key + "\":" + deep + "}}");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::validation_error);
    EXPECT_EQ(refused.error().path.find(secret.substr(0, 4)), std::string::npos);
  }
}

TEST_F(LocalEdit, AChangedSecretAloneIsNoEdit) {
  pulled(row(connection, "c", 1, R"({"name":"db","type":"mysql","use_ssh":false})"));
  EXPECT_FALSE(put(connection, "c", R"({"name":"db","type":"mysql","password":"canary"})").queued);
  EXPECT_NE(shown(connection, "c").find("canary"), std::string::npos);
}

TEST_F(LocalEdit, DeletingAChatDeletesItsMessagesAndNoOthers) {
  put(ai_session, "s1", R"({"title":"one"})");
  put(ai_session, "s2", R"({"title":"two"})");
  for (const char* id : {"m1", "m2"}) {
    put(ai_message, id, R"({"session_id":"s1","role":"user","content":"hi"})");
  }
  put(ai_message, "m3", R"({"session_id":"s2","role":"user","content":"hi"})");
  ASSERT_TRUE(erase(ai_session, "s1"));
  EXPECT_EQ(shown(ai_message, "m1") + shown(ai_message, "m2"), "");
  EXPECT_NE(shown(ai_message, "m3"), "");
  EXPECT_EQ(store_.counts().pending, 2U);
}

TEST_F(LocalEdit, DeletesTheMessagesThatTheServerKnowsToo) {
  pulled(row(ai_session, "s", 1, R"({"title":"one"})"));
  pulled(row(ai_message, "m", 1, R"({"content":"hi","role":"user","session_id":"s"})"));
  ASSERT_TRUE(erase(ai_session, "s"));
  EXPECT_EQ(record(ai_message, "m").edit->action, Action::remove);
}

TEST_F(LocalEdit, DeletingWhatTheUserDoesNotSeeIsNotFound) {
  EXPECT_EQ(erase(saved_query, "q").error().code, ErrorCode::not_found);
  pulled_query();
  ASSERT_TRUE(erase(saved_query, "q"));
  EXPECT_EQ(erase(saved_query, "q").error().code, ErrorCode::not_found);
}

TEST_F(LocalEdit, RefusesWhatIsInvalidAndWritesNothing) {
  const auto refused = try_put(connection, "c", R"({"name":"db","type":"paper"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().path, "$.type");
  EXPECT_FALSE(try_put(saved_query, "no spaces", query_text("a", "b")));
  EXPECT_FALSE(try_put(saved_query, "q", "[]"));
  EXPECT_EQ(store_.counts().pending, 0U);
  EXPECT_TRUE(store_.list(connection, "", 10).empty());
}

TEST_F(LocalEdit, AnEditOfARecordInFlightHasTheBaseOfWhatWasSent) {
  pulled_query();
  put_query("q", "new", "SELECT 1");
  freeze_all();
  put_query("q", "new", "SELECT 2");
  const auto edit = record(saved_query, "q").edit.value();
  EXPECT_EQ(edit.base.version, Version{3});
  EXPECT_EQ(edit.changed, texts({"query"}));
}

TEST_F(LocalEdit, AfterARefusalTheNextEditTakesTheRefusedFieldsAlong) {
  pulled_query();
  put_query("q", "new", "SELECT 1");
  ChangeResult refused = applied(freeze_all()[0], 0);
  refused.status = Status::rejected;
  settle_as(refused);
  put_query("q", "new", "SELECT 2");
  EXPECT_EQ(record(saved_query, "q").edit->changed, texts({"name", "query"}));
}

}  // namespace
}  // namespace studiosync::testing
