#include "core/sanitizer/text/text_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

TextFacts facts(std::string_view text, TextKind kind) {
  static constexpr auto words = std::to_array<TriggerWord>({{"identified"}, {"encryption"}});
  static const TextRules rules(words);
  Hits hits;
  return rules.find(text, kind, hits);
}

TEST(TextRules, TellWhetherAWordOfTheSqlRulesOccurs) {
  for (const TextKind kind : {TextKind::prose, TextKind::code}) {
    EXPECT_FALSE(facts("CREATE USER a IDENTIFIED BY x", kind).sql_places.empty());
    EXPECT_FALSE(facts("unidentified", kind).sql_places.empty());
    EXPECT_TRUE(facts("SELECT identity FROM users", kind).sql_places.empty());
    EXPECT_TRUE(facts("", kind).sql_places.empty());
  }
}

TEST(TextRules, TellThatLiteralsOfSqlMustBeLookedInto) {
  for (const std::string_view text :
       {"SELECT 'login: app / x'", "COPY t FROM PROGRAM 'curl -u a:b h'", "SELECT 'my PIN: 4711'",
        "SELECT 'pass'||'word'", "SELECT 'pass' || f(x)", "SELECT 'pass' + 'word'",
        "SELECT Concat('a', b)"}) {
    EXPECT_FALSE(facts(text, TextKind::code).sql_places.empty()) << text;
  }
  for (const std::string_view text : {"SELECT zip FROM t", "SELECT a + b, c || d FROM t"}) {
    EXPECT_TRUE(facts(text, TextKind::code).sql_places.empty()) << text;
  }
}

TEST(TextRules, ReadTheLinesOfClientsAmongSql) {
  const TextRules rules({});
  for (const std::string_view text :
       {"!!sqlcmd -S h -P Wq7hT2p", "SELECT 1;\n\\! mysql -pWq7hT2p\nSELECT 2",
        ":connect h -U u -P Wq7hT2p", ".logon h/u,Wq7hT2p;", "CONFIG SET requirepass Wq7hT2p",
        ".shell PGPASSWORD=Wq7hT2p psql", "mysql -u root -pWq7hT2p <<SQL\nSELECT 1\nSQL"}) {
    Hits hits;
    rules.find(text, TextKind::code, hits);
    EXPECT_FALSE(hits.empty()) << text;
    for (const Hit& hit : hits) EXPECT_EQ(text.substr(hit.begin, hit.size), "Wq7hT2p");
  }
}

TEST(TextRules, AreToldApartByTheirIds) {
  std::set<std::string_view> ids;
  for (const Rule* rule : text_rules()) EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
}

TEST(TextRules, SayWhatTheyAre) {
  for (const Rule* rule : text_rules()) {
    EXPECT_FALSE(rule->title.empty()) << rule->id;
    EXPECT_FALSE(rule->title.ends_with('.')) << rule->id;
    EXPECT_TRUE(rule->why.ends_with('.') || rule->why.ends_with("…")) << rule->id;
  }
}

TEST(TextRules, FireOnTheirOwnExamples) {
  const TextRules rules({});
  for (const Rule* rule : text_rules()) {
    Hits hits;
    rules.find(rule->example, TextKind::prose, hits);
    EXPECT_TRUE(std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
      return hit.rule == rule;
    })) << rule->id;
  }
}

TEST(TextRules, StayWithinTheTextWhateverItsBytesAre) {
  const TextRules rules({});
  std::string text = "-----BEGIN PRIVATE KEY-----\\";
  for (const Rule* rule : text_rules()) text += std::string(rule->example) + '\0' + "\xff%";
  for (std::size_t size = 0; size <= text.size(); size += 1 + size / 16) {
    for (const std::string& part : {text.substr(0, size), text.substr(text.size() - size)}) {
      Hits hits;
      rules.find(part, TextKind::prose, hits);
      for (const Hit& hit : hits) {
        EXPECT_LE(hit.end(), part.size()) << hit.rule->id;
        EXPECT_GT(hit.size, 0U) << hit.rule->id;
      }
    }
  }
}

}  // namespace
}  // namespace studiosync
