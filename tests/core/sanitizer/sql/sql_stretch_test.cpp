#include "core/sanitizer/sql/sql_stretch.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace studiosync {
namespace {

using Found = std::vector<std::string>;

Found stretches_of(std::string_view text) {
  Found found;
  SqlStretches stretches(text);
  while (const auto stretch = stretches.next()) {
    found.emplace_back(text.substr(stretch->begin, stretch->end - stretch->begin));
  }
  return found;
}

TEST(SqlStretch, StatementsThatDialectsReadAlikeAreNone) {
  EXPECT_EQ(stretches_of(""), Found{});
  EXPECT_EQ(stretches_of("SELECT 'it''s'; UPDATE t SET a = 1; -- why"), Found{});
}

TEST(SqlStretch, IsTheStatementThatIsReadDifferently) {
  EXPECT_EQ(stretches_of(R"(SELECT 1; SELECT "a"; SELECT 2;)"), Found{R"( SELECT "a";)"});
  EXPECT_EQ(stretches_of(R"(SELECT "a"; SELECT 1; SELECT "b")"),
            (Found{R"(SELECT "a";)", R"( SELECT "b")"}));
}

TEST(SqlStretch, GoesOnUntilAStatementEndsInBothReadings) {
  EXPECT_EQ(stretches_of("/*!40101 SELECT 1; */ SELECT 2; SELECT 3"),
            Found{"/*!40101 SELECT 1; */ SELECT 2;"});
  EXPECT_EQ(stretches_of(R"(SELECT 'a\'; SELECT 2; SELECT 3)"),
            Found{R"(SELECT 'a\'; SELECT 2; SELECT 3)"});
}

TEST(SqlStretch, SemicolonsBetweenArgumentsEndNoStatement) {
  EXPECT_EQ(stretches_of(R"(SELECT "a", openrowset('p'; 'q'; 'r'); SELECT 2)"),
            Found{R"(SELECT "a", openrowset('p'; 'q'; 'r');)"});
}

TEST(SqlStretch, RowsOfCopyAreNoStatements) {
  EXPECT_EQ(stretches_of("COPY t FROM stdin;\na;\"b;\nc\n\\.\nSELECT 1;"), Found{});
}

}  // namespace
}  // namespace studiosync
