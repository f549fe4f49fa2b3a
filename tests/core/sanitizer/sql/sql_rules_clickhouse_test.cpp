#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view accounts[] = {
    "CREATE USER app IDENTIFIED WITH plaintext_password BY '‹v9Kq2tLm›'",
    "CREATE USER app IDENTIFIED WITH sha256_hash BY "
    "'‹0C268556C1680BEF0640AAC1E7187566704208398DA31F03D18C74F5C5BE5053›' SALT '4FB1'",
    "CREATE USER app NOT IDENTIFIED",
    "ALTER USER app IDENTIFIED WITH double_sha1_password BY '‹v9Kq2tLm›' HOST ANY",
    "CREATE USER app IDENTIFIED WITH plaintext_password BY '‹v9Kq2tLm›', bcrypt_password BY "
    "'‹q2tLm9Kv›'",
    "CREATE USER app IDENTIFIED BY '‹it\\'s›'",
    "CREATE NAMED COLLECTION c AS url = 'https://h', access_key_id = '‹AKIAV9KQ2TLM›', "
    "secret_access_key = '‹wJa7r+UtnFEMI/K7MDENG›'",
    "ALTER NAMED COLLECTION c SET password = '‹v9Kq2tLm›', user = 'u'",
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(MYSQL(HOST 'h' PORT 1 USER 'u' PASSWORD "
    "'‹v9Kq2tLm›' DB 'd')) LAYOUT(FLAT())",
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(HTTP(url 'u' headers(header(name "
    "'API-KEY' "
    "value '‹v9Kq2tLm81xZ›'))))",
};

constexpr std::string_view table_functions[] = {
    "SELECT * FROM s3('https://b/k.csv', '‹AKIAV9KQ2TLM81XZ›', '‹wJa7r+UtnFEMI/K7MDENG›', 'CSV')",
    "SELECT * FROM s3('https://b/k.csv', '‹AKIAV9KQ2TLM81XZ›', '‹wJa7r+UtnFEMI/K7MDENG›', "
    "'‹FwoGZXIvYXdzEBc›', 'CSV', 'a UInt32')",
    "INSERT INTO FUNCTION s3('https://b/k', '‹AKIAV9KQ2TLM81XZ›', '‹wJa7r+UtnFEMI/K7›') SELECT 1",
    "SELECT * FROM s3Cluster('c', 'https://b/k', '‹AKIAV9KQ2TLM81XZ›', '‹wJa7r+UtnFEMI/K7›', "
    "'CSV')",
    "SELECT * FROM gcs('https://b/k', '‹GOOGV9KQ2TLM81XZ›', '‹wJa7r+UtnFEMI/K7›')",
    "CREATE TABLE t (a UInt32) ENGINE = S3('https://b/k', '‹AKIAV9KQ2TLM81XZ›', '‹wJa7r+Utn›', "
    "'CSV')",
    "CREATE TABLE t (a UInt32) ENGINE = MySQL('h:3306', 'd', 't', 'u', '‹v9Kq2tLm›')",
    "CREATE DATABASE d ENGINE = MySQL('h:3306', 'd', 'u', '‹v9Kq2tLm›')",
    "CREATE DATABASE d ENGINE = PostgreSQL('h:5432', 'd', 'u', '‹v9Kq2tLm›', 'public')",
    "SELECT * FROM mysql('h:3306', 'd', 't', 'u', '‹v9Kq2tLm›')",
    "SELECT * FROM postgresql('h:5432', 'd', 't', 'u', '‹v9Kq2tLm›', 'public')",
    "SELECT * FROM mongodb('h:27017', 'd', 't', 'u', '‹v9Kq2tLm›', 'a UInt64')",
    "SELECT * FROM redis('h:6379', 'key', 'key String, v UInt32', 0, '‹v9Kq2tLm›')",
    "CREATE TABLE t (k String) ENGINE = Redis('h:6379', 0, '‹v9Kq2tLm›') PRIMARY KEY(k)",
    "SELECT * FROM remote('h:9000', 'd', 't', 'u', '‹v9Kq2tLm›')",
    "SELECT * FROM remoteSecure('h:9440', d.t, 'u', '‹v9Kq2tLm›')",
    "SELECT * FROM azureBlobStorage('https://h', 'c', 'b', 'account', '‹v9Kq2tLm81xZ==›', 'CSV')",
    "SELECT * FROM url('https://h', CSV, headers('X-API-Key'='‹v9Kq2tLm81xZ›'))",
    "SELECT encrypt('aes-256-gcm', 'text', '‹v9Kq2tLm81xZ0pQrv9Kq2tLm81xZ0pQr›', iv)",
    "SELECT decrypt('aes-256-gcm', c, '‹v9Kq2tLm81xZ0pQr›') FROM t",
    "SELECT aes_encrypt_mysql('aes-256-ofb', 'text', '‹v9Kq2tLm81xZ0pQr›')",
};

TEST(SqlRulesClickhouse, FindsPasswordsOfAccountsAndCollections) {
  expect_found(accounts);
}

TEST(SqlRulesClickhouse, FindsCredentialsOfTableFunctionsAndEngines) {
  expect_found(table_functions);
}

}  // namespace
}  // namespace studiosync
