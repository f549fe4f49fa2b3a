// What becomes of an edit that the sanitizer lets through and the validator does not.
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

class LeakRefusal : public DeviceTest {
 protected:
  Frozen freeze_some(std::size_t changes_max) {
    EXPECT_TRUE(store_.begin());
    Frozen frozen = freeze(store_, {changes_max, 1U << 20}, now_, random_);
    EXPECT_TRUE(store_.commit());
    return frozen;
  }
};

TEST_F(LeakRefusal, KeepsTheTextHereAndGivesTheChangeNoPlaceInTheStream) {
  put_query("bad", "FORBIDDEN", "SELECT 1");
  put_query("good", "fine", "SELECT 1");
  const Frozen frozen = freeze_some(10);
  ASSERT_EQ(frozen.changes.size(), 1U);
  EXPECT_EQ(frozen.changes[0].id, "good");
  EXPECT_EQ(frozen.changes[0].seq, DeviceSeq{1});
  ASSERT_EQ(frozen.refused.size(), 1U);
  EXPECT_EQ(frozen.refused[0].error.code, ErrorCode::credential_leaked);
  EXPECT_NE(shown(EntityType::saved_query, "bad").find("FORBIDDEN"), std::string::npos);
}

TEST_F(LeakRefusal, ShowsTheChangeInTheRejectedListOnce) {
  put_query("bad", "FORBIDDEN", "SELECT 1");
  freeze_some(10);
  freeze_some(10);
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].change.id, "bad");
  EXPECT_FALSE(store_.rejected()[0].change.change.nil());
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(LeakRefusal, ABatchOfRefusedChangesDoesNotHideThoseBehindIt) {
  put_query("a", "FORBIDDEN", "SELECT 1");
  put_query("b", "FORBIDDEN", "SELECT 1");
  put_query("c", "fine", "SELECT 1");
  const Frozen frozen = freeze_some(1);
  EXPECT_TRUE(frozen.changes.empty());
  EXPECT_TRUE(frozen.more);
}

TEST_F(LeakRefusal, AMendedRecordGoesOut) {
  put_query("bad", "FORBIDDEN", "SELECT 1");
  freeze_some(10);
  put_query("bad", "mended", "SELECT 1");
  EXPECT_EQ(freeze_some(10).changes.size(), 1U);
}

}  // namespace
}  // namespace studiosync::testing
