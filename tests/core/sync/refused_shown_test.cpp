// Which fields of refused texts a record shows, and which are on the list only.
#include "tests/core/sync/refused_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// The server has a query; a folder for it was refused.
class RefusedFolder : public Refused {
 protected:
  void SetUp() override {
    Refused::SetUp();
    pulled(first_);
    put(saved_query, "q", query_text("old", "SELECT 0", "refused"));
    refused_ = refuse_all(ErrorCode::quota_exceeded);
  }
  RejectedChange entry() {
    EXPECT_EQ(store_.rejected().size(), 1U);
    return store_.rejected().at(0);
  }
  // Others' edit of the name has met the user's delete, which lost.
  void lose_delete(std::string_view folder) {
    EXPECT_TRUE(erase(saved_query, "q"));
    const FrozenChange removal = freeze_all().at(0);
    Record theirs = row(saved_query, "q", 9, query_text("theirs", "SELECT 0", folder));
    theirs.field_versions = {{"query", Version{9}, first_.origin}};
    if (query().shadow->last_change_of("folder").version > Version{1}) {
      const Origin own = query().shadow->last_change_of("folder").origin;
      theirs.field_versions.insert(theirs.field_versions.begin(), {"folder", Version{9}, own});
    }
    settle_as(answered(removal, Status::conflict, theirs));
  }

  const Record first_ = row(saved_query, "q", 1, query_text("old", "SELECT 0"));
  ChangeId refused_;
};

TEST_F(RefusedFolder, IsShown) {
  EXPECT_EQ(entry().shown, texts({"folder"}));
  EXPECT_EQ(entry().replaced, texts({}));
}

TEST_F(RefusedFolder, IsOnTheListOnlyWhereOthersWroteOne) {
  Record theirs = row(saved_query, "q", 2, query_text("old", "SELECT 0", "theirs"));
  theirs.field_versions = {{"name", Version{1}, first_.origin},
                           {"query", Version{1}, first_.origin}};
  pulled(theirs);
  EXPECT_EQ(entry().shown, texts({}));
  EXPECT_EQ(entry().replaced, texts({"folder"}));
}

// It had none before, and none is there now: the mark says that it was left out.
TEST_F(RefusedFolder, IsNoPartOfARecordThatOthersMadeAnew) {
  Record anew = row(saved_query, "q", 3, query_text("old", "SELECT 0"));
  anew.field_versions = {{std::string(any_field), Version{3}, anew.origin}};
  pulled(anew);
  EXPECT_EQ(query().content, anew.content);
  EXPECT_EQ(entry().shown, texts({}));
  EXPECT_EQ(entry().replaced, texts({"folder"}));
}

TEST_F(RefusedFolder, IsShownStillWhereAnEqualFieldGotANewVersion) {
  Record again = row(saved_query, "q", 5, query_text("old", "SELECT 0"));
  again.origin = first_.origin;
  pulled(again);
  EXPECT_EQ(query().content, query_text("old", "SELECT 0", "refused"));
  EXPECT_EQ(entry().shown, texts({"folder"}));
}

TEST_F(RefusedFolder, IsInNeitherListWhereTheServerTookALaterOne) {
  put(saved_query, "q", query_text("old", "SELECT 0", "taken"));
  settle_as(applied(freeze_all().at(0), 2));
  EXPECT_EQ(entry().shown, texts({}));
  EXPECT_EQ(entry().replaced, texts({}));
  lose_delete("taken");
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 0", "taken"));
}

TEST_F(RefusedFolder, IsOnTheListOnlyWhereALaterOneLostToOthers) {
  put(saved_query, "q", query_text("old", "SELECT 0", "later"));
  settle_as(answered(freeze_all().at(0), Status::conflict,
                     row(saved_query, "q", 2, query_text("old", "SELECT 0", "theirs"))));
  EXPECT_EQ(entry().replaced, texts({"folder"}));
  EXPECT_EQ(retry(refused_).error().code, ErrorCode::version_conflict);
}

TEST_F(RefusedFolder, ThatWasSetBackDoesNotComeBackWithTheRecord) {
  put_query("q", "old", "SELECT 0");
  EXPECT_EQ(entry().shown, texts({}));
  lose_delete("");
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 0"));
}

