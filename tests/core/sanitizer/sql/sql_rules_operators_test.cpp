// What is compared with a credential's column by other operators than `=`, or through a call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

template <class Table>
void expect_quiet(const Table& statements) {
  for (const std::string_view statement : statements) {
    EXPECT_EQ(sql_cases::mark(statement, sql_cases::read_sql(statement).secret), statement);
    EXPECT_EQ(sql_cases::mark(statement, sql_cases::read_prose(statement).secret), statement);
  }
}

constexpr std::string_view fallbacks[] = {
    "SELECT * FROM users WHERE COALESCE(password, '‹hunter2secret›') = $1",
    "SELECT * FROM users WHERE COALESCE(u.password, o.password, '‹v9Kq2tLm›') = '‹q2tLm9Kv›'",
    "SELECT IFNULL(pwd,'‹v9Kq2tLm›') FROM users",
    "SELECT NVL(u.\"PASSWORD\", '‹v9Kq2tLm›') FROM users u",
    "SELECT ISNULL([password], N'‹v9Kq2tLm›') FROM users",
    "SELECT ifNull(lower(password), '‹v9Kq2tLm›') FROM users",
    "SELECT NULLIF(password, '‹v9Kq2tLm›') FROM users",
    "SELECT * FROM users WHERE STRCMP(password, '‹v9Kq2tLm›') = 0",
    "UPDATE users SET password = COALESCE(password, '‹hunter›')",
    "INSERT INTO users (name, password) VALUES ('a', COALESCE(password, '‹hunter›'))",
    "SELECT COALESCE(api_token, '‹v9Kq2tLm81xZ0pQr›') FROM users",
};

constexpr std::string_view ordinary_fallbacks[] = {
    "SELECT COALESCE(password, 'none'), IFNULL(pwd, ''), NVL(password, 'N/A') FROM users",
    "SELECT COALESCE(password, 'not set'), ISNULL(secret, '(none)'), NVL(pwd, '-') FROM users",
    "SELECT COALESCE(password, 'no password set on 2024 accounts') FROM users",
    "SELECT COALESCE(password, $1), IFNULL(pwd, :pw), NVL(password, '<password>') FROM users",
    "SELECT COALESCE(token, 'guest'), COALESCE(token, 'v1') FROM users",
    "SELECT COALESCE(name, 'v9Kq2tLm'), IFNULL(city, 'x1y2z3') FROM passwords",
    "SELECT NULLIF(password, ''), COALESCE(length(password), 'v9Kq2tLm') FROM users",
    "SELECT COALESCE(password_hash, 'sha256'), NULLIF(password_algorithm, 'md5') FROM users",
};

constexpr std::string_view through_calls[] = {
    "SELECT * FROM users WHERE LOWER(password) = '‹hunter›'",
    "SELECT * FROM users WHERE btrim(password) = '‹hunter›'",
    "SELECT * FROM users WHERE TRIM(BOTH ' ' FROM u.password) = '‹hunter›'",
    "SELECT * FROM users WHERE COALESCE(password, 'x') = '‹hunter›'",
    "SELECT * FROM users WHERE COALESCE(password, lower(name), '') = '‹hunter›'",
    "SELECT * FROM users WHERE NULLIF(password, '') = '‹hunter›'",
    "SELECT * FROM users WHERE REPLACE(password, ' ', '') = '‹hunter›'",
    "SELECT * FROM users WHERE REVERSE(password) = '‹retnuh›'",
    "SELECT * FROM users WHERE MD5(password) = '‹5f4dcc3b5aa765d61d8327deb882cf99›'",
    "SELECT * FROM users WHERE SHA2(password, 256) = '‹5f4dcc3b5aa765d61d8327deb882cf99›'",
    "SELECT * FROM users WHERE encode(digest(password, 'sha1'), 'hex') = '‹5baa61e4c9b93f3f›'",
    "SELECT * FROM users WHERE HASHBYTES('SHA2_256', password) = '‹5baa61e4c9b93f3f›'",
    "SELECT * FROM users WHERE HEX(password) = '‹68756E74657232›'",
    "SELECT * FROM users WHERE TO_BASE64(password) = '‹aHVudGVyMg==›'",
    "SELECT * FROM users WHERE AES_DECRYPT(password, @key) = '‹hunter›'",
    "SELECT * FROM users WHERE pgp_sym_decrypt(password, $1) = '‹hunter›'",
    "SELECT * FROM users WHERE '‹hunter›' = LOWER(password)",
    "SELECT * FROM users WHERE '‹hunter›' = LOWER(TRIM(u.password))",
    "SELECT * FROM users WHERE '‹hunter›' = COALESCE(password, '')",
    "SELECT * FROM users WHERE '‹hunter›' <> (password)",
    "SELECT * FROM users WHERE '‹5f4dcc3b5aa765d61d8327deb882cf99›' = MD5(password)",
};

