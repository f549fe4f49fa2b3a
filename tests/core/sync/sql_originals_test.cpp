// The same for the text of queries.
#include "core/sync/originals.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

const std::string statement = "ALTER USER app PASSWORD 'k7RqP2mWz9Lx'";
const std::string sent_statement = "ALTER USER app PASSWORD '[REDACTED]'";

class SqlOriginals : public DeviceTest {
 protected:
  SqlOriginals() {
    put_query("q", "rotate", statement);
    settle_as(applied(freeze_all().at(0), 1));
  }
};

TEST_F(SqlOriginals, ThePasswordStaysHereAndIsMarked) {
  EXPECT_EQ(shown(saved_query, "q"), query_text("rotate", statement));
  EXPECT_EQ(record(saved_query, "q").redacted, texts({"query"}));
  EXPECT_EQ(record(saved_query, "q").shadow->content, query_text("rotate", sent_statement));
}

TEST_F(SqlOriginals, ThePasswordStaysWhenTheOtherSideRenamesTheQuery) {
  pulled(row(saved_query, "q", 2, query_text("renamed", sent_statement)));
  EXPECT_EQ(shown(saved_query, "q"), query_text("renamed", statement));
}

TEST_F(SqlOriginals, TheStatementIsPutAsideWhenTheOtherSideRewritesIt) {
  pulled(row(saved_query, "q", 2, query_text("rotate", "SELECT 1")));
  EXPECT_EQ(shown(saved_query, "q"), query_text("rotate", "SELECT 1"));
  ASSERT_EQ(store_.originals().size(), 1U);
  EXPECT_EQ(store_.originals()[0].value, Json(statement).canonical());
}

TEST_F(SqlOriginals, SavingItAgainIsNoEdit) {
  EXPECT_FALSE(put_query("q", "rotate", statement).queued);
}

}  // namespace
}  // namespace studiosync::testing
