#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view statements[] = {
    // SQLite and SQLCipher
    "PRAGMA key = '‹v9Kq2tLm›'",
    "PRAGMA key = \"‹x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'›\"",
    "PRAGMA main.rekey='‹v9Kq2tLm›'",
    "PRAGMA key('‹v9Kq2tLm›')",
    "pragma hexkey = '‹2DD29CA851E7B56E›'",
    "PRAGMA textkey = '‹v9Kq2tLm›'",
    "ATTACH DATABASE 'e.db' AS enc KEY '‹v9Kq2tLm›'",
    "ATTACH 'e.db' AS enc KEY \"‹x'2DD29CA8'›\"",
    // Snowflake
    "CREATE USER app PASSWORD = '‹v9Kq2tLm›' DEFAULT_ROLE = r MUST_CHANGE_PASSWORD = TRUE",
    "ALTER USER IF EXISTS app SET PASSWORD = '‹v9Kq2tLm›'",
    "CREATE OR REPLACE USER app LOGIN_NAME = 'a' PASSWORD='‹secret›'",
    "CREATE STAGE s URL='s3://b' CREDENTIALS=(AWS_KEY_ID='‹AKIAV9KQ2TLM81XZ›' "
    "AWS_SECRET_KEY='‹wJa7r+UtnFEMI/K7›' AWS_TOKEN='‹FwoGZXIvYXdz›') "
    "ENCRYPTION=(TYPE='AWS_CSE' MASTER_KEY = '‹eSxX0jzYfIamtnBKOEOwq80Au6NbSgPH5r4BDDwOaO8=›')",
    "COPY INTO t FROM 'azure://a' CREDENTIALS=(AZURE_SAS_TOKEN='‹?sv=2016-05-31&sig=v9Kq2tLm›')",
    "CREATE SECRET s TYPE = PASSWORD USERNAME = 'u' PASSWORD = '‹v9Kq2tLm›'",
    "CREATE SECRET s TYPE = GENERIC_STRING SECRET_STRING = '‹v9Kq2tLm›'",
    "CREATE SECRET s TYPE = OAUTH2 OAUTH_REFRESH_TOKEN = '‹v9Kq2tLm›'",
    "CREATE SECURITY INTEGRATION i TYPE = OAUTH OAUTH_CLIENT_SECRET = '‹v9Kq2tLm›'",
    "SELECT ENCRYPT('text', '‹v9Kq2tLm›'), DECRYPT(c, '‹v9Kq2tLm›') FROM t",
    "SELECT TRY_DECRYPT(c, '‹v9Kq2tLm›') FROM t",
    // BigQuery
    "SELECT AEAD.ENCRYPT(b'‹\\x08\\xaa9K›', 'text', '')",
    "SELECT AEAD.DECRYPT_STRING(FROM_BASE64('‹CMKIrNYJEmQKWAowdHlwZS5n›'), c, '') FROM t",
    "CREATE CONNECTION c OPTIONS (username = 'u', password = '‹v9Kq2tLm›')",
    // DuckDB, Databricks, Trino, CockroachDB, Vertica, Teradata, DB2, SAP HANA, Exasol
    "CREATE SECRET (TYPE S3, KEY_ID '‹AKIAV9KQ2TLM81XZ›', SECRET '‹wJa7r+UtnFEMI/K7›', REGION 'x')",
    "CREATE PERSISTENT SECRET s (TYPE s3, key_id = '‹AKIAV9KQ2TLM81XZ›', secret = '‹wJa7r+UtnF›')",
    "SET s3_secret_access_key='‹wJa7r+UtnFEMI/K7›'",
    "ATTACH 'e.db' AS e (ENCRYPTION_KEY '‹v9Kq2tLm›')",
    "SET fs.azure.account.key.store.dfs.core.windows.net = '‹v9Kq2tLm81xZ==›'",
    "CREATE TABLE t USING jdbc OPTIONS (url 'jdbc:x', 'password' '‹v9Kq2tLm›')",
    "CREATE CATALOG c USING postgresql WITH (\"connection-password\" = '‹v9Kq2tLm›')",
    "CREATE USER app FROM d AS PERM = 0 PASSWORD = ‹v9Kq2tLm›",
    "CONNECT TO sales USER app USING ‹v9Kq2tLm›",
    "CONNECT TO sales USER app USING '‹v9Kq2tLm›' NEW '‹q2tLm9Kv›' CONFIRM '‹q2tLm9Kv›'",
    "SET ENCRYPTION PASSWORD = '‹v9Kq2tLm›'",
    "CREATE USER app PASSWORD \"‹Abcd1234›\" NO FORCE_FIRST_PASSWORD_CHANGE",
    "IMPORT INTO t FROM JDBC AT 'jdbc:x' USER 'u' IDENTIFIED BY '‹v9Kq2tLm›' STATEMENT 'SELECT 1'",
    // MongoDB's shell
    "db.auth('app', '‹v9Kq2tLm›')",
    "db.auth(\"app\", \"‹v9Kq2tLm›\")",
    "db.getSiblingDB('admin').auth('app', '‹v9Kq2tLm›')",
    "db.createUser({user: 'app', pwd: '‹v9Kq2tLm›', roles: ['readWrite']})",
    "db.createUser({ \"user\": \"app\", \"pwd\": \"‹v9Kq2tLm›\" })",
    "db.changeUserPassword('app', '‹v9Kq2tLm›')",
    "db.users.insertOne({name: 'a', password: '‹v9Kq2tLm›'})",
    // psql
    "\\set db_password '‹v9Kq2tLm›'",
};

TEST(SqlRulesWarehouse, FindsCredentialsInOtherDialects) {
  expect_found(statements);
}

TEST(SqlRulesWarehouse, GivesConnectionStringsOn) {
  constexpr std::pair<std::string_view, std::string_view> cases[] = {
      {"\\connect \"host=h password=v9Kq2tLm\"", "connect \"host=h password=v9Kq2tLm\""},
      {"ATTACH 'postgres:host=h password=v9Kq2tLm' AS p (TYPE postgres)",
       "postgres:host=h password=v9Kq2tLm"},
      {"connect('mongodb://u:v9Kq2tLm@h/d')", "mongodb://u:v9Kq2tLm@h/d"},
  };
  sql_cases::expect_inner(cases);
}

}  // namespace
}  // namespace studiosync
