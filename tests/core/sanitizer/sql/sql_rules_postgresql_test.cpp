#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;
using sql_cases::expect_inner;

constexpr std::string_view accounts[] = {
    "CREATE ROLE app PASSWORD '‹v9Kq2tLm›'",
    "create role app password '‹v9Kq2tLm›'",
    "CREATE USER app WITH PASSWORD '‹v9Kq2tLm›' VALID UNTIL '2031-01-01'",
    "CREATE USER app ENCRYPTED PASSWORD '‹v9Kq2tLm›'",
    "CREATE USER app UNENCRYPTED PASSWORD '‹v9Kq2tLm›'",
    "CREATE GROUP app WITH ENCRYPTED PASSWORD '‹v9Kq2tLm›'",
    "ALTER ROLE \"App User\" WITH LOGIN CREATEDB PASSWORD '‹it''s2long›' CONNECTION LIMIT 5",
    "ALTER USER app PASSWORD E'‹a\\'b9\\\\Kq›'",
    "ALTER USER app PASSWORD $$‹v9Kq2tLm›$$",
    "ALTER USER app PASSWORD $pw$‹v9'Kq2$$tLm›$pw$",
    "ALTER USER app PASSWORD U&'‹\\0041v9Kq2›'",
    "ALTER USER app PASSWORD N'‹v9Kq2tLm›'",
    "ALTER USER app /* new */ PASSWORD -- the one\n '‹v9Kq2tLm›'",
    "ALTER ROLE app PASSWORD '‹md5a3b1c2d4e5f60718293a4b5c6d7e8f90›'",
    "ALTER ROLE app PASSWORD '‹SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy›'",
    "CREATE USER app PASSWORD '‹sha256|Mypassword1›'",
    "CREATE USER app PASSWORD '‹password›'",
    "CREATE USER app PASSWORD '‹x›'",
    "DO $$ BEGIN EXECUTE 'x'; END $$; CREATE USER app PASSWORD '‹v9Kq2tLm›'",
    "CREATE ROLE a; CREATE ROLE b LOGIN PASSWORD '‹v9Kq2tLm›'; CREATE ROLE c PASSWORD NULL",
    "CREATE USER app WITH PASSWORD '‹hun›' '‹ter2›'",
    "CREATE USER app WITH PASSWORD '‹hun›'\n  '‹ter2›'",
    "CREATE USER app WITH PASSWORD '‹v9Kq2tLm›",
    "CREATE USER IF NOT EXISTS maxroach WITH PASSWORD '‹v9Kq2tLm›'",
    "CREATE USER dbuser WITH PASSWORD = '‹v9Kq2tLm›'",
};

constexpr std::string_view options[] = {
    "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'app', password '‹v9Kq2tLm›')",
    "CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER s OPTIONS (\"user\" 'a', "
    "\"password\" '‹v9Kq2tLm›')",
    "ALTER USER MAPPING FOR app SERVER s OPTIONS (SET password '‹v9Kq2tLm›')",
    "ALTER USER MAPPING FOR app SERVER s OPTIONS (ADD password '‹secret›', DROP user)",
    "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', api_key '‹v9Kq2tLm81xZ›')",
    "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (table_name 't', password '‹v9Kq2tLm›')",
};

constexpr std::string_view settings[] = {
    "SET app.password = '‹v9Kq2tLm›'",
    "SET SESSION app.db_password TO '‹v9Kq2tLm›'",
    "SET LOCAL app.secret = '‹v9Kq2tLm›'",
    "ALTER ROLE app SET my.client_secret TO '‹v9Kq2tLm›'",
    "ALTER DATABASE d SET my.client_secret = '‹v9Kq2tLm›'",
    "SELECT set_config('app.password', '‹v9Kq2tLm›', false)",
    "SELECT pg_catalog.set_config('app.api_key', '‹v9Kq2tLm81xZ›', false)",
};

