#include "core/sanitizer/sql/sql_reading.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/sql/lex_laws.hpp"
#include "tests/core/sanitizer/sql/lexed.hpp"

namespace studiosync {
namespace {

TEST(SqlReading, OrdinarySqlHasOneReading) {
  for (const std::string_view sql : {
           "",
           "SELECT a, b FROM t WHERE c = 'x' AND d >= 1.5 -- why\nORDER BY 1 /* up */;",
           "INSERT INTO t VALUES (1, 'it''s', NULL), (2, '', 'a-b/c');",
           "SELECT '{\"a\": [1, 2]}', '#ff0000', '// no', '$$', '--x' FROM t /* # \" [ ' */",
           "SELECT data->>'a' FROM t -- see https://example.com/a#b \"c\" [d]",
           "SELECT /*+ hint */ :a, $1, ?, 'https://example.com//x' FROM t",
           "ALTER USER a IDENTIFIED BY [REDACTED]; pwd=[REDACTED]",
       }) {
    EXPECT_EQ(readings_of(sql).size(), 1U) << sql;
    EXPECT_EQ(readings_of(sql)[0], SqlReading::standard());
  }
}

TEST(SqlReading, DialectsPartWhereTheirGrammarsDo) {
  struct Case {
    std::string_view sql;
    const SqlReading& other;
  };
  const Case cases[] = {
      {R"('a\' b')", SqlReading::mysql()},
      {R"('C:\temp')", SqlReading::snowflake()},
      {R"(`a\`b`)", SqlReading::clickhouse()},
      {"SELECT 1 # it's", SqlReading::mysql()},
      {"a#b", SqlReading::bigquery()},
      {"a // it's", SqlReading::snowflake()},
      {"5--1", SqlReading::mysql()},
      {"/* a /* b */ c", SqlReading::oracle()},
      {"SELECT [a b]", SqlReading::sql_server()},
      {"SELECT a[1]", SqlReading::sqlite()},
      {"SELECT [REDACTED]]'x'", SqlReading::sqlite()},
      {R"(SELECT "a")", SqlReading::mysql()},
      {"/*!40101 SET a = 'b' */", SqlReading::mysql()},
      {"/*M! SET a = 'b' */", SqlReading::mysql()},
      {"q'[it's]'", SqlReading::oracle()},
      {"NQ'(a)'", SqlReading::oracle()},
      {"'''it's'''", SqlReading::bigquery()},
      {"$$it's$$", SqlReading::oracle()},
      {"$a$it's$a$", SqlReading::mysql()},
      {"$b", SqlReading::standard()},
      {"‘it's’", SqlReading::clickhouse()},
      {"  REM it's", SqlReading::oracle()},
      {"a\n        PROMPT it's", SqlReading::oracle()},
  };
  for (const Case& parted : cases) {
    const bool differ = lex(parted.sql, SqlReading::standard()) != lex(parted.sql, parted.other);
    EXPECT_EQ(may_differ(parted.sql, SqlReading::standard(), parted.other), differ) << parted.sql;
    EXPECT_EQ(may_differ(parted.sql, parted.other, SqlReading::standard()), differ) << parted.sql;
    EXPECT_EQ(differ, &parted.other != &SqlReading::standard()) << parted.sql;
  }
}

TEST(SqlReading, ReadingsOfATextAreTheDistinctOnes) {
  EXPECT_EQ(readings_of(R"(SELECT "a" FROM "b")").size(), 2U);
  EXPECT_EQ(readings_of(R"(SELECT 'C:\temp')").size(), 2U);
  EXPECT_EQ(readings_of(R"(SELECT "a", 'C:\temp')").size(), 3U);
  EXPECT_EQ(readings_of("SELECT [a], 5--1").size(), 3U);
}

TEST(SqlReading, MarksNearTheEndsOfBlocksAreSeen) {
  for (std::size_t before = 0; before < 40; ++before) {
    for (const std::string_view tail :
         {"\\'", "#", "[", "q'", "'''", "--a", "//", "/*!", "$$", "‘"}) {
      const std::string text = std::string(before, ' ').append(tail);
      EXPECT_EQ(broken_law(text), "") << text;
    }
  }
}

TEST(SqlReading, NoDifferenceIsOverlookedOrImagined) {
  Random random(2);
  for (int run = 0; run < 3000; ++run) {
    const std::string text = provoking_text(random);
    ASSERT_EQ(broken_law(text), "") << text;
  }
}

// Single bytes rather than pieces: other neighbours meet.
TEST(SqlReading, NoDifferenceIsOverlookedInRandomBytes) {
  constexpr std::string_view alphabet = "'\"`[]\\#-/*!$qE()a \n";
  Random random(3);
  for (int run = 0; run < 3000; ++run) {
    std::string text;
    for (std::uint64_t left = random.below(64); left > 0; --left) {
      text += alphabet[random.below(alphabet.size())];
    }
    ASSERT_EQ(broken_law(text), "") << text;
  }
}

// Long plain stretches: the search for marks jumps over them.
TEST(SqlReading, NoDifferenceIsOverlookedBetweenPlainStretches) {
  Random random(4);
  for (int run = 0; run < 1000; ++run) {
    std::string text;
    for (std::uint64_t left = random.below(6); left > 0; --left) {
      text.append(random.below(80), random.below(2) == 0 ? 'a' : ' ')
          .append(provoking_text(random));
    }
    ASSERT_EQ(broken_law(text), "") << text;
  }
}

}  // namespace
}  // namespace studiosync
