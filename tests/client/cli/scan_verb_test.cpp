// syncctl scan, as a linter in a pipeline: without any device.
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr const char* leaking = "SELECT 1;\nALTER USER bob\n  PASSWORD 'kR7#mq2Lx';\n";
constexpr const char* secret = "kR7#mq2Lx";
constexpr const char* clean = "SELECT password_hash FROM users WHERE token = $1;\n";

class ScanVerbTest : public SyncctlTest {
 protected:
  CliDevice laptop = folder("laptop");
};

TEST_F(ScanVerbTest, EndsLikeALinter) {
  EXPECT_EQ(laptop.run({"scan", laptop.file("clean.sql", clean)}).code, 0);
  EXPECT_EQ(laptop.run({"scan", laptop.file("leaking.sql", leaking)}).code, 1);
  EXPECT_EQ(laptop.run({"scan", laptop.home() + "/missing.sql"}).code, 2);
  EXPECT_EQ(laptop.run({"scan"}).code, 2);
  EXPECT_EQ(laptop.run({"scan", "--format", "xml", "-"}).code, 2);
  EXPECT_EQ(laptop.run({"scan", "--jsonl", "--redact", "-"}).code, 2);
}

TEST_F(ScanVerbTest, NamesPlaceAndRuleAndNeverTheSecret) {
  const std::string file = laptop.file("leaking.sql", leaking);
  const Ran ran = laptop.run({"scan", file});
  EXPECT_TRUE(ran.out.starts_with(file + ":3:13: sql.")) << ran.out;
  EXPECT_EQ(ran.out.find(secret), std::string::npos);
  EXPECT_NE(ran.errors.find("1 finding"), std::string::npos) << ran.errors;
}

TEST_F(ScanVerbTest, GivesByteOffsetsAsJson) {
  const Ran ran = laptop.json({"scan", laptop.file("leaking.sql", leaking)});
  const Json finding = ran.json().find("findings")->items().at(0);
  const auto start = std::string(leaking).find(secret);
  EXPECT_EQ(text(finding, "start"), std::to_string(start));
  EXPECT_EQ(text(finding, "end"), std::to_string(start + std::string(secret).size()));
  EXPECT_EQ(text(finding, "line"), "3");
}

TEST_F(ScanVerbTest, WritesSarifWithTheRulesThatFired) {
  const std::string file = laptop.file("with blank.sql", leaking);
  const Ran ran = laptop.run({"scan", "--format", "sarif", file});
  EXPECT_EQ(ran.code, 1);
  const Json log = ran.json();
  EXPECT_EQ(text(log, "version"), "2.1.0");
  const Json& run = log.find("runs")->items().at(0);
  const Json& result = run.find("results")->items().at(0);
  const Json& rules = *run.find("tool")->find("driver")->find("rules");
  EXPECT_EQ(text(result, "ruleId"), text(rules.items().at(0), "id"));
  const Json& place = *result.find("locations")->items().at(0).find("physicalLocation");
  EXPECT_TRUE(text(*place.find("artifactLocation"), "uri").ends_with("/with%20blank.sql"));
  EXPECT_EQ(text(*place.find("region"), "startLine"), "3");
  EXPECT_EQ(ran.out.find(secret), std::string::npos);
}

TEST_F(ScanVerbTest, WritesTheRedactedText) {
  const Ran ran = laptop.run({"scan", "--redact", "--as", "sql", "-"}, leaking);
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "SELECT 1;\nALTER USER bob\n  PASSWORD '[REDACTED]';\n");
  const Ran untouched = laptop.run({"scan", "--redact", "--as", "sql", "-"}, clean);
  EXPECT_EQ(untouched.code, 0);
  EXPECT_EQ(untouched.out, clean);
}

TEST_F(ScanVerbTest, LooksThroughFoldersAndSkipsBinaryFiles) {
  ASSERT_EQ(laptop.run({"scan", laptop.file("leaking.sql", leaking)}).code, 1);
  laptop.file("image.bin", std::string("\0PASSWORD 'kR7#mq2Lx'", 21));
  const Ran ran = laptop.run({"scan", laptop.home()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.errors.find("1 binary file"), std::string::npos) << ran.errors;
}

TEST_F(ScanVerbTest, AnswersJsonLinesEachByItself) {
  const std::string input = R"({"id":1,"text":"ALTER USER bob PASSWORD 'kR7#mq2Lx'","as":"sql"})"
                            "\n\n"
                            R"({"id":"two","text":"all is well"})"
                            "\n";
  const Ran ran = laptop.run({"scan", "--jsonl"}, input);
  EXPECT_EQ(ran.code, 1);
  const auto answers = ran.objects();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(text(answers[0], "id"), "1");
  EXPECT_EQ(text(answers[0], "redacted"), "ALTER USER bob PASSWORD '[REDACTED]'");
  EXPECT_EQ(text(answers[0], "accepted"), "true");
  EXPECT_EQ(text(answers[0].find("findings")->items().at(0), "start"), "25");
  EXPECT_EQ(text(answers[1], "redacted"), "all is well");
  EXPECT_TRUE(answers[1].find("findings")->items().empty());
}

TEST_F(ScanVerbTest, GoesOnBehindALineThatIsNone) {
  const Ran ran = laptop.run({"scan", "--jsonl"}, "{\"text\":7}\nnonsense\n{\"text\":\"fine\"}\n");
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.errors.find("line 2"), std::string::npos) << ran.errors;
  EXPECT_EQ(ran.objects().size(), 1U);
}

TEST_F(ScanVerbTest, ExplainsItsRules) {
  const Ran rules = laptop.json({"scan", "--rules"});
  EXPECT_EQ(rules.code, 0);
  ASSERT_FALSE(rules.json().items().empty());
  const std::string id = text(rules.json().items().at(0), "id");
  const Ran one = laptop.run({"scan", "--explain", id});
  EXPECT_EQ(one.code, 0);
  EXPECT_TRUE(one.out.starts_with(id)) << one.out;
  EXPECT_EQ(laptop.run({"scan", "--explain", "no.such_rule"}).code, 2);
}

}  // namespace
}  // namespace studiosync::client