constexpr std::string_view redshift[] = {
    "COPY t FROM 's3://b/k' ACCESS_KEY_ID '‹AKIAV9KQ2TLM81XZ0PQR›' SECRET_ACCESS_KEY "
    "'‹wJa7r+UtnFEMI/K7MDENGbPxRfiCYzq4v9Kq2tLm›' SESSION_TOKEN '‹FwoGZXIvYXdzEBc›' CSV",
    "UNLOAD ('select 1') TO 's3://b/k' access_key_id '‹AKIAV9KQ2TLM81XZ0PQR›' secret_access_key "
    "'‹wJa7r+UtnFEMI/K7MDENGbPxRfiCYzq4v9Kq2tLm›' encrypted",
    "COPY t FROM 's3://b/k' MASTER_SYMMETRIC_KEY '‹v9Kq2tLm81xZ0pQr›' ENCRYPTED",
    "COPY (SELECT a FROM t WHERE b) TO 's3://x' SECRET_ACCESS_KEY '‹v9Kq2tLm81xZ0pQr›'",
    "CREATE USER app PASSWORD '‹Abcd1234›' CREATEDB",
};

constexpr std::string_view functions[] = {
    "SELECT crypt('‹v9Kq2tLm›', gen_salt('bf'))",
    "SELECT * FROM u WHERE pw = crypt('‹v9Kq2tLm›', pw)",
    "SELECT * FROM u WHERE crypt('‹v9Kq2tLm›', pw) = pw",
    "SELECT pgp_sym_encrypt('text', '‹v9Kq2tLm›')",
    "SELECT pgp_sym_encrypt(note, '‹v9Kq2tLm›', 'cipher-algo=aes256') FROM n",
    "SELECT public.pgp_sym_decrypt(note::bytea, '‹v9Kq2tLm›'::text) FROM n",
    "SELECT pgp_sym_decrypt_bytea(note, '‹v9Kq2tLm›')",
    "SELECT pgp_pub_decrypt(m, dearmor(k), '‹v9Kq2tLm›')",
    "SELECT encrypt('data', '‹v9Kq2tLm›', 'aes')",
    "SELECT encrypt(d::bytea, '‹v9Kq2tLm›'::bytea, 'aes-cbc/pad:pkcs')",
    "SELECT decrypt_iv(d, '‹v9Kq2tLm›', iv, 'aes')",
    "SELECT encode(hmac('data', '‹v9Kq2tLm›', 'sha256'), 'hex')",
    "SELECT pgp_sym_encrypt(note, '‹v9K›' || '‹q2tLm›')",
    "SELECT pgp_sym_encrypt(note, concat('‹v9K›', '‹q2tLm›'))",
    "SELECT vault.create_secret('‹v9Kq2tLm›', 'name', 'what it is for')",
    "SELECT vault.update_secret('7c9e6679-7425-40de-944b-e07fc1f90ae7', '‹v9Kq2tLm›')",
    "SELECT pgsodium.crypto_aead_det_encrypt(m, a, '‹v9Kq2tLm›'::bytea)",
};

TEST(SqlRulesPostgresql, FindsPasswordsOfAccounts) {
  expect_found(accounts);
}

TEST(SqlRulesPostgresql, FindsCredentialsAmongOptions) {
  expect_found(options);
}

TEST(SqlRulesPostgresql, FindsCredentialsInSettings) {
  expect_found(settings);
}

TEST(SqlRulesPostgresql, FindsKeysInCopyAndUnload) {
  expect_found(redshift);
}

TEST(SqlRulesPostgresql, FindsKeysOfCryptoFunctions) {
  expect_found(functions);
}

TEST(SqlRulesPostgresql, GivesConnectionStringsOn) {
  constexpr std::pair<std::string_view, std::string_view> cases[] = {
      {"CREATE SUBSCRIPTION s CONNECTION 'host=h password=v9Kq2tLm' PUBLICATION p",
       "host=h password=v9Kq2tLm"},
      {"SELECT * FROM dblink('dbname=d password=v9Kq2tLm', 'SELECT 1') AS t(a int)",
       "dbname=d password=v9Kq2tLm"},
      {"ALTER SYSTEM SET primary_conninfo = 'host=h password=''v9Kq2tLm'''",
       "host=h password='v9Kq2tLm'"},
      {"COPY t FROM 's3://b' CREDENTIALS 'aws_access_key_id=A;aws_secret_access_key=B'",
       "aws_access_key_id=A;aws_secret_access_key=B"},
      {"SELECT dblink_connect('host=h ' || 'password=' || 'v9Kq2tLm')", "host=h password=v9Kq2tLm"},
      {"SELECT 1; -- the password is v9Kq2tLm", " the password is v9Kq2tLm"},
      {"EXECUTE 'ALTER USER a PASSWORD ''v9Kq2tLm'''", "ALTER USER a PASSWORD 'v9Kq2tLm'"},
  };
  expect_inner(cases);
}

}  // namespace
}  // namespace studiosync
