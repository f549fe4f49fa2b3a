#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

constexpr std::string_view ordinary[] = {
    "SELECT password_hash FROM users WHERE token = $1",
    "SELECT * FROM secrets",
    "SELECT * FROM users WHERE password IS NULL",
    "SELECT * FROM users WHERE password IS NOT NULL AND password <> ''",
    "SELECT * FROM users WHERE password = $1 AND name = $2",
    "SELECT * FROM users WHERE password = ? OR password = :pw OR password = @pw OR password = %s",
    "SELECT * FROM users WHERE password = '${PASSWORD}'",
    "SELECT * FROM users WHERE password = '<password>'",
    "SELECT * FROM users WHERE password = crypt($1, password)",
    "SELECT * FROM users WHERE password = md5(salt || $1)",
    "SELECT * FROM users u JOIN secrets s ON u.password = s.password",
    "SELECT password, secret, token FROM users ORDER BY password",
    "SELECT COUNT(password) FROM users GROUP BY token HAVING COUNT(token) > 1000",
    "SELECT length(password) > 8000 FROM users",
    "SELECT 'password' AS label, 'Password' AS title",
    "SELECT name AS \"password\" FROM t",
    "SELECT NULL AS password, '' AS secret",
    "SELECT '********' AS password FROM users",
    "SELECT column_name FROM information_schema.columns WHERE column_name = 'password'",
    "SELECT column_name FROM information_schema.columns WHERE column_name LIKE '%password%'",
    "SELECT * FROM pg_settings WHERE name LIKE '%password%' AND setting <> 'off'",
    "SELECT * FROM pg_settings WHERE name = 'password_encryption'",
    "SELECT * FROM users WHERE password LIKE '$2y$%' OR password LIKE 'md5%' OR password LIKE '*%'",
    "SELECT * FROM users WHERE password NOT LIKE '$2%'",
    "SELECT * FROM events WHERE type = 'password_reset' AND status IN ('sent', 'token_expired')",
    "SELECT * FROM t WHERE token_type = 'bearer' AND grant_type = 'password'",
    "SELECT * FROM t WHERE token = 'abc'",
    "SELECT * FROM t WHERE key = 'theme' AND value = 'dark'",
    "SELECT * FROM words WHERE token = 'hello' OR token IN ('the', 'and')",
    "SELECT data->>'password' FROM users",
    "SELECT * FROM users WHERE password::text = :p OR (password)::text = $1::text",
    "SELECT * FROM users WHERE CAST(password AS text) = ? AND password COLLATE \"C\" = @pw",
    "SELECT * FROM users WHERE password::text = '' AND pg_typeof(password)::text = 'text'",
    "SELECT * FROM users WHERE CAST(length(password) AS text) = '8' AND (password) IS NULL",
    "SELECT * FROM t WHERE (count, password) = (1, $1) AND length(password)::text = '12345678'",
    "SELECT CAST(a AS password), b::password, 'v9Kq2tLm' AS note FROM t WHERE c = 'v9Kq2tLm'",
    "SELECT COALESCE(password, 'none'), COALESCE(password, '') FROM users",
    "SELECT data->>'$.password' AS p, JSON_EXTRACT(data, '$.user.password') FROM users",
    "UPDATE users SET password = JSON_EXTRACT(data, '$.password')",
    "UPDATE t SET d = jsonb_set(d, '{password}', 'null')",
    "UPDATE t SET d = d - 'password'",
    "SELECT to_char(password_changed_at, 'YYYY-MM-DD HH24:MI:SS') FROM users",
    "UPDATE users SET password = NULL, token = DEFAULT",
    "UPDATE users SET password = EXCLUDED.password",
    "UPDATE users SET password = new_password, password_changed_at = '2024-01-01'",
    "UPDATE users SET password_expires = '2024-01-01', password_policy = 'strict'",
    "UPDATE users SET password_hint = 'the dog'",
    "UPDATE settings SET value = 'dark grey' WHERE name = 'theme' AND secret IS NULL",
    "CREATE USER app IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'",
    "CREATE USER app IDENTIFIED WITH auth_pam AS 'mysqld'",
    "SELECT encode(name, 'cp1252'), decode(name, 'koi8-r') FROM t",
    "INSERT INTO users (name, password) VALUES ($1, $2)",
    "INSERT INTO users (name, password) VALUES ('app', NULL), ('b', DEFAULT)",
    "INSERT INTO users (name, password) VALUES ('app', crypt($1, gen_salt('bf')))",
    "INSERT INTO users (name, password) VALUES ('app', encode(digest($1, 'sha256'), 'hex'))",
    "INSERT INTO users (name, password) SELECT 'app', password FROM old WHERE kind = 'long name 1'",
    "INSERT INTO users (name, email) VALUES ('password', 'secret@example.org')",
    "INSERT INTO settings (key, value) VALUES ('password_min_length', '12')",
    "INSERT INTO settings (name, value) VALUES ('theme', 'v9Kq2tLm'), ('token_lifetime', '3600')",
    "INSERT INTO i18n (id, text) VALUES ('password.label', 'Your password'), ('secret', 'Secret')",
    "CREATE TABLE users (id serial PRIMARY KEY, password varchar(255) NOT NULL DEFAULT '')",
    "CREATE TABLE users (password text CHECK (length(password) >= 8), token uuid DEFAULT uuid())",
    "CREATE TABLE users (password \"char\", `secret` varchar(20) COMMENT 'hashed with bcrypt, 12 "
    "rounds')",
    "CREATE TABLE t (kind text CHECK (kind IN ('password', 'token', 'secret')))",
    "CREATE TYPE auth AS ENUM ('password', 'token', 'public_key')",
    "CREATE INDEX i ON users (password) WHERE token IS NOT NULL",
    "CREATE TABLE tokens (id int, FOREIGN KEY (id) REFERENCES secrets (id))",
    "ALTER TABLE users ADD COLUMN password varchar(255) NULL",
    "ALTER TABLE users ADD CONSTRAINT password_length CHECK (char_length(password) > 8)",
    "ALTER TABLE users RENAME COLUMN password TO password_hash",
    "COMMENT ON COLUMN users.password IS 'the hashed password'",
    "COMMENT ON TABLE secrets IS 'what nobody may know'",
    "EXEC sp_addextendedproperty 'MS_Description', 'the password of the user', 'SCHEMA', 'dbo'",
    "ALTER USER app PASSWORD EXPIRE INTERVAL 90 DAY",
    "ALTER USER app PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 365 DAY PASSWORD_LOCK_TIME 3",
    "ALTER USER app IDENTIFIED BY RANDOM PASSWORD",
    "ALTER USER app ACCOUNT UNLOCK PASSWORD EXPIRE NEVER",
    "ALTER USER app PASSWORD NULL",
    "ALTER USER app PASSWORD DISABLE",
    "ALTER ROLE app VALID UNTIL '2031-01-01'",
    "CREATE USER app PASSWORD '<new password>'",
    "CREATE USER app IDENTIFIED BY '[REDACTED]'",
    "CREATE USER app IDENTIFIED BY \"[REDACTED]\"",
    "CREATE USER app IDENTIFIED BY :pw",
    "CREATE USER app IDENTIFIED BY '${APP_PASSWORD}'",
    "CREATE USER app IDENTIFIED EXTERNALLY AS 'CN=app'",
    "CREATE USER app IDENTIFIED GLOBALLY AS 'CN=app,O=org'",
    "CREATE LOGIN [DOMAIN\\app] FROM WINDOWS WITH DEFAULT_DATABASE = [master]",
    "ALTER PROFILE p LIMIT PASSWORD_LIFE_TIME 60 PASSWORD_VERIFY_FUNCTION verify_password",
    "CREATE PROFILE p LIMIT PASSWORD_REUSE_MAX 10000 FAILED_LOGIN_ATTEMPTS 5",
    "SHOW VARIABLES LIKE 'validate_password%'",
    "SET GLOBAL validate_password.policy = 'STRONG'",
    "SET GLOBAL default_password_lifetime = 1800",
    "SET password_encryption = 'scram-sha-256'",
    "ALTER SYSTEM SET password_encryption TO 'scram-sha-256'",
    "GRANT SELECT (password), UPDATE ON users TO app",
    "REVOKE ALL ON secrets FROM app",
    "SELECT encode(password, 'hex'), decode(token, 'base64'), encode(digest(x, 'sha256'), "
    "'escape') FROM t",
    "SELECT decode(status, 'A', 'Active', 'B', 'Blocked', 'Unknown') FROM t",
    "SELECT md5('hello world'), sha1('x'), HASHBYTES('SHA2_256', 'text'), digest('x', 'sha256')",
    "SELECT hmac(d, k, 'sha256'), aes_encrypt(a, b), pgp_sym_encrypt(a, $1), encrypt(a, b, 'aes')",
    "SELECT AES_ENCRYPT(secret, @key), AES_DECRYPT(token, UNHEX(?)) FROM t",
    "SELECT gen_salt('bf', 8), gen_random_uuid()",
    "PRAGMA table_info('users'); PRAGMA foreign_keys = ON; PRAGMA journal_mode = 'wal'",
    "PRAGMA key = ?",
    "ATTACH DATABASE 'other.db' AS other",
    "CREATE EXTENSION pgcrypto",
    "CREATE DATABASE LINK l USING 'orcl'",
    "SELECT * FROM t START WITH a = 1 CONNECT BY PRIOR id = parent AND level <= 10/2",
    "SELECT * FROM s3('https://b/k.csv', 'CSV', 'a UInt32, b String')",
    "SELECT * FROM s3('https://b/k.csv', NOSIGN, 'CSVWithNames')",
    "SELECT * FROM gcs('https://b/k', 'Parquet')",
    "CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a",
    "SELECT * FROM remote('h:9000', d.t)",
    "SELECT replace(password, 'a', 'bcdefgh') FROM users",
    "SELECT CASE WHEN password = '' THEN 'none' ELSE 'some' END FROM users",
    "SELECT 'please change your password' AS message",
    "SELECT CONCAT('password: ', password) FROM users",
    "CREATE FUNCTION f(p_password text) RETURNS text AS $$ SELECT p_password $$ LANGUAGE sql",
    "RAISE NOTICE 'password is too short'",
    "CREATE TRIGGER t BEFORE UPDATE OF password ON users EXECUTE FUNCTION check_password('strict')",
    "CREATE POLICY p ON users USING (token = current_setting('app.token'))",
    "CREATE VIEW v AS SELECT id, '***' AS password FROM users",
    "SELECT jsonb_build_object('password', password, 'token', $1) FROM users",
    "SELECT current_setting('app.password')",
    "CREATE STAGE s URL = 's3://b/k' STORAGE_INTEGRATION = i",
    "COPY t FROM 's3://b/k' IAM_ROLE 'arn:aws:iam::0:role/r' CSV DELIMITER '|'",
    "COPY users (id, password) FROM STDIN WITH (FORMAT csv, QUOTE '\"')",
    "SELECT * FROM users WHERE reset_token_expires_at > '2024-05-05 10:00:00'",
    "SELECT id FROM api_keys WHERE key_id = 'default' AND secret_version = 10000",
    "CREATE SECRET MANAGER",
    "DROP USER app; DROP ROLE IF EXISTS password",
    "SELECT 'connect', 'a/b', 'connect to a/b'",
    "SELECT auth.uid(), auth.role() = 'authenticated'",
    "CREATE USER 'password'@'localhost'",
    "SELECT user, host, plugin FROM mysql.user WHERE plugin = 'mysql_native_password'",
    R"sql(SELECT * FROM t WHERE passport = 'X1234567' AND bypass = 'yes')sql",
    R"sql(INSERT INTO sessions (id, token, user_id) VALUES (1, 'abc', 2))sql",
    R"sql(INSERT INTO commits (sha, message) VALUES )sql"
    R"sql(('3f785a9c1b2d4e5f60718293a4b5c6d7e8f90123', 'fix password reset'))sql",
    R"sql(SELECT 'Enter your password' AS password_prompt, 'secret' AS kind)sql",
    R"sql(INSERT INTO permissions (name, secret) VALUES ('read', false))sql",
    R"sql(CREATE TABLE users (id int, password varchar(255) COLLATE utf8_bin NOT NULL )sql"
    R"sql(COMMENT 'bcrypt hash', `token` char(36) DEFAULT NULL);)sql",
    R"sql(CREATE USER app@localhost REQUIRE SUBJECT '/CN=app' ISSUER '/O=org' PASSWORD )sql"
    R"sql(EXPIRE NEVER)sql",
    R"sql(ALTER TABLE users MODIFY password VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL )sql"
    R"sql(COMMENT 'hash of the password')sql",
    R"sql(ALTER LOGIN app WITH DEFAULT_DATABASE = [d], CHECK_POLICY = OFF)sql",
    R"sql(CREATE LOGIN app WITH PASSWORD = $(AppPassword))sql",
    R"sql(SELECT * FROM users WHERE password = (SELECT value FROM settings WHERE name = )sql"
    R"sql('default_password'))sql",
    R"sql(SELECT CASE WHEN auth_method = 'password' THEN 'Password login' ELSE 'Token login' )sql"
    R"sql(END AS method FROM logins)sql",
    R"sql(SELECT IF(password = '', 'no', 'yes has one') FROM users)sql",
    R"sql(GRANT SELECT ON users TO app WITH GRANT OPTION)sql",
    R"sql(SELECT column_name AS token FROM t WHERE t.name LIKE 'pass%')sql",
    R"sql(CREATE SUBSCRIPTION s CONNECTION 'service=prod' PUBLICATION p)sql",
    R"sql(UPDATE oauth SET grant_type = 'password', token_endpoint_auth_method = )sql"
    R"sql('client_secret_basic')sql",
    R"sql(UPDATE t SET secret_name = 'prod/db', secret_arn = )sql"
    R"sql('arn:aws:secretsmanager:us-east-1:1:secret:x')sql",
    R"sql(SELECT HASHBYTES('SHA2_256', password) FROM users)sql",
    R"sql(CREATE CERTIFICATE c WITH SUBJECT = 'Password encryption certificate')sql",
    R"sql(CREATE SYMMETRIC KEY k WITH ALGORITHM = AES_256 ENCRYPTION BY CERTIFICATE c)sql",
    R"sql(SELECT DATEADD(day, 90, password_last_set) AS password_expires, 'days since' AS )sql"
    R"sql(secret_age FROM users)sql",
    R"sql(SELECT token, COUNT(*) FROM words WHERE token LIKE 'pre%' GROUP BY token)sql",
    R"sql(INSERT INTO translations (key, value) VALUES ('login.password', 'Password'), )sql"
    R"sql(('login.secret', 'Geheimnis'))sql",
    R"sql(INSERT INTO config(name, value) VALUES ('password_policy', 'strong'), )sql"
    R"sql(('max_tokens', '4096'))sql",
    R"sql(CREATE ROLE readonly NOLOGIN; COMMENT ON ROLE readonly IS 'password less role')sql",
    R"sql(SELECT usename, passwd FROM pg_shadow WHERE passwd LIKE 'SCRAM-SHA-256%')sql",
    R"sql(SET SESSION AUTHORIZATION 'bob'; SET ROLE 'admin')sql",
    R"sql(SET NAMES 'utf8'; SET time_zone = '+00:00')sql",
    R"sql(SELECT * FROM users WHERE password REGEXP '^[a-f0-9]{32}$')sql",
    R"sql(SELECT * FROM users WHERE password ~ '^\$2[aby]\$')sql",
    R"sql(UPDATE users SET password = 'N/A', secret = 'none')sql",
    R"sql(SELECT 'a' || password || 'b' FROM users)sql",
    R"sql(SELECT * FROM api WHERE authorization = 'Bearer')sql",
    R"sql(INSERT INTO forms (label, type) VALUES ('Password', 'password'), ('Secret )sql"
    R"sql(question', 'text'))sql",
    R"sql(CREATE TABLE t (kind text DEFAULT 'password', secret boolean DEFAULT 'f'))sql",
    R"sql(SELECT jsonb_build_object('password', 'required', 'token', 'string'))sql",
    R"sql(EXEC sp_configure 'remote access', 0)sql",
    R"sql(EXEC sp_helplogins 'password')sql",
    R"sql(SELECT CONNECTIONPROPERTY('auth_scheme'), auth_scheme FROM sys.dm_exec_connections)sql",
    "IDENTIFIED",
    "PASSWORD",
    "SET PASSWORD",
    "",
};

