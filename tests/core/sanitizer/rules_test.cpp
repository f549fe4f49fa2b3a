#include "core/sanitizer/rules.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "core/sanitizer/validator/validator_rules.hpp"

namespace studiosync {
namespace {

std::vector<const Rule*> rules_of_texts() {
  std::vector<const Rule*> rules;
  for (const Rule* rule : all_rules()) {
    if (rule->id.starts_with("structural.") || rule->id.starts_with("validator.")) continue;
    if (rule == &withheld_rule()) continue;  // what it stands for is in no text that we know
    rules.push_back(rule);
  }
  return rules;
}

TextAs kind_of(const Rule& rule) {
  return rule.example_is_sql ? TextAs::sql : TextAs::text;
}

TEST(Rules, HaveIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const Rule* rule : all_rules()) EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
  for (const Rule* rule : all_rules()) EXPECT_EQ(find_rule(rule->id), rule);
  EXPECT_EQ(find_rule("sql.no_such_rule"), nullptr);
}

TEST(Rules, FireExactlyOnceInTheirExample) {
  for (const Rule* rule : rules_of_texts()) {
    int fired = 0;
    for (const Hit& hit : scan(rule->example, kind_of(*rule))) fired += hit.rule == rule;
    EXPECT_EQ(fired, 1) << rule->id << ": " << rule->example;
  }
}

TEST(Rules, LeaveAnExampleThatTheValidatorAccepts) {
  for (const Rule* rule : rules_of_texts()) {
    const auto cleaned = clean_text(rule->example, kind_of(*rule));
    ASSERT_TRUE(cleaned.has_value()) << rule->id;
    EXPECT_TRUE(check_clean(Json(cleaned->text).canonical()).has_value()) << cleaned->text;
  }
}

TEST(Rules, OfTheStructureRemoveAMemberOfTheirExample) {
  for (const Rule* rule : structural_rules()) {
    auto data = parse_json(rule->example);
    ASSERT_TRUE(data.has_value()) << rule->example;
    const auto findings = sanitize(spec_of(EntityType::connection), *data);
    ASSERT_EQ(findings.size(), 1U) << rule->example;
    EXPECT_EQ(findings.front().rule, rule->id);
  }
}

// What the validator refuses and the redactor leaves would keep a record from ever being synced.
TEST(Rules, OfTheValidatorRefuseNothingThatIsRedacted) {
  for (const Rule* rule : validator_rules()) {
    const std::string example(rule->example);
    const bool content = example.starts_with('{');  // others are texts
    if (content || example.empty()) continue;
    EXPECT_FALSE(check_clean(Json(example).canonical()).has_value()) << rule->id;
    for (const TextAs as : {TextAs::sql, TextAs::text}) {
      const auto cleaned = clean_text(example, as);
      const std::string& left = cleaned ? cleaned->text : example;
      EXPECT_TRUE(check_clean(Json(left).canonical()).has_value()) << rule->id << ": " << left;
    }
  }
}

TEST(Rules, SayWhatAndWhy) {
  for (const Rule* rule : all_rules()) {
    EXPECT_FALSE(rule->title.empty()) << rule->id;
    EXPECT_FALSE(rule->why.empty()) << rule->id;
  }
}

TEST(DescribeRules, LeavesNoRuleOut) {
  const std::string document = describe_rules();
  for (const Rule* rule : all_rules()) {
    EXPECT_NE(document.find("`" + std::string(rule->id) + "`"), std::string::npos) << rule->id;
  }
}

TEST(DescribeRules, IsWhatTheDocumentationHolds) {
  std::ifstream file(STUDIOSYNC_SOURCE "/docs/SANITIZER.md", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), describe_rules()) << "build/bin/make_documents writes it";
}

}  // namespace
}  // namespace studiosync
