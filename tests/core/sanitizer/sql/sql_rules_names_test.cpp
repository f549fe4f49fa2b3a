#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view comparisons[] = {
    "UPDATE users SET password = '‹v9Kq2tLm›' WHERE id = 1",
    "UPDATE users SET name = 'x', `password` = \"‹v9Kq2tLm›\"",
    "UPDATE users u SET u.password = '‹v9Kq2tLm›'",
    "UPDATE users SET password = md5('‹v9Kq2tLm›')",
    "UPDATE users SET password = SHA2(CONCAT('‹v9K›', '‹q2tLm›'), 256)",
    "UPDATE users SET password = crypt('‹v9Kq2tLm›', gen_salt('bf', 8))",
    "UPDATE users SET password = encode(digest('‹v9Kq2tLm›', 'sha256'), 'hex')",
    "UPDATE users SET password = CASE id WHEN 1 THEN '‹v9Kq2tLm›' ELSE '‹q2tLm9Kv›' END",
    "UPDATE users SET (name, password) = ('app', '‹v9Kq2tLm›')",
    "UPDATE users SET password = prefix || '‹v9Kq2tLm›'",
    "UPDATE users SET password = '‹v9K›' || x || '‹q2tLm›'",
    "SELECT * FROM users WHERE password = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE '‹v9Kq2tLm›' = password",
    "SELECT * FROM users WHERE '‹v9Kq2tLm›' = u.password",
    "SELECT * FROM users WHERE lower(password) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE password COLLATE Latin1_General_CS_AS = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE u.password COLLATE \"C\" LIKE '‹v9Kq2tLm81xZ›'",
    "SELECT * FROM users WHERE u.password COLLATE pg_catalog.\"C\" = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE '‹v9Kq2tLm›' = password COLLATE utf8_bin",
    "SELECT * FROM users WHERE password = '‹v9Kq2tLm›' COLLATE utf8_bin",
    "SELECT * FROM users WHERE password::text = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE (password)::text = '‹v9Kq2tLm›'::text",
    "SELECT * FROM users WHERE (u.password)::character varying(40) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE password::varchar(40)::text IN ('‹v9Kq2tLm›', '‹q2tLm9Kv›')",
    "SELECT * FROM users WHERE (password) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE ((password))::text = ANY(ARRAY['‹v9Kq2tLm›'])",
    "SELECT * FROM users WHERE CAST(password AS varbinary) = CAST('‹v9Kq2tLm›' AS varbinary)",
    "SELECT * FROM users WHERE CAST(u.password AS varchar(40)) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE CONVERT(varbinary(64), password) = CONVERT(varbinary(64), "
    "'‹v9Kq2tLm›')",
    "SELECT * FROM users WHERE CONVERT(password USING utf8mb4) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE trim(lower(password)) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE lower(password::text) = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE BINARY password = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE COALESCE(password, '') = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE password <> '‹v9Kq2tLm›' AND password != N'‹q2tLm9Kv›'",
    "SELECT * FROM users WHERE password IN ('‹v9Kq2tLm›', '‹q2tLm9Kv›')",
    "SELECT * FROM users WHERE (name, password) IN (('app', '‹v9Kq2tLm›'))",
    "SELECT * FROM users WHERE password LIKE '‹v9Kq2tLm81xZ›'",
    "SELECT * FROM users WHERE data->>'password' = '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE api_token = '‹v9Kq2tLm81xZ0pQr›'",
    "UPDATE settings SET value = '‹v9Kq2tLm›' WHERE name = 'smtp_password'",
    "CREATE TABLE t WITH ('connector'='jdbc', 'username'='u', 'password'='‹v9Kq2tLm›')",
    "EXEC dbo.create_user @UserName='a', @Password='‹v9Kq2tLm›'",
    "UPDATE users SET password = CONVERT(VARBINARY(32), HASHBYTES('SHA2_256', '‹v9Kq2tLm›' + "
    "salt))",
    "var password = '‹v9Kq2tLm›'; let x = { password: \"‹v9Kq2tLm›\" };",
    "SET @password := '‹v9Kq2tLm›'",
    "SET @db_password = '‹v9Kq2tLm›'",
    "CALL login(user => 'app', password => '‹v9Kq2tLm›')",
    "SELECT json_build_object('user', 'app', 'password', '‹v9Kq2tLm›')",
    "UPDATE t SET d = JSON_SET(d, '$.password', '‹v9Kq2tLm›')",
    "SELECT 'app' AS name, '‹v9Kq2tLm›' AS password",
    "SELECT 'app' name, '‹v9Kq2tLm›' password FROM dual",
    "SELECT '‹v9Kq2tLm›' AS \"password\"",
    "CREATE TABLE u (id int, password varchar(20) NOT NULL DEFAULT '‹v9Kq2tLm›')",
    "ALTER TABLE u ALTER COLUMN password SET DEFAULT '‹v9Kq2tLm›'",
    "UPDATE users SET password = '‹82736451›' WHERE id = 1",
    "UPDATE users SET password = ‹82736451› WHERE id = 1",
    "UPDATE config SET value = 'x', smtp_password = _utf8mb4'‹v9Kq2tLm›'",
};