TEST(SqlRulesQuiet, LeavesOrdinarySqlAlone) {
  for (const std::string_view statement : ordinary) {
    EXPECT_EQ(sql_cases::mark(statement, sql_cases::read_sql(statement).secret), statement);
    EXPECT_EQ(sql_cases::mark(statement, sql_cases::read_prose(statement).secret), statement);
  }
}

constexpr std::string_view prose[] = {
    "The password is too short; please set a new one.",
    "Don't forget: the users' password can't be empty, and it's hashed.",
    "Please create a table where rows are identified by email, not by name.",
    "Set the password field to NULL and update the users table where token is null.",
    "Connect to the staging database as user admin using psql.",
    "We connect read/write splitting to the pool. Connect client/server code.",
    "The column \"password\" holds 'bcrypt' hashes, the column 'token' nothing.",
    "In postgres, PASSWORD 'required' is not a thing, PASSWORD '<your password>' is.",
    "{\"password\": \"required\", \"secret\": null}",
    "Use IDENTIFIED BY '***' as in the manual.",
    "PASSWORD '' VALID UNTIL ''2031-01-01''",
    "select the user, then open the password dialog and copy the text",
};

TEST(SqlRulesQuiet, LeavesOrdinaryProseAlone) {
  for (const std::string_view text : prose) {
    EXPECT_EQ(sql_cases::mark(text, sql_cases::read_prose(text).secret), text);
  }
}

TEST(SqlRulesQuiet, GivesNothingOnThatCannotHoldACredential) {
  EXPECT_TRUE(sql_cases::read_sql("SELECT 'abc', 'order_id', 'a b' FROM t -- x").views.empty());
}

}  // namespace
}  // namespace studiosync
