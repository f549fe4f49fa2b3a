#include "core/sanitizer/redact.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

constexpr Rule one_rule{.id = "test.one"};
constexpr Rule other_rule{.id = "test.other"};

Hits hits_at(std::initializer_list<std::pair<std::size_t, std::size_t>> ranges) {
  Hits hits;
  for (const auto& [begin, end] : ranges) add_hit(hits, one_rule, begin, end);
  return hits;
}

TEST(Redact, ReplacesEachHitAndNothingElse) {
  EXPECT_EQ(redact("a secret b other c", hits_at({{2, 8}, {11, 16}})),
            "a [REDACTED] b [REDACTED] c");
  EXPECT_EQ(redact("plain", {}), "plain");
}

TEST(Redact, GivesABareTokenTheQuotesThatItNeeds) {
  Hits hits;
  add_hit(hits, one_rule, 0, 4, Replace::literal);
  add_hit(hits, one_rule, 5, 10, Replace::quoted_name);
  EXPECT_EQ(redact("0x53 tiger", hits), "'[REDACTED]' \"[REDACTED]\"");
}

TEST(Redact, AddsNoQuoteBesideAQuote) {
  Hits hits;
  add_hit(hits, one_rule, 3, 8, Replace::literal);
  EXPECT_EQ(redact("'a'tiger b", hits), "'a'[REDACTED] b");
}

TEST(JoinHits, MakesOneOfThoseThatOverlap) {
  Hits hits = hits_at({{10, 20}, {0, 5}, {15, 25}, {12, 14}, {25, 30}, {7, 7}});
  join_hits(hits);
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_EQ(hits[0].end(), 5U);
  EXPECT_EQ(hits[1].begin, 10U);
  EXPECT_EQ(hits[1].end(), 25U);
  EXPECT_EQ(hits[2].begin, 25U);
}

TEST(JoinHits, KeepsTheRuleOfTheLongerOfTwoThatBeginAlike) {
  Hits hits;
  add_hit(hits, one_rule, 3, 5);
  add_hit(hits, other_rule, 3, 9);
  join_hits(hits);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].rule, &other_rule);
}

TEST(CleanText, HasNothingToSayAboutACleanText) {
  EXPECT_FALSE(clean_text("SELECT password_hash FROM users WHERE token = $1", TextAs::sql));
  EXPECT_FALSE(clean_text("", TextAs::text));
}

// The validator would have had it withheld as a whole.
TEST(CleanText, FindsAPasswordThatBeginsLikeTheNameOfATechnique) {
  const auto cleaned = clean_text("host=db.example.com password=mD5O34r5cTB1", TextAs::text);
  ASSERT_TRUE(cleaned);
  EXPECT_EQ(cleaned->text, "host=db.example.com password=[REDACTED]");
}

TEST(CleanText, KeepsWhereACredentialIsKept) {
  constexpr std::string_view text =
      "DB_HOST=db\nDB_PASSWORD=/run/secrets/db_password\nDB_USER=app\n";
  EXPECT_FALSE(clean_text(text, TextAs::text));
  EXPECT_FALSE(clean_text(text, TextAs::sql));
}

TEST(CleanText, LeavesATextThatIsClean) {
  for (const TextAs as : {TextAs::sql, TextAs::text}) {
    const auto cleaned = clean_text("ALTER USER bob PASSWORD 'kR7#mq2Lx'", as);
    ASSERT_TRUE(cleaned);
    EXPECT_EQ(cleaned->text, "ALTER USER bob PASSWORD '[REDACTED]'");
    EXPECT_FALSE(clean_text(cleaned->text, as));
  }
}

TEST(Scan, LooksIntoStringsInStringsAndCommentsInThem) {
  constexpr std::string_view text =
      "SELECT dblink('h', 'SELECT dblink(''i'', ''ALTER ROLE x PASSWORD ''''kR7#mq2Lx'''' '')')";
  const auto cleaned = clean_text(text, TextAs::sql);
  ASSERT_TRUE(cleaned);
  EXPECT_EQ(cleaned->text,
            "SELECT dblink('h', 'SELECT dblink(''i'', ''ALTER ROLE x PASSWORD "
            "''''[REDACTED]'''' '')')");
}

TEST(Scan, JoinsWhatConcatenationSplits) {
  const auto cleaned = clean_text("SELECT 'postgres://bob:kR7mq' || '2Lx@db/app'", TextAs::sql);
  ASSERT_TRUE(cleaned);
  EXPECT_EQ(cleaned->text, "SELECT 'postgres://bob:[REDACTED]' || '[REDACTED]@db/app'");
}

}  // namespace
}  // namespace studiosync
