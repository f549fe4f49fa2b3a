#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view accounts[] = {
    "CREATE USER 'app'@'%' IDENTIFIED BY '‹v9Kq2tLm›'",
    "CREATE USER app@localhost IDENTIFIED BY \"‹v9Kq2tLm›\"",
    "CREATE USER IF NOT EXISTS `app`@`%` IDENTIFIED BY PASSWORD "
    "'‹*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4›'",
    "CREATE USER app IDENTIFIED WITH mysql_native_password BY '‹v9Kq2tLm›'",
    "CREATE USER app IDENTIFIED WITH 'mysql_native_password' AS "
    "'‹*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4›'",
    "CREATE USER app IDENTIFIED WITH caching_sha2_password AS ‹0x24412430303524›",
    "CREATE USER a IDENTIFIED BY '‹v9Kq2tLm›', b IDENTIFIED BY '‹q2tLm9Kv›' REQUIRE SSL",
    "CREATE USER a IDENTIFIED BY '‹v9Kq2tLm›' AND IDENTIFIED WITH x BY '‹q2tLm9Kv›'",
    "CREATE USER a IDENTIFIED VIA mysql_native_password USING PASSWORD('‹v9Kq2tLm›') OR ed25519 "
    "USING "
    "PASSWORD('‹q2tLm9Kv›')",
    "CREATE USER a IDENTIFIED VIA ed25519 USING '‹ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY›' OR "
    "unix_socket",
    "ALTER USER app IDENTIFIED BY '‹v9Kq2tLm›' REPLACE '‹q2tLm9Kv›' RETAIN CURRENT PASSWORD",
    "ALTER USER USER() IDENTIFIED BY '‹it\\'s\\\\9K›'",
    "ALTER USER app IDENTIFIED WITH sha256_password BY '‹v9Kq2tLm›' PASSWORD EXPIRE",
    "GRANT ALL PRIVILEGES ON d.* TO 'app'@'localhost' IDENTIFIED BY '‹v9Kq2tLm›' WITH GRANT OPTION",
    "GRANT SELECT, UPDATE ON d.* TO app IDENTIFIED BY '‹v9Kq2tLm›'",
    "SET PASSWORD = '‹v9Kq2tLm›'",
    "SET PASSWORD FOR 'app'@'%' = '‹v9Kq2tLm›'",
    "SET PASSWORD FOR app = PASSWORD('‹v9Kq2tLm›')",
    "SET PASSWORD = OLD_PASSWORD('‹v9Kq2tLm›')",
    "SET PASSWORD FOR app = '‹v9Kq2tLm›' REPLACE '‹q2tLm9Kv›'",
    "/*!50001 CREATE USER app IDENTIFIED BY '‹v9Kq2tLm›' */",
    "CREATE USER app IDENTIFIED /* by */ BY # secret\n '‹v9Kq2tLm›'",
    "CREATE USER app IDENTIFIED BY '‹v9K›' '‹q2tLm›'",
    "CREATE USER app IDENTIFIED BY '‹v9Kq2tLm›",
};

constexpr std::string_view replication[] = {
    "CHANGE MASTER TO MASTER_HOST='h', MASTER_USER='r', MASTER_PASSWORD='‹v9Kq2tLm›', "
    "MASTER_PORT=1",
    "CHANGE REPLICATION SOURCE TO SOURCE_USER='r', SOURCE_PASSWORD = '‹v9Kq2tLm›' FOR CHANNEL 'c'",
    "START SLAVE USER='r' PASSWORD='‹v9Kq2tLm›'",
    "START REPLICA UNTIL SQL_AFTER_GTIDS = 'x:1-5' USER = 'r' PASSWORD = '‹v9Kq2tLm›'",
    "START GROUP_REPLICATION USER='r', PASSWORD='‹v9Kq2tLm›'",
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'r', HOST 'h', PASSWORD "
    "'‹v9Kq2tLm›')",
    "SET GLOBAL group_replication_recovery_password = '‹v9Kq2tLm›'",
    "SET PERSIST app.secret_key = '‹v9Kq2tLm81xZ›'",
};

constexpr std::string_view functions[] = {
    "SELECT AES_ENCRYPT('text', '‹v9Kq2tLm›')",
    "SELECT AES_DECRYPT(c, UNHEX(SHA2('‹v9Kq2tLm›', 512))) FROM t",
    "INSERT INTO t VALUES (1, AES_ENCRYPT('text', \"‹v9Kq2tLm›\"))",
    "SELECT DES_ENCRYPT(c, '‹v9Kq2tLm›')",
    "SELECT ENCODE('text', '‹v9Kq2tLm›'), DECODE(c, '‹v9Kq2tLm›')",
    "SELECT PASSWORD('‹v9Kq2tLm›')",
    "SELECT ENCRYPT('‹v9Kq2tLm›')",
    "UPDATE mysql.user SET authentication_string = PASSWORD('‹v9Kq2tLm›') WHERE user = 'app'",
};

TEST(SqlRulesMysql, FindsPasswordsOfAccounts) {
  expect_found(accounts);
}

TEST(SqlRulesMysql, FindsPasswordsOfReplicationAndServers) {
  expect_found(replication);
}

TEST(SqlRulesMysql, FindsKeysOfFunctions) {
  expect_found(functions);
}

}  // namespace
}  // namespace studiosync