TEST_F(RefusedFolder, ThatWasSetBackBeforeItsRefusalIsNotShown) {
  put(saved_query, "q", query_text("old", "SELECT 0", "next"));
  const FrozenChange sent = freeze_all().at(0);
  put_query("q", "new", "SELECT 0");
  refuse(sent);
  EXPECT_EQ(freeze_all().at(0).changed, texts({"name"}));
  EXPECT_EQ(shown_fields(store_, {saved_query, "q"}), texts({}));
}

TEST_F(RefusedFolder, ComesBackUponOthersTextWhereItsDeleteLoses) {
  lose_delete("");
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 0", "refused"));
  ASSERT_TRUE(retry(refused_));
  EXPECT_EQ(freeze_all().at(0).changed, texts({"folder"}));
}

TEST_F(RefusedFolder, ComesBackWhereOthersEditShowsARecordWhoseDeleteIsHeld) {
  EXPECT_TRUE(erase(saved_query, "q"));
  refuse_all(ErrorCode::mass_delete_held);
  Record theirs = row(saved_query, "q", 2, query_text("theirs", "SELECT 0"));
  theirs.field_versions = {{"query", Version{1}, first_.origin}};
  pulled(theirs);
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 0", "refused"));
}

TEST_F(RefusedFolder, StaysWithARecordThatTurnsPrivateInTheRecord) {
  put(query_history, "h", R"({"query":"SELECT 1"})");
  const ChangeId refused = refuse_all();
  put(query_history, "h", R"({"privacy_mode":"private","query":"SELECT 1"})");
  EXPECT_TRUE(retry(refused));
  EXPECT_NE(shown(query_history, "h").find("SELECT 1"), std::string::npos);
}

// Others wrote it while an edit waited, in whose place a delete came.
TEST_F(RefusedFolder, IsOnTheListOnlyWhereOthersWroteOneBelowAnUnsentEdit) {
  put(saved_query, "q", query_text("new", "SELECT 0", "refused"));
  pulled(row(saved_query, "q", 2, query_text("old", "SELECT 0", "theirs")));
  EXPECT_EQ(entry().replaced, texts({"folder"}));
}

TEST_F(RefusedFolder, StaysOnTheListWhereItsRecordIsWithdrawnBelowAnEditOnItsWay) {
  put(saved_query, "q", query_text("new", "SELECT 0", "refused"));
  freeze_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  EXPECT_EQ(retry(refused_).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
}

TEST_F(RefusedFolder, DoesNotComeBackWhereTheServerTookALaterOne) {
  put(saved_query, "q", query_text("old", "SELECT 0", "taken"));
  settle_as(applied(freeze_all().at(0), 2));
  pulled(tombstone(saved_query, "q", 3));
  ASSERT_TRUE(retry(refused_));
  EXPECT_EQ(query().content, "");
  EXPECT_TRUE(store_.rejected().empty());
}

TEST_F(RefusedFolder, ThatBecameACopyLeavesTheListWhenItIsTriedAgain) {
  put(saved_query, "q", query_text("old", "SELECT 0", "later"));
  pulled(row(saved_query, "c-1", 1, query_text("old (copy)", "SELECT 0", "later")));
  ChangeResult copied = answered(freeze_all().at(0), Status::conflict,
                                 row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  copied.copy_id = "c-1";
  settle_as(copied);
  ASSERT_TRUE(retry(refused_));
  EXPECT_TRUE(store_.rejected().empty());
}

// What the user wrote upon others' text is not part of the one below that.
TEST_F(Refused, ATextBelowOthersComesBackAsItWas) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId first = refuse_all();
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  put_query("q", "mine, again", "SELECT 0");
  refuse_all();
  pulled(tombstone(saved_query, "q", 3));
  ASSERT_TRUE(retry(first));
  EXPECT_EQ(query().content, query_text("mine", "SELECT 0"));
}

TEST_F(Refused, ACreationIsNoPartOfAnothersRecord) {
  put(saved_query, "q", query_text("mine", "SELECT 1", "folder"));
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  const Record theirs = row(saved_query, "q", 1, query_text("theirs", "SELECT 2"));
  pulled(theirs);
  EXPECT_EQ(query().content, theirs.content);
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
}

}  // namespace
}  // namespace studiosync::testing