constexpr std::string_view ordinary_calls[] = {
    "SELECT * FROM users WHERE length(password) = '12345678' OR ascii(password) > '12345678'",
    "SELECT * FROM users WHERE password_strength(password) = 'strong2'",
    "SELECT * FROM users WHERE MD5(name) = '5f4dcc3b5aa765d61d8327deb882cf99'",
    "SELECT * FROM users WHERE LEFT(password, 4) = '$2y$' OR SUBSTR(password, 1, 3) = 'md5'",
    "SELECT * FROM users WHERE MD5(password) = $1 AND LOWER(password) = ''",
    "SELECT * FROM users WHERE COALESCE(name, password) = 'v9Kq2tLm'",
    "SELECT * FROM users WHERE CONCAT(name, password) = 'v9Kq2tLm'",
    "SELECT * FROM users WHERE 'v9Kq2tLm' = MD5(name) OR 'v9Kq2tLm' = length(password)",
    "SELECT * FROM users WHERE 'v9Kq2tLm' = my_password(name)",
    "SELECT 'v9Kq2tLm' = lower(name), lower(password) FROM users",
};

constexpr std::string_view operators[] = {
    "SELECT * FROM users WHERE password BETWEEN '‹a1b2c3›' AND '‹d4e5f6›'",
    "SELECT * FROM users WHERE u.password NOT BETWEEN '‹a1b2c3›' AND '‹d4e5f6›' AND a = 'x1y2z3'",
    "SELECT * FROM users WHERE lower(password) BETWEEN '‹a1b2c3›' AND '‹d4e5f6›'",
    "SELECT * FROM users WHERE password NOT IN ('‹v9Kq2tLm›', '‹q2tLm9Kv›')",
    "SELECT * FROM users WHERE password < '‹v9Kq2tLm›' OR password > '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE password >= '‹v9Kq2tLm›' AND password <= '‹q2tLm9Kv›'",
    "SELECT * FROM users WHERE password IS '‹v9Kq2tLm›' OR password IS NOT '‹v9Kq2tLm›'",
    "SELECT * FROM users WHERE password LIKE '‹hunter2secret›'",
    "SELECT * FROM users WHERE password NOT LIKE '‹hunter2secret›' ESCAPE '!'",
    "SELECT * FROM users WHERE password LIKE BINARY '‹hunter2secret›'",
    "SELECT * FROM users WHERE password ILIKE ANY (ARRAY['‹hunter2secret›', '‹v9Kq2tLm›'])",
    "SELECT * FROM users WHERE password LIKE '‹k7Rt9xWv2LpZ8%›'",
    "SELECT * FROM users WHERE password LIKE '‹%k7Rt9xWv2LpZ8%›'",
    "SELECT * FROM users WHERE password SIMILAR TO '‹hunter2secret›'",
    "SELECT * FROM users WHERE password NOT SIMILAR TO '‹hunter2secret›'",
    "SELECT * FROM users WHERE password ~ '‹hunter2secret›' OR password !~* '‹hunter2secret›'",
    "SELECT * FROM users WHERE password ~* '‹hunter2secret›' OR REGEXP_LIKE(pwd, '‹v9Kq2tLm›')",
    "SELECT * FROM users WHERE INSTR(password, '‹hunter2secret›') > 0 OR password SIMILAR TO 'x'",
    "SELECT * FROM users WHERE password ~~ '‹hunter2secret›'",
    "SELECT * FROM users WHERE password RLIKE '‹hunter2secret›'",
    "SELECT * FROM users WHERE password REGEXP BINARY '‹hunter2secret›'",
    "SELECT * FROM users WHERE password GLOB '‹hunter2secret›'",
    "SELECT * FROM users WHERE password = ANY('‹{hunter2secret,v9Kq2tLm}›')",
    "SELECT * FROM users WHERE password <> ALL('‹{k7Rt9xWv2LpZ8}›'::text[])",
    "SELECT * FROM users WHERE password NOT IN (VALUES ('‹hunter2secret›'), ('‹v9Kq2tLm›'))",
    "SELECT * FROM users WHERE password <> ALL (ARRAY['‹hunter2secret›'])",
    "SELECT * FROM users WHERE LOCATE('‹hunter2secret›', password) > 0 OR LOCATE('‹v9Kq2tLm›', "
    "pwd)",
    "SELECT * FROM users WHERE CONTAINS(password, '‹hunter2secret›') OR endswith(pwd, "
    "'‹v9Kq2tLm›')",
    "SELECT * FROM users WHERE levenshtein(password, '‹hunter2secret›') < 3",
    "SELECT * FROM users WHERE FIND_IN_SET(password, '‹hunter2secret,v9Kq2tLm›') > 0",
    "SELECT * FROM users WHERE FIND_IN_SET('‹hunter2secret›', password) > 0",
    "SELECT * FROM users WHERE POSITION('‹hunter2secret›' IN u.password) > 0",
    "SELECT * FROM users WHERE CHARINDEX('‹hunter2secret›', LOWER(password)) > 0",
    "SELECT CASE password WHEN '‹hunter2secret›' THEN 'set1' WHEN '‹v9Kq2tLm›' THEN 'b' END FROM u",
};

