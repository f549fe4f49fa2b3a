// What the validator must leave alone: a refusal is for good.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "core/sanitizer/validator/provider_shapes.hpp"
#include "core/sanitizer/validator/shape.hpp"
#include "tests/core/sanitizer/validator/verdicts.hpp"

namespace studiosync {
namespace {

constexpr auto ordinary_sql = std::to_array<std::string_view>({
    "SELECT password_hash FROM users WHERE token = $1",
    "SELECT id, password, passwd, pwd FROM users WHERE password = $1",
    "CREATE TABLE users (id int, password VARCHAR(255) NOT NULL, pwd text DEFAULT '')",
    "CREATE TABLE t (password VARCHAR(255) DEFAULT 'x', note text)",
    "CREATE TABLE t (kind ENUM('password','token','api_key'))",
    "UPDATE users SET password = new_password WHERE id = 1",
    "UPDATE users SET password=new_password, pwd=pwd2 WHERE id=1",
    "INSERT INTO u (password) VALUES ($1) ON CONFLICT DO UPDATE SET password = EXCLUDED.password",
    "UPDATE users SET password = crypt($1, gen_salt('bf')), password_hash = $2",
    "UPDATE users SET password=crypt(:pw, gen_salt('bf', 12))",
    "SELECT PASSWORD(pw), OLD_PASSWORD('x') FROM users",
    "SELECT 'password' AS label, u.password AS \"Password2\" FROM users u",
    "SELECT u.password 'Kennwort', u.password \"Kennwort\" FROM users u",
    "SELECT * FROM t WHERE name LIKE '%password%' OR name IN ('password', 'secret1')",
    "SELECT * FROM t WHERE password IS NULL OR password = '' OR password <> 'x9y8z7'",
    "UPDATE t SET password = '', note = 'abc123' WHERE x = ''",
    "UPDATE t SET password = NULL, pwd = '' , x = ''",
    "SET password='',name='x1y2z3'",
    "ALTER USER a PASSWORD EXPIRE; ALTER USER b PASSWORD NULL; ALTER ROLE c PASSWORD ''",
    "ALTER ROLE a SET password_encryption = 'scram-sha-256'",
    "ALTER USER a PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 90 DAY FAILED_LOGIN_ATTEMPTS 3",
    "CREATE USER a IDENTIFIED WITH caching_sha2_password",
    "CREATE USER a IDENTIFIED EXTERNALLY; CREATE USER b IDENTIFIED BY RANDOM PASSWORD",
    "COMMENT ON COLUMN users.password IS 'bcrypt, cost 12, 60 bytes'",
    "COMMENT 'the password: at least 8 characters'",
    "CREATE POLICY p ON secrets USING (owner = current_user)",
    "SELECT secret, secret_id FROM secrets WHERE secret = 'internal'",
    "SELECT * FROM a JOIN b ON a.api_key = b.api_key WHERE access_key = :key",
    "SELECT private_key_path, public_key FROM keys WHERE private_key = '/etc/ssl/key1.pem'",
    "SELECT 'http://host:8080/a@b', 'https://user@host/x', 'a://b', 'mailto:a@b'",
    "SELECT 'http://' || usr || ':' || pw || '@' || host",
    "SELECT md5(password), sha256(password || salt) FROM users",
    "SELECT * FROM t WHERE id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'",
    "-- commit 5c1d2a9f0e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c\nSELECT 1",
    "PRAGMA key_check; PRAGMA foreign_keys = ON; PRAGMA table_info('keys')",
    "SELECT s.id, msg.id, config.value, f.sk_id, task_type, risk_level FROM s",
    "GRANT SELECT ON TABLE users (password) TO app",
    "IF password = 'required' THEN RAISE EXCEPTION 'password missing'; END IF",
    "SELECT password = crypt('x', password) FROM users",
    "WHERE password=\"column1\" AND pwd = \"tmp2\".\"pwd\" AND pwd = `col99`",
    "EXECUTE 'ALTER ROLE ' || quote_ident(r) || ' PASSWORD ' || quote_literal(pw)",
    "SET @sql = CONCAT('ALTER USER ', QUOTE(@u), ' IDENTIFIED BY ', QUOTE(@pw), ' /* x */')",
    "SET @s = N'ALTER LOGIN ' + QUOTENAME(@l) + N' WITH PASSWORD = ' + QUOTENAME(@p, '''')",
    "EXECUTE IMMEDIATE 'ALTER USER ' || u || ' IDENTIFIED BY \"' || pw || '\"'",
    "CREATE USER a PASSWORD = '&{pw}' DEFAULT_ROLE = b",
    "password=password; pwd=pwd1 secret=secret_2",
});

constexpr auto ordinary_text = std::to_array<std::string_view>({
    "Please reset the password of your account; the password 'must be set'.",
    "A password policy: at least 12 characters, PASSWORD_MIN_LENGTH=12.",
    "Create a user and set password = 'at least 8 characters'.",
    "{\"password\": \"required|string|min:8\"} {\"password\": {\"type\": \"string\"}}",
    "{\"password\": \"Passwort\", \"password2\": \"Kennwort wiederholen\"}",
    "<input type=\"password\" name=\"password\" id=\"password1\" value=\"\">",
    "The Bearer of this letter; Bearer authentication; Basic information; basic understanding",
    "Authorization: Bearer <token>, Authorization: Bearer ${TOKEN}, Authorization: Basic ...",
    "-----BEGIN PUBLIC "
    "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAAAAAAAA\n-----END",
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq8Zr4Tn1Lw5Yx7Bv2\n",
    "eyJhbGciOiJIUzI1NiJ9 is a header alone, and eyJ.eyJ.x is nothing",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4",
    "AKIA is the prefix; AKIAIOSFODNN7EXAMPLE is the example; ghp_ too; sk-proj-, xoxb-, SG.x.y",
    "SKU SK1234, ASIA, ask-anything, task-list-of-things-to-do-in-the-next-month-or-so",
    "redis+unix://[[USERNAME:]PASSWORD@localhost]SOCKET_PATH",
    "DB_HOST=db\nDB_PASSWORD=/run/secrets/db_password\nDB_USER=app\n",
    "host=db user=app password=./keys/db.txt dbname=x",
    "https://example.com:443/path?x=a:b@c and postgres://user:password@host/db",
});

TEST(AcceptedText, IsOrdinarySql) {
  for (const std::string_view text : ordinary_sql)
    EXPECT_EQ(verdict_on_text(text), "clean") << text;
}

TEST(AcceptedText, IsOrdinaryProse) {
  for (const std::string_view text : ordinary_text) {
    EXPECT_EQ(verdict_on_text(text), "clean") << text;
  }
}

constexpr auto stand_ins = std::to_array<std::string_view>({
    "[REDACTED]",
    "[REDACTED][REDACTED]",
    "<password>",
    "<PASSWORD>",
    "${VAR}",
    "${DB_PASS:-x}",
    "$VAR",
    "$(pass show db)",
    ":pw",
    "@pw",
    "?",
    "$1",
    "%s",
    "%(password)s",
    "{{x}}",
    "{{ x }}",
    "{x}",
    "[x]",
    "%VAR%",
    "#{pw}",
    "xxxx",
    "xxxxxxxx",
    "XXXX-XXXX",
    "****",
    "********",
    "...",
    "\u2026",
    "\u2022\u2022\u2022\u2022",
    "-",
    "",
    "your-password",
    "your_password_here",
    "YOUR_KEY_1",
    "example1",
    "EXAMPLE123",
    "my-example-pass1",
    "null",
    "NULL",
    "true",
    "false",
    "none",
    "empty",
    "password",
    "changeme",
    "change-me-1",
    "placeholder9",
    "REDACTED",
    "<%= x1 %>",
    "__PASSWORD1__",
    "insert-1-here",
    "********9",
});

TEST(AcceptedText, IsAStandInInEveryPosition) {
  for (const std::string_view view : stand_ins) {
    const std::string value(view);
    for (const std::string& text :
         {"CREATE ROLE a PASSWORD '" + value + "'",
          "ALTER LOGIN a WITH PASSWORD = N'" + value + "'",
          "EXECUTE 'ALTER ROLE a PASSWORD ''" + value + "'''",
          "CREATE USER a IDENTIFIED BY '" + value + "'",
          "CREATE USER a IDENTIFIED BY \"" + value + "\"", "PRAGMA key = '" + value + "'",
          "password = '" + value + "'", "{\"password\": \"" + value + "\"}",
          "{\\\"api_key\\\": \\\"" + value + "\\\"}", "Server=x;Password=" + value + ";Uid=a",
          "host=x password=" + value, "x?user=a&password=" + value + "&b=c",
          "AccountName=a;AccountKey=" + value + ";", "postgres://u:" + value + "@host/db",
          "Authorization: Bearer " + value, "Authorization: Basic " + value,
          "-----BEGIN PRIVATE KEY-----\n" + value + "\n-----END PRIVATE KEY-----",
          "-----BEGIN RSA PRIVATE KEY-----\\n" + value + "\\n-----END RSA PRIVATE KEY-----"}) {
      EXPECT_EQ(verdict_on_text(text), "clean") << text;
    }
  }
}

constexpr auto redacted = std::to_array<std::string_view>(
    {"PASSWORD '[REDACTED]'", "user:[REDACTED]@host", "password=[REDACTED];",
     "postgres://user:[REDACTED]@host/db?password=[REDACTED]&sslkey=[REDACTED]", "''[REDACTED]''",
     "E'[REDACTED]'", "N'[REDACTED]'", "IDENTIFIED BY [REDACTED]",
     "IDENTIFIED BY \"[REDACTED]\" REPLACE \"[REDACTED]\"",
     "CREATE ROLE a PASSWORD '[REDACTED]''[REDACTED]'", "[REDACTED][REDACTED]",
     "CREATE ROLE a PASSWORD '[REDACTED]' VALID UNTIL '2030-01-01'",
     "Authorization: Bearer [REDACTED]", "aws_secret_access_key=[REDACTED]",
     "CREDENTIALS 'aws_access_key_id=[REDACTED];aws_secret_access_key=[REDACTED]'"});

TEST(AcceptedText, IsARedactedTextInAnyQuotes) {
  for (const std::string_view text : redacted) {
    EXPECT_EQ(verdict_on_text(text), "clean") << text;
  }
}

TEST(AcceptedText, IsAKeyOfAnotherLength) {
  for (const std::string_view shape :
       {"AKIA{u15}", "AKIA{u17}", "ghp_{a35}", "AIza{w34}", "AIza{w36}", "npm_{a37}", "SK{h31}",
        "SK{h33}", "hf_{a33}", "dapi{h31}", "shpat_{h31}", "xAKIA{u16}", "x_ghp_{a36}"}) {
    const std::string text = validator::sample_of(shape);
    EXPECT_EQ(verdict_on_text(text), "clean") << text;
  }
}

TEST(AcceptedText, IsAFormatFilledWithOneCharacter) {
  for (const std::string_view text :
       {"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "AKIAXXXXXXXXXXXXXXXX",
        "SK00000000000000000000000000000000", "npm_000000000000000000000000000000000000"}) {
    EXPECT_EQ(verdict_on_text(text), "clean") << text;
  }
}

// A text that is cut off anywhere is no more dangerous than the whole.
TEST(AcceptedText, StaysAcceptedWhenItIsCutOff) {
  const auto expect_clean_heads = [](std::string_view text) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      const std::string_view head = text.substr(0, size);
      EXPECT_EQ(verdict_on_text(head), "clean") << head;
    }
  };
  for (const std::string_view text : ordinary_sql) expect_clean_heads(text);
  for (const std::string_view text : redacted) expect_clean_heads(text);
}

}  // namespace
}  // namespace studiosync
