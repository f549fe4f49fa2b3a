#include "core/sanitizer/text/providers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/sanitizer/text/discord.hpp"
#include "core/sanitizer/text/key_pair.hpp"
#include "tests/core/sanitizer/text/findings.hpp"

namespace studiosync {
namespace {

std::vector<FoundText> provider_findings(std::string_view text) {
  return findings(text, {"provider."});
}

std::vector<const Rule*> all_rules() {
  std::vector<const Rule*> all;
  for (const auto rules : {provider_rules(), discord_rules(), key_pair_rules()}) {
    all.insert(all.end(), rules.begin(), rules.end());
  }
  return all;
}

TEST(Providers, KnowMoreThanAHundredFormatsByDistinctNames) {
  std::set<std::string_view> ids;
  for (const Rule* rule : all_rules()) EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
  EXPECT_GT(ids.size(), 180U);
}

TEST(Providers, EachExampleFiresOnce) {
  for (const Rule* rule : all_rules()) {
    const std::vector<FoundText> found = provider_findings(rule->example);
    ASSERT_EQ(found.size(), 1U) << rule->id << ": " << rule->example;
    EXPECT_EQ(found[0].rule, rule->id);
  }
}

TEST(Providers, FindTheSameTokenInEverySurrounding) {
  const std::pair<const char*, const char*> surroundings[] = {
      {"", ""},           {"'", "'"},          {"\"", "\","},     {"(", ")"},     {"=", "&"},
      {"key:", "\n"},     {"\\n", "\\n"},      {"\\\"", "\\\""},  {"%20", "%20"}, {"\\u003d", " "},
      {"<b>", "</b>"},    {"`", "`"},          {"the ", ", and"}, {"--", "\n"},   {"é", "é"},
      {"\xff", "\xff\n"}, {"https://x/y/", ""}};
  for (const Rule* rule : provider_rules()) {
    const std::string secret = provider_findings(rule->example)[0].text;
    if (secret != rule->example) continue;  // hangs on what stands before it
    for (const auto& [before, after] : surroundings) {
      // A sign that the format itself may contain or that its own run would go on into.
      const bool dashed = std::string_view(before) == "--" || *before == '/';
      const bool path = std::string_view(before).ends_with('/') || *before == '=' || dashed;
      if (path && secret.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "0123456789") != std::string::npos) {
        continue;
      }
      const std::string text = before + secret + after;
      const std::vector<FoundText> found = provider_findings(text);
      ASSERT_EQ(found.size(), 1U) << rule->id << ": " << text;
      EXPECT_EQ(found[0].text, secret) << text;
    }
  }
}

TEST(Providers, FindNothingInsideOfAWord) {
  for (const Rule* rule : provider_rules()) {
    if (rule->id == "provider.telegram_bot_token") continue;  // as in /bot123…:AA…
    const std::string secret = provider_findings(rule->example)[0].text;
    if (secret != rule->example) continue;
    for (const FoundText& finding : provider_findings("Zz9" + secret)) {
      EXPECT_NE(finding.rule, rule->id);
    }
  }
}

struct Case {
  std::string text;
  std::string rule;
  std::string secret;
};

TEST(Providers, FindTheExactRange) {
  const Case cases[] = {
      {"id AKI"
       "AQ3EGR7WVLPM5TZXK, next",
       "aws_access_key_id", "AKIAQ3EGR7WVLPM5TZXK"},
      {"x='gh"
       "p_k7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3OoKq'",
       "github_token", "ghp_k7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3OoKq"},
      {"https://api.telegram.org/bot7401928365:AAk7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3O/getMe",
       "telegram_bot_token", "7401928365:AAk7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3O"},
      {"https://hooks.slack.com/services/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 ok",
       "slack_webhook", "T7QK2XDM8/B4ZBW9HJP3V/nC6LyG5tT2KfSx9RqWd7EbHu"},
      {"(xk78"
       "Q~Rt5WqZ2mYb9LpVx4NcHs7KdJf3GaEu6TiO)",
       "azure_client_secret", "xk78Q~Rt5WqZ2mYb9LpVx4NcHs7KdJf3GaEu6TiO"},
      {"?sv=2022&sig=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWp%3D&se=1", "azure_sas_signature",
       "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWp%3D"},
      {"SK"
       "5f0c9a7e3b1d8264f7a9c0e2b4d61835.",
       "twilio_key", "SK5f0c9a7e3b1d8264f7a9c0e2b4d61835"},
      {"uses ya29"
       ".k7QxTz2LmWc9RbVn4YsHd6Jf.",
       "google_oauth_token", "ya29.k7QxTz2LmWc9RbVn4YsHd6Jf"},
      {"a sk_l"
       "ive_51Hk7QxTz2LmWc9RbVn4 b",
       "stripe_key", "sk_live_51Hk7QxTz2LmWc9RbVn4"},
      {"psql \"npg"
       "_k7QxTz2LmWc9\"",
       "neon_password", "npg_k7QxTz2LmWc9"},
  };
  for (const Case& c : cases) {
    const std::vector<FoundText> found = provider_findings(c.text);
    EXPECT_EQ(found, (std::vector<FoundText>{{"provider." + c.rule, c.secret}})) << c.text;
  }
}

TEST(Providers, FindTheSecretOfAKeyPairBehindItsId) {
  const std::vector<FoundText> found = provider_findings(
      "AKI"
      "AQ3EGR7WVLPM5TZXL,k7QxTz2LmWc9RbVn4YsHd6Jf/Gp8EaUi3OoKq5Xt\n");
  const std::vector<FoundText> expected = {
      {"provider.aws_access_key_id", "AKIAQ3EGR7WVLPM5TZXL"},
      {"provider.aws_secret_key", "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"}};
  EXPECT_EQ(found, expected);
}

TEST(Providers, SeekNoFurtherSecretOfAKeyPairBehindARedactedOne) {
  EXPECT_TRUE(provider_findings("aws [REDACTED] k7QxTz2LmWc9RbVn4YsHd6Jf/Gp8EaUi3OoKq5Xt").empty());
}

TEST(Providers, LeaveOrdinaryTextAlone) {
  const char* const texts[] = {
      "key-value-pairs re_created_at pat_name npm_package_version hf_index_name secret_santa_2024",
      "sk_buff sk-learn sk-circle-fade-dot api-gateway-service-2 sdk-build-tools-34 hvs.name",
      "test_users_partition_2024_01_01_backup live_orders_materialized_view_refresh_2",
      "secret-management-best-practices-for-2024-teams md-card-header-title-text1A pul-request",
      "550e8400-e29b-41d4-a716-446655440000 9fceb02d0ae598e95dc970b74767f19372d61af8",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "sha256:5f0c9a7e3b1d8264f7a9c0e2b4d618355f0c9a7e3b1d8264f7a9c0e2b4d61835",
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38G",
      "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAAIZnJlZQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      "ASIAPACIFICMARKETING akiaq3egr7wvlpm5tzxk LTAI_region_lookup dapi_functions_2024",
      "arn:aws:iam::123456789012:role/service-role/AWSLambdaBasicExecutionRole-1a2b3c4d",
      "aws s3 cp s3://company-data-lake/raw/events/2024/01/15/part-00000.snappy.parquet .",
      "SELECT sl.created_at, sg.id, pat.name FROM sales_lines sl JOIN student_groups sg ON true",
      "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor",
      "pk_live_51Hk7QxTz2LmWc9RbVn4 is publishable",
      "the keys begin with AKIA, ghp_, glpat-, xoxb- or sk-ant-api03-"};
  for (const char* text : texts) {
    EXPECT_TRUE(provider_findings(text).empty()) << provider_findings(text)[0].text;
  }
}

TEST(Providers, LeavePlaceholdersAlone) {
  const char* const texts[] = {
      "AKIAIOSFODNN7EXAMPLE",
      "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY of aws",
      "sk_test_xxxxxxxxxxxxxxxxxxxxxxxx",
      "sk_live_your_key_here",
      "xoxb-your-token-here",
      "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "ghp_000000000000000000000000000000000000",
      "xoxb-not-a-real-token-this-will-not-work",
      "sk-ant-api03-...",
      "AIzaSy...",
      "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
      "glpat-XXXXXXXXXXXXXXXXXXXX",
      "AKIAXXXXXXXXXXXXXXXX",
      "hf_"
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
  for (const char* text : texts) {
    EXPECT_TRUE(provider_findings(text).empty()) << provider_findings(text)[0].text;
  }
}

}  // namespace
}  // namespace studiosync
