// What the validator must refuse within strings.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "core/sanitizer/validator/provider_shapes.hpp"
#include "core/sanitizer/validator/shape.hpp"
#include "core/sanitizer/validator/validator_rules.hpp"
#include "tests/core/sanitizer/validator/verdicts.hpp"

namespace studiosync {
namespace {

using namespace std::string_literals;

struct Refused {
  std::string_view rule;
  std::string text;
};

void expect_refused(std::span<const Refused> cases) {
  for (const Refused& c : cases) EXPECT_EQ(verdict_on_text(c.text), c.rule) << c.text;
}

TEST(RefusedText, IsEveryExampleOfARule) {
  constexpr std::size_t whole_contents = 3;
  const auto rules = validator_rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string example(rules[i]->example);
    const std::string found = i < whole_contents ? verdict(example).substr(0, rules[i]->id.size())
                                                 : "validator." + verdict_on_text(example);
    EXPECT_EQ(found, rules[i]->id) << example;
  }
}

TEST(RefusedText, IsAKeyOfEachProviderInAnySurroundings) {
  for (const validator::ProviderShape& row : validator::provider_shapes()) {
    const std::string key = validator::sample_of(row.shape);
    for (const std::string& text :
         {key, "x = '" + key + "'", "see " + key + ", please", "\n" + key + "\n", "(" + key + ")",
          "KEY=" + key + ";", "\"" + key + "\"", "{\\\"k\\\":\\\"\\n" + key + "\\\"}"}) {
      EXPECT_EQ("validator." + verdict_on_text(text), row.id) << text;
    }
  }
}

TEST(RefusedText, CoversTheProvidersThatMatter) {
  std::size_t providers = 0;
  for (const Rule* rule : validator_rules()) providers += rule->id.size() > 0;
  EXPECT_GE(providers, 90U);
}

TEST(RefusedText, IsASqlClauseWithALiteral) {
  const std::array cases{
      Refused{"password_clause", "CREATE ROLE a PASSWORD 'tiger'"},
      Refused{"password_clause", "CREATE USER a WITH ENCRYPTED PASSWORD 'tiger'"},
      Refused{"password_clause", "alter role a with login password E'ti\\'ger'"},
      Refused{"password_clause", "ALTER LOGIN a WITH PASSWORD = N'tiger' OLD_PASSWORD = 'x9'"},
      Refused{"password_clause", "ALTER USER a SET PASSWORD = 'tiger'"},
      Refused{"password_clause", "SET PASSWORD = 'tiger'"},
      Refused{"password_clause", "SET PASSWORD FOR 'a'@'%' = 'tiger'"},
      Refused{"password_clause", "SET\nPASSWORD\nFOR\n\"a\" = 'tiger'"},
      Refused{"password_clause", "UPDATE users SET password = 'tiger' WHERE id = 1"},
      Refused{"password_clause", "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'tiger'"},
      Refused{"password_clause", "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD\n=\n'tiger'"},
      Refused{"password_clause", "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='tiger'"},
      Refused{"password_clause",
              "CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'i', SECRET = 'tiger'"},
      Refused{"password_clause", "CREATE SECRET s (TYPE s3, KEY_ID 'id', SECRET 'tiger')"},
      Refused{"password_clause",
              "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 'p9x')"},
      Refused{"password_clause", "CREATE SERVER s OPTIONS (PASSWORD 'my dear tiger')"},
      Refused{"password_clause", "CREATE STORAGE INTEGRATION i SECRET_ACCESS_KEY 'tiger'"},
      Refused{"password_clause", "EXECUTE 'ALTER ROLE a PASSWORD ''tiger'''"},
      Refused{"password_clause", "EXECUTE 'EXECUTE ''ALTER ROLE a PASSWORD ''''tiger'''''''"},
      Refused{"password_clause", R"(run(\'ALTER ROLE a PASSWORD \\\'tiger\\\'\'))"},
      Refused{"password_clause", "CREATE ROLE a PASSWORD 'tiger"},
      Refused{"identified_by", "CREATE USER a IDENTIFIED BY 'tiger'"},
      Refused{"identified_by", "CREATE USER a IDENTIFIED BY 'my dear tiger'"},
      Refused{"identified_by", "ALTER USER a IDENTIFIED BY \"tiger\""},
      Refused{"identified_by", "create user a identified with sha256_password by 'tiger'"},
      Refused{"identified_by",
              "CREATE USER a IDENTIFIED WITH 'caching_sha2_password' AS '$A$005$x'"},
      Refused{"identified_by", "CREATE USER a IDENTIFIED BY PASSWORD '*0123ABCDEF'"},
      Refused{"identified_by", "CREATE USER a IDENTIFIED BY VALUES 'S:0123ABCDEF'"},
      Refused{"identified_by", "CREATE USER a IDENTIFIED VIA x USING PASSWORD('tiger')"},
      Refused{"identified_by", "EXEC 'CREATE USER a IDENTIFIED BY ''tiger'''"},
      Refused{"pragma_key", "PRAGMA key='tiger'"},
      Refused{"pragma_key", "pragma main.key = \"x'2DD29CA851E7B56E'\""},
      Refused{"pragma_key", "PRAGMA rekey('tiger')"},
  };
  expect_refused(cases);
}

TEST(RefusedText, IsAnAssignedLiteral) {
  const std::array cases{
      Refused{"assignment", "password = 'hunter22'"},
      Refused{"assignment", "WHERE login = 'x' AND passwd='hunter22'"},
      Refused{"assignment", "DB_PASSWORD: \"hunter22\""},
      Refused{"assignment", "{\"password\": \"hunter22\"}"},
      Refused{"assignment", "{'password' => 'hunter22'}"},
      Refused{"assignment", R"({\"password\": \"hunter22\"})"},
      Refused{"assignment", R"({\\\"passphrase\\\":\\\"hunter22\\\"})"},
      Refused{"assignment", "cfg[\"pwd\"] = \"Hunter!22\""},
      Refused{"assignment", "clientSecret := 'q8Zr4Tn1'"},
      Refused{"assignment", "api_key = 'q8Zr4Tn1Lw5Yx'"},
      Refused{"assignment", "API-KEY: 'q8Zr4Tn1Lw5Yx'"},
      Refused{"assignment", "AWS_SECRET_KEY='q8Zr4Tn1Lw5Yx'"},
      Refused{"assignment", "accessKey: 'q8Zr4Tn1Lw5Yx'"},
      Refused{"assignment", "private_key=\"q8Zr4Tn1Lw5Yx/+=\""},
      Refused{"assignment", "aws_secret_access_key = \"q8Zr4Tn1Lw5Yxq8Zr4Tn1Lw5Yx0123456789/+AZ\""},
  };
  expect_refused(cases);
}

TEST(RefusedText, IsAConnectionString) {
  const std::array cases{
      Refused{"connection_setting", "Server=db;Uid=app;Pwd=tiger;Database=x"},
      Refused{"connection_setting", "Password=tiger;Server=db"},
      Refused{"connection_setting", "Driver={SQL Server};Server=h;UID=sa;PWD={hunter2};"},
      Refused{"connection_setting", "User Id=app;Password=i8qcjZ9pq.p2SA3R;"},
      Refused{"connection_setting", "host=db user=app password=tiger dbname=x"},
      Refused{"connection_setting", "dblink('host=db password=tiger')"},
      Refused{"connection_setting", "jdbc:x://db/y?user=app&password=tiger&ssl=true"},
      Refused{"connection_setting", "DB_HOST=db\nDB_PASSWORD=tiger\n"},
      Refused{"connection_setting", "DB_HOST=db\nDB_PASSWORD=/pIgPwyMTEqqMBTs\n"},
      Refused{"connection_setting", "DB_HOST=db\nDB_PASSWORD=/pIg/wyMTEqqMBTs\n"},
      Refused{"connection_setting", "password=hun-Ter22"},
      Refused{"connection_setting",
              "AccountName=a;AccountKey=" + validator::sample_of("{a86}") + "==;EndpointSuffix=x"},
      Refused{"connection_setting",
              "SharedAccessKeyName=n;SharedAccessKey=" + validator::sample_of("{a43}") + "="},
      Refused{"connection_setting", "aws_secret_access_key=" + validator::sample_of("{a40}")},
  };
  expect_refused(cases);
}

TEST(RefusedText, IsAUriWithAPassword) {
  const std::array cases{
      Refused{"uri_password", "postgres://app:tiger@db/x"},
      Refused{"uri_password", "see mongodb+srv://app:t%40ger@c0.example-host.net"},
      Refused{"uri_password", R"({"dsn":"mysql:\/\/app:tiger@db\/x"})"},
      Refused{"uri_password", "redis://:tiger@[::1]:6379"},
      Refused{"uri_password", "FROM s3('https://u:tiger@h/b')"},
      Refused{"uri_password", "jdbc:mysql://u:tiger@h1:1,h2:2/x"},
      Refused{"uri_password", "https:\\u002f/x amqp://u:a:b@h"},
  };
  expect_refused(cases);
}

TEST(RefusedText, IsATokenInAHeader) {
  const std::string jwt =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0NzExIn0." + validator::sample_of("{w43}");
  const std::array cases{
      Refused{"jwt", jwt},
      Refused{"jwt", "token='" + jwt + "'"},
      Refused{"jwt", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..48V1_ALb6US04U3b." +
                         validator::sample_of("{w22}") + ".XFBoMYUZodetZdvT"},
      Refused{"bearer_header", "authorization: bearer q8Zr4Tn1Lw5Yx7Bv2"},
      Refused{"bearer_header", "-H 'Authorization: Bearer q8Zr4Tn1.Lw5Yx7Bv2_'"},
      Refused{"basic_header", "Authorization: Basic YXBwOnc3S3EybVp4"},
      Refused{"basic_header", "Proxy-Authorization: basic dXNlcjpwYXNzdzByZCE="},
  };
  expect_refused(cases);
}

TEST(RefusedText, IsAPrivateKeyHoweverItsLinesAreBroken) {
  const std::string line = validator::sample_of("{a64}");
  for (const std::string label :
       {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"}) {
    for (const std::string line_break : {"\n", "\r\n", "\\n", "\\\\n", "\\r\\n", " "}) {
      const std::string begin = "-----BEGIN " + label + "-----" + line_break;
      EXPECT_EQ(verdict_on_text(begin + line + line_break + "-----END"), "private_key") << label;
      EXPECT_EQ(verdict_on_text("k='" + begin + "Proc-Type: 4,ENCRYPTED" + line_break + line),
                "private_key");
    }
  }
  EXPECT_EQ(verdict_on_text("Private-Lines: 14\n" + line), "putty_key");
}

TEST(RefusedText, IsFoundBehindEscapesOfJson) {
  const std::string key = validator::sample_of("AKIA{u16}");
  for (const std::string& content :
       {R"(["\u0050ASSWORD = 'hunter22'"])"s, R"(["pass\u0077ord = 'hunter22'"])"s,
        R"(["p\u0061\u0073\u0073word\u003d\u0027hunter22\u0027"])"s,
        R"(["postgres:\/\/app:tiger@db"])"s, R"(["postgres\u003A//app:tiger@db"])"s,
        R"(["postgres:/\/app:tiger@db"])"s, R"(["\n)" + key + R"("])", R"(["\\n)" + key + R"("])",
        R"(["\u0041)" + key.substr(1) + R"("])"}) {
    EXPECT_NE(verdict(content), "clean") << content;
  }
}

}  // namespace
}  // namespace studiosync
