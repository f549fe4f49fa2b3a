// An upgrade of the sanitizer's rules: what was redacted by the old ones is no edit, and its
// original stays.
#include "core/sync/originals.hpp"
#include "tests/core/sync/rules/two_rule_sets.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class RulesChange : public DeviceTest {
 protected:
  RulesChange() {
    rule_set = 1;
    put_query("q", "mine", "SELECT <secret>");
    settle_as(applied(freeze_all().at(0), 1));
  }
  DeviceRecord query() { return record(saved_query, "q"); }
};

TEST_F(RulesChange, TheFieldIsMarkedAndSentRedacted) {
  EXPECT_EQ(query().shadow->content, query_text("mine", "SELECT <1>"));
  EXPECT_EQ(query().redacted, texts({"query"}));
}

TEST_F(RulesChange, SavingTheSameTextIsNoEdit) {
  for (const int rules : {0, 2}) {
    rule_set = rules;
    EXPECT_FALSE(put_query("q", "mine", "SELECT <secret>").queued);
    EXPECT_EQ(query().redacted, texts({"query"}));
  }
}

TEST_F(RulesChange, AnEditOfAnotherFieldNamesThatFieldOnly) {
  rule_set = 2;
  put_query("q", "renamed", "SELECT <secret>");
  EXPECT_EQ(query().edit->changed, texts({"name"}));
}

TEST_F(RulesChange, AnEditOfTheFieldNamesIt) {
  rule_set = 2;
  put_query("q", "mine", "SELECT <secret>, 2");
  EXPECT_EQ(query().edit->changed, texts({"query"}));
  EXPECT_EQ(query().redacted, texts({}));
}

// What was sent of the field differs from what the server has, and nobody edited it.
TEST_F(RulesChange, TheOriginalStaysWhenTheServersTextStaysAsItWas) {
  rule_set = 2;
  put_query("q", "renamed", "SELECT <secret>");
  const FrozenChange sent = freeze_all().at(0);
  EXPECT_EQ(sent.content, query_text("renamed", "SELECT <2>"));
  settle_as(answered(sent, Status::merged,
                     row(saved_query, "q", 2, query_text("renamed", "SELECT <1>"))));
  EXPECT_EQ(query().content, query_text("renamed", "SELECT <secret>"));
  EXPECT_EQ(query().redacted, texts({"query"}));
  EXPECT_TRUE(store_.originals().empty());
}

TEST_F(RulesChange, TheOriginalStaysWhenTheOtherSideEditsAnotherField) {
  rule_set = 2;
  pulled(row(saved_query, "q", 2, query_text("renamed", "SELECT <1>")));
  EXPECT_EQ(query().content, query_text("renamed", "SELECT <secret>"));
  EXPECT_EQ(query().redacted, texts({"query"}));
}

TEST_F(RulesChange, TheOriginalStaysWhenTheServerRedactsByTheNewRules) {
  rule_set = 2;
  pulled(row(saved_query, "q", 2, query_text("mine", "SELECT <2>")));
  EXPECT_EQ(query().content, query_text("mine", "SELECT <secret>"));
  EXPECT_EQ(query().redacted, texts({"query"}));
}

TEST_F(RulesChange, AMarkedOriginalIsPutAsideEvenWhereTheNewRulesWouldLeaveIt) {
  rule_set = 0;
  pulled(row(saved_query, "q", 2, query_text("mine", "SELECT 2")));
  ASSERT_EQ(store_.originals().size(), 1U);
  EXPECT_EQ(store_.originals()[0].value, R"("SELECT <secret>")");
}

TEST_F(RulesChange, AMarkedOriginalBelowAnUnsyncedEditIsPutAsideToo) {
  rule_set = 0;
  put_query("q", "renamed", "SELECT <secret>");
  pulled(row(saved_query, "q", 2, query_text("mine", "SELECT 2")));
  settle_as(answered(freeze_all().at(0), Status::merged,
                     row(saved_query, "q", 3, query_text("renamed", "SELECT 2"))));
  EXPECT_EQ(query().content, query_text("renamed", "SELECT 2"));
  ASSERT_EQ(store_.originals().size(), 1U);
}

TEST_F(RulesChange, TheOriginalStaysWhenARefusedEditOfAnotherFieldIsGivenUp) {
  put_query("q", "too long", "SELECT <secret>");
  ChangeResult refused = applied(freeze_all().at(0), 0);
  refused.status = Status::rejected;
  settle_as(refused);
  rule_set = 2;
  DeviceRecord given_up = query();
  ASSERT_TRUE(store_.begin());
  show_server_version(store_, given_up, now_);
  ASSERT_TRUE(store_.commit());
  EXPECT_EQ(given_up.content, query_text("mine", "SELECT <secret>"));
  EXPECT_TRUE(store_.originals().empty());
}

// As a program without marks left it.
TEST_F(RulesChange, AnUnmarkedFieldThatNobodyEditedGetsItsMark) {
  DeviceRecord unmarked = query();
  unmarked.redacted.clear();
  ASSERT_TRUE(store_.begin());
  store_.put(unmarked);
  ASSERT_TRUE(store_.commit());
  rule_set = 2;
  put_query("q", "renamed", "SELECT <secret>");
  EXPECT_EQ(query().edit->changed, texts({"name"}));
  EXPECT_EQ(query().redacted, texts({"query"}));
}

TEST_F(RulesChange, ATextThatWasStoredWholeUnderWeakerRulesStaysHere) {
  pulled(row(saved_query, "w", 1, query_text("whole", "SELECT <secret>")));
  EXPECT_FALSE(put_query("w", "whole", "SELECT <secret>").queued);
  pulled(row(saved_query, "w", 2, query_text("whole", "SELECT <1>")));
  EXPECT_EQ(shown(saved_query, "w"), query_text("whole", "SELECT <secret>"));
}

TEST_F(RulesChange, ARefusedFieldStillGoesAlongWithTheNextEdit) {
  put_query("q", "mine", "SELECT <secret>, 2");
  ChangeResult refused = applied(freeze_all().at(0), 0);
  refused.status = Status::rejected;
  settle_as(refused);
  put_query("q", "renamed", "SELECT <secret>, 2");
  EXPECT_EQ(query().edit->changed, texts({"name", "query"}));
}

}  // namespace
}  // namespace studiosync::testing