constexpr std::string_view inserts[] = {
    "INSERT INTO users (name, password) VALUES ('app', '‹v9Kq2tLm›')",
    "INSERT INTO users (name, password) VALUES ('a', '‹v9Kq2tLm›'), ('b', '‹q2tLm9Kv›')",
    "INSERT INTO s.users(`password`,`name`) VALUES (\"‹v9Kq2tLm›\",\"app\")",
    "INSERT INTO [dbo].[users] ([name], [password]) VALUES (N'app', N'‹v9Kq2tLm›')",
    "INSERT users (name, password) VALUES ('app', '‹v9Kq2tLm›')",
    "REPLACE INTO users (name, password) VALUES ('app', '‹v9Kq2tLm›')",
    "INSERT INTO users SET name = 'app', password = '‹v9Kq2tLm›'",
    "INSERT INTO users (name, password) VALUES ('app', MD5('‹v9Kq2tLm›'))",
    "INSERT INTO users (name, password, n) VALUES (lower('app'), crypt('‹v9Kq2tLm›', "
    "gen_salt('bf')), 5)",
    "INSERT INTO users (name, password) SELECT 'app', '‹v9Kq2tLm›'",
    "INSERT INTO users (name, password) SELECT 'a', '‹v9Kq2tLm›' UNION ALL SELECT 'b', "
    "'‹q2tLm9Kv›'",
    "INSERT INTO users (name, password) SELECT name, '‹v9Kq2tLm›' FROM old WHERE kind = 'a'",
    "INSERT INTO users (name, password) VALUES ('app', ‹82736451›)",
    "INSERT INTO users (name, password) VALUES ('a', '‹v9K›' || '‹q2tLm›')",
    "MERGE INTO users u USING s ON (u.id = s.id) WHEN NOT MATCHED THEN INSERT (name, password) "
    "VALUES "
    "('app', '‹v9Kq2tLm›')",
    "INSERT INTO keys (name, api_token) VALUES ('a', '‹v9Kq2tLm81xZ0pQr›')",
    "INSERT INTO settings (name, value) VALUES ('theme', 'dark'), ('smtp_password', '‹v9Kq2tLm›')",
    "INSERT INTO wp_options (option_name, option_value) VALUES ('mail_password', '‹v9Kq2tLm›')",
    "WITH x AS (SELECT 1) INSERT INTO users (password) VALUES ('‹v9Kq2tLm›') ON CONFLICT (id) DO "
    "NOTHING",
};

TEST(SqlRulesNames, FindsWhatIsAssignedComparedOrAliased) {
  expect_found(comparisons);
}

TEST(SqlRulesNames, FindsWhatIsInserted) {
  expect_found(inserts);
}

}  // namespace
}  // namespace studiosync
