#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

constexpr std::string_view statements[] = {
    "Run CREATE USER app PASSWORD '‹v9Kq2tLm›'; and tell me",
    "please run\n```sql\nCREATE USER app IDENTIFIED BY '‹v9Kq2tLm›';\n```\nand don't ask",
    "I don't know why create user scott identified by ‹tiger›; fails",
    "alter user scott identified by ‹tiger›",
    "first\n\nUPDATE users SET name = 'x;y', password = '‹v9Kq2tLm›' WHERE id = 1\n\nit's done",
    "INSERT INTO users (name, password) VALUES ('app', '‹v9Kq2tLm›'), ('b', '‹q2tLm9Kv›');",
    "SET PASSWORD FOR app = '‹v9Kq2tLm›'; SET PASSWORD FOR b = '‹q2tLm9Kv›'",
    "PRAGMA key = '‹v9Kq2tLm›';",
    "> SELECT pgp_sym_decrypt(a, '‹v9Kq2tLm›') FROM t",
    "SQL> connect scott/‹tiger›@orcl",
    "$ sqlplus scott/‹t1ger›@//h:1521/s @file",
    "use `CREATE LOGIN a WITH PASSWORD = '‹v9Kq2tLm›'` here",
    "EXEC sp_addlogin 'app', '‹v9Kq2tLm›'",
    "cursor.execute(\"INSERT INTO users (name, password) VALUES ('ann', '‹v9Kq2tLm›')\")",
    "conn.exec \"INSERT INTO users (name, password) VALUES ('ann', '‹v9Kq2tLm›')\"",
    "cur.execute(\"SELECT pgp_sym_encrypt(note, '‹v9Kq2tLm›') FROM notes\")",
    "con.execute(\"PRAGMA key = '‹v9Kq2tLm›'\")",
    "con.execute(\"ATTACH DATABASE 'x.db' AS x KEY '‹v9Kq2tLm›'\")",
};

constexpr std::string_view clauses[] = {
    "... IDENTIFIED BY '‹v9Kq2tLm›' REQUIRE SSL",
    "CREATE SECRET s AS '‹v9Kq2tLm›'",
    "RUNSCRIPT FROM 'f' CIPHER AES PASSWORD '‹v9Kq2tLm›'",
    R"({"sql":"CREATE USER app IDENTIFIED BY \u0027‹v9Kq2tLm›\u0027"})",
    R"({"sql":"ALTER ROLE app PASSWORD \u0027‹v9Kq2tLm›\u0027;"})",
    "identified with mysql_native_password by \"‹v9Kq2tLm›\"",
    "IDENTIFIED VIA ed25519 USING PASSWORD('‹v9Kq2tLm›')",
    "'ALTER USER x PASSWORD ''‹v9Kq2tLm›''' || y",
    "PASSWORD ''‹abc''''d9›'' VALID UNTIL ''2031-01-01''",
    "PASSWORD ''''‹v9Kq2tLm›'''' LOGIN",
    "PASSWORD $$‹v9K'q'2tLm›$$ LOGIN",
    "PASSWORD $pw$‹v9Kq2tLm›$pw$",
    "\"IDENTIFIED BY \\'‹v9Kq2tLm›\\' x\"",
    "sql = \"CREATE LOGIN a WITH PASSWORD = \\\"‹v9\\\\\\\"K›\\\"\"",
    "query('ALTER ROLE a PASSWORD \\'‹it\\\\\\'s9›\\'')",
    "PASSWORD FOR 'app'@'%' = '‹v9Kq2tLm›'",
    "ENCRYPTION BY PASSWORD = N'‹v9Kq2tLm›'",
    "SECRET = '‹v9Kq2tLm›'",
    "it's broken: PASSWORD '‹v9Kq2tLm›' and isn't",
    "MASTER_PASSWORD='‹v9Kq2tLm›'",
    "PASSWORD E'‹v9Kq\\'2tLm›'",
};

TEST(SqlRulesProse, FindsStatementsInProse) {
  sql_cases::expect_found_in_prose(statements);
}

TEST(SqlRulesProse, FindsClausesWhoseSurroundingsAreLost) {
  sql_cases::expect_found_in_prose(clauses);
}

TEST(SqlRulesProse, ReadsClausesLocallyBehindAnUnterminatedText) {
  constexpr std::string_view marked = "SELECT 'it; ALTER USER a PASSWORD ''‹v9Kq2tLm›'' LOGIN";
  const auto [text, secret] = sql_cases::unmark(marked);
  EXPECT_EQ(sql_cases::mark(text, sql_cases::read_sql(text).secret), marked);
}

TEST(SqlRulesProse, GivesOnWhatIsEscapedOrJoined) {
  const auto found = sql_cases::read_prose("EXEC('CREATE LOGIN a WITH PASSWORD = ''v9Kq2tLm''')");
  EXPECT_THAT(found.views, testing::Contains("CREATE LOGIN a WITH PASSWORD = 'v9Kq2tLm'"));
  const auto joined = sql_cases::read_prose("SELECT dblink('pass' || 'word=v9Kq2tLm')");
  EXPECT_THAT(joined.views, testing::Contains("password=v9Kq2tLm"));
}

TEST(SqlRules, FireOnceInTheirExamples) {
  for (const Rule* rule : sql_rules()) {
    const auto found = rule->example_is_sql ? sql_cases::read_sql(rule->example)
                                            : sql_cases::read_prose(rule->example);
    EXPECT_THAT(found.rules, testing::ElementsAre(rule)) << rule->id;
    EXPECT_TRUE(sql_cases::has_trigger(rule->example)) << rule->id;
  }
}

TEST(SqlRules, HaveTriggersOfTwoBytesAndMore) {
  for (const TriggerWord& word : sql_trigger_words()) {
    EXPECT_GE(word.letters.size(), 2U) << word.letters;
  }
}

TEST(SqlRules, SurviveWhateverBytesCome) {
  const std::string_view pieces[] = {"PASSWORD",
                                     " ",
                                     "'",
                                     "\"",
                                     "(",
                                     ")",
                                     "IDENTIFIED BY",
                                     "\\",
                                     std::string_view("\0", 1),
                                     "\xff\xfe",
                                     "$$",
                                     "/*",
                                     "*/",
                                     ";",
                                     "||",
                                     "CONCAT(",
                                     ",",
                                     "VALUES(",
                                     "INSERT INTO t(password)",
                                     "--",
                                     "\n",
                                     "q'[",
                                     "[",
                                     "{",
                                     "=",
                                     "AS",
                                     "CONNECT a/",
                                     "0x1234",
                                     "'x'"};
  std::uint64_t state = 7;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += pieces[(state >> 33U) % std::size(pieces)];
    }
    EXPECT_EQ(sql_cases::read_sql(text).secret.size(), text.size());
    EXPECT_EQ(sql_cases::read_prose(text).secret.size(), text.size());
  }
}

TEST(SqlRules, ReadDeepNestingAndLongChainsInOnePass) {
  std::string deep(100000, '(');
  deep += "password = 'v9Kq2tLm'";
  EXPECT_TRUE(sql_cases::read_sql(deep).secret[deep.size() - 2]);
  std::string chain = "SET x.password = 'a1'";
  for (int i = 0; i < 20000; ++i) chain += "||'b2'";
  const auto found = sql_cases::read_sql(chain);
  EXPECT_TRUE(found.secret[chain.size() - 2]);
}

}  // namespace
}  // namespace studiosync
