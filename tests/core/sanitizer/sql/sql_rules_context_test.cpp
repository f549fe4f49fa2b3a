#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

constexpr std::string_view broken[] = {
    "it's a draft\nINSERT INTO users (name, password) VALUES ('ann', '‹v9Kq2tLm›');",
    "it's a draft\nPRAGMA key = '‹v9Kq2tLm›';",
    "it's a draft\nUPDATE users\nSET password = '‹v9Kq2tLm›'\nWHERE id = 7;",
    "it's a draft, select what's there\nALTER USER app IDENTIFIED BY '‹v9Kq2tLm›';",
    "don't\nSELECT * FROM mysql('h:3306', 'd', 't', 'app', '‹v9Kq2tLm›');\nthat's all",
    "it's a draft\nSELECT set_config('app.jwt_secret', '‹JBbezsPG›', false);",
};

TEST(SqlRulesContext, FindsStatementsBehindAStrayApostrophe) {
  sql_cases::expect_found(broken);
}

constexpr std::string_view prose[] = {
    "before: connect to sample user bob using ‹g4621YYR›",
    "before: SET fs.azure.account.key.acct.dfs.core.windows.net=‹M11d202FxXmFM8sKTN4TD›",
    "before: CREATE USER app AS PERM = 1000000 BYTES PASSWORD = ‹R6LoRtW545pj8J›",
    "before: db.auth('bob', '‹p1Ru57m83Uy5IK›')",
    "run db.auth('bob', '‹p1Ru57m83Uy5IK›') first",
    "before: copy t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=‹X7625›;token=‹b0ka8B43›'",
    "alter user app identified by ‹v9Kq2tLm› replace ‹q2tLm9Kv›",
    "<sql>CREATE USER app IDENTIFIED BY &apos;‹v9Kq2tLm›&apos;</sql>",
};

TEST(SqlRulesContext, FindsStatementsInTheMiddleOfProse) {
  sql_cases::expect_found_in_prose(prose);
}

constexpr std::string_view quiet[] = {
    "We connect to the user database using psql.",
    "`ALTER ROLE app PASSWORD :'new_password';` asks for the value.",
    "SET @sql = N'ALTER LOGIN ' + QUOTENAME(@a) + N' WITH PASSWORD = ' + QUOTENAME(@pw, '''')",
    "SELECT 'ALTER USER ' || u || ' IDENTIFIED BY VALUES ''' || p || ''';' FROM dba_users",
    "Please create a user whose password = required in the form.",
};

TEST(SqlRulesContext, LeavesExpressionsAndSentencesAlone) {
  for (const std::string_view text : quiet) {
    EXPECT_EQ(sql_cases::mark(text, sql_cases::read_prose(text).secret), text);
    for (const std::string& view : sql_cases::read_prose(text).views) {
      EXPECT_EQ(sql_cases::mark(view, sql_cases::read_prose(view).secret), view);
    }
  }
}

TEST(SqlRulesContext, GoesOnBehindTheRowsOfACopy) {
  constexpr std::string_view marked =
      "COPY users (name, note, password) FROM stdin;\nann\tit's "
      "new\t‹v9Kq2tLm›\nbob\t\\N\t\\N\n\\.\n"
      "ALTER USER app PASSWORD '‹q2tLm9Kv›';";
  const auto [text, secret] = sql_cases::unmark(marked);
  EXPECT_EQ(sql_cases::mark(text, sql_cases::read_sql(text).secret), marked);
}

TEST(SqlRulesContext, ReadsManyCopiesWithoutAnEndOnce) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "COPY t (password) FROM stdin;\nx\n";
  text += "ALTER USER app PASSWORD 'v9Kq2tLm'";
  EXPECT_TRUE(sql_cases::read_sql(text).secret[text.size() - 2]);
}

}  // namespace
}  // namespace studiosync