constexpr std::string_view ordinary_operators[] = {
    "SELECT * FROM users WHERE password_changed_at BETWEEN '2024-01-01' AND '2024-02-01'",
    "SELECT * FROM users WHERE password BETWEEN 'a' AND 'm' OR password BETWEEN $1 AND $2",
    "SELECT * FROM users WHERE id BETWEEN 'a1b2c3' AND 'd4e5f6' AND password = $1",
    "SELECT * FROM users WHERE password > 'm' AND token < 'abc' AND token > 'v2'",
    "SELECT * FROM users WHERE password LIKE '$2y$%' OR password LIKE '$argon2id$v=19$%'",
    "SELECT * FROM users WHERE password LIKE 'pbkdf2_sha256$%' OR password LIKE '{SSHA512}%'",
    "SELECT * FROM users WHERE password LIKE 'SCRAM-SHA-256%' OR password LIKE 'sha512crypt%'",
    "SELECT * FROM users WHERE password LIKE 'md5' OR password ~ 'sha256' OR password LIKE 'a_'",
    "SELECT * FROM users WHERE password SIMILAR TO '[a-f0-9]{32}' OR password ~ '[0-9]'",
    "SELECT * FROM users WHERE REGEXP_LIKE(password, '^[0-9]+$') OR INSTR(password, '$2y$') = 1",
    "SELECT * FROM users WHERE password = ANY('{password1}') OR password = ANY('{}')",
    "SELECT * FROM users WHERE password = '{user,password}' OR password = ANY('{pw_1,pw_2}')",
    "SELECT password FROM users JOIN (VALUES ('v9Kq2tLm')) AS t(city) ON name IN (VALUES "
    "('q2tLm9'))",
    "SELECT password FROM users UNION ALL (SELECT 'v9Kq2tLm') EXCEPT ALL (SELECT 'q2tLm9Kv')",
    "SELECT * FROM users WHERE LOCATE('$2y$', password) = 1 OR POSITION('$' IN password) = 1",
    "SELECT * FROM users WHERE contains(password, '$') OR similarity(password, name) > 0.5",
    "SELECT * FROM users WHERE contains(name, 'v9Kq2tLm') OR startswith(password, '$2y$')",
    "SELECT * FROM users WHERE LOCATE('v9Kq2tLm', name) > 0 OR POSITION('v9Kq2tLm' IN name) > 0",
    "SELECT * FROM users WHERE password IS NOT NULL AND name IS 'v9Kq2tLm'",
    "COMMENT ON COLUMN users.password IS 'sha256-hashed, see RFC2898'",
    "SELECT CASE password WHEN '' THEN 'none' ELSE 'some2' END FROM users",
    "SELECT CASE name WHEN 'v9Kq2tLm' THEN password END FROM users",
    "SELECT * FROM users WHERE 'v9Kq2tLm' LIKE name OR 'v9Kq2tLm' IN (name, city)",
    "Select Settings > Password > 'Change it' and follow the link",
};

TEST(SqlRulesOperators, FindsWhatStandsInForACredential) {
  expect_found(fallbacks);
}

TEST(SqlRulesOperators, LeavesWordsThatSayThatThereIsNone) {
  expect_quiet(ordinary_fallbacks);
}

TEST(SqlRulesOperators, FindsWhatIsComparedThroughACall) {
  expect_found(through_calls);
}

TEST(SqlRulesOperators, LeavesWhatCallsTellOfACredential) {
  expect_quiet(ordinary_calls);
}

TEST(SqlRulesOperators, FindsWhatIsComparedByEveryOperator) {
  expect_found(operators);
}

TEST(SqlRulesOperators, LeavesRangesAndKindsOfHashes) {
  expect_quiet(ordinary_operators);
}

}  // namespace
}  // namespace studiosync
