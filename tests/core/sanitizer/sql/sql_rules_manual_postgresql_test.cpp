#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

// Each form that the manual knows, and the ways in which applications write values.
constexpr std::string_view statements[] = {
    R"sql(ALTER USER postgres WITH ENCRYPTED PASSWORD '‹md5a3f1c2b9d8e7f60514233241505f6a7b›')sql",
    R"sql(CREATE ROLE miriam LOGIN PASSWORD '‹jw8s0F4›' VALID UNTIL '2005-01-01')sql",
    R"sql(CREATE USER davide WITH PASSWORD $$‹jw8s0F4›$$)sql",
    R"sql(CREATE USER MAPPING FOR bob SERVER foo OPTIONS (user 'bob', password '‹secret9x›'))sql",
    R"sql(ALTER USER MAPPING FOR bob SERVER foo OPTIONS (SET password '‹public9x›'))sql",
    R"sql(ALTER USER MAPPING FOR bob SERVER foo OPTIONS (SET user 'bob', ADD password )sql"
    R"sql('‹public9x›'))sql",
    R"sql(SELECT pgp_sym_encrypt_bytea(data, '‹s3cretKey›', 'cipher-algo=aes256'))sql",
    R"sql(SELECT pgp_pub_decrypt(msg, keys.privkey, '‹mypass9›') FROM keys)sql",
    R"sql(SELECT crypt('‹mypass9›', gen_salt('md5')))sql",
    R"sql(UPDATE users SET pswhash = crypt('‹new password1›', gen_salt('bf')))sql",
    R"sql(SELECT (pswhash = crypt('‹entered9 password›', pswhash)) AS pswmatch FROM users)sql",
    R"sql(SELECT hmac('data', '‹k3yk3y›', 'sha256'))sql",
    R"sql(SELECT encrypt('data'::bytea, '‹fooz9›'::bytea, 'aes'))sql",
    R"sql(SELECT decrypt_iv(data, '‹0123456789abcdeX›', '\x00', 'aes-cbc'))sql",
    R"sql(SELECT encode(encrypt(convert_to('data','utf8'), )sql"
    R"sql(decode('‹3132333435363738393031323334353a›','hex'), 'aes-ecb'), 'base64'))sql",
    R"sql(SELECT set_config('app.db_password', '‹hunter2x›', false))sql",
    R"sql(SET app.api_secret = '‹hunter2x›')sql",
    R"sql(SET LOCAL myapp.jwt_secret TO '‹hunter2x›')sql",
    R"sql(ALTER DATABASE postgres SET "app.settings.jwt_secret" TO '‹super-secret-jwt-9token›')sql",
    R"sql(ALTER ROLE app SET app.password = '‹hunter2x›')sql",
    R"sql(CREATE SERVER s FOREIGN DATA WRAPPER odbc_fdw OPTIONS (dsn 'x', odbc_PWD )sql"
    R"sql('‹hunter2x›'))sql",
    R"sql(CREATE FOREIGN TABLE t (id int) SERVER s OPTIONS (username 'u', password )sql"
    R"sql('‹hunter2x›'))sql",
    R"sql(IMPORT FOREIGN SCHEMA public FROM SERVER s INTO l OPTIONS (password '‹hunter2x›'))sql",
    R"sql(SELECT vault.create_secret('‹another_s3kre3t›', 'unique_name', 'This is the )sql"
    R"sql(description'))sql",
    R"sql(SELECT vault.update_secret('7095d222-efe5-4cd5-b5c6-5755b451e223', )sql"
    R"sql('‹n3w_upd@ted_s3kret›', 'updated_unique_name'))sql",
    R"sql(SELECT jsonb_build_object('password', '‹hunter2x›'))sql",
    R"sql(SELECT json_build_object('user','a','password','‹hunter2x›','x',1))sql",
    R"sql(UPDATE t SET doc = jsonb_set(doc, '{password}', '"‹hunter2x›"'))sql",
    R"sql(UPDATE t SET doc = jsonb_set(doc, '{smtp,password}', '"‹hunter2x›"'::jsonb, true))sql",
    R"sql(SELECT hstore('password', '‹hunter2x›'))sql",
    R"sql(WITH c(login, password) AS (VALUES ('a','‹hunter2x›'), ('b','‹hunter3x›')) SELECT )sql"
    R"sql(* FROM c)sql",
    R"sql(WITH a AS (SELECT 1), c (login, password) AS (VALUES ('a','‹hunter2x›')) INSERT )sql"
    R"sql(INTO u SELECT * FROM c)sql",
    R"sql(SELECT * FROM (VALUES ('a','‹hunter2x›'), ('b','‹hunter3x›')) AS t(name, password))sql",
    R"sql(UPDATE users u SET password = v.pw FROM (VALUES (1, '‹hunter2x›')) AS v(id, pw) )sql"
    R"sql(WHERE v.id = u.id)sql",
    R"sql(CREATE VIEW v (login, password) AS SELECT 'a', '‹hunter2x›')sql",
    R"sql(UPDATE users SET (name, password) = ('a', '‹hunter2x›') WHERE id = 1)sql",
    R"sql(UPDATE users SET (name, password) = ROW('a', '‹hunter2x›'))sql",
    R"sql(UPDATE users SET (name, password) = (SELECT 'a', '‹hunter2x›'))sql",
    R"sql(SELECT * FROM users WHERE (name, password) = ('a', '‹hunter2x›'))sql",
    R"sql(SELECT * FROM users WHERE (name, password) IN (('a', '‹hunter2x›'), ('b', )sql"
    R"sql('‹hunter3x›')))sql",
    R"sql(SELECT * FROM users WHERE password IN ('‹hunter2x›', '‹hunter3x›'))sql",
    R"sql(SELECT * FROM users WHERE password = ANY(ARRAY['‹hunter2x›', '‹hunter3x›']))sql",
    R"sql(INSERT INTO users (email, password) VALUES ('a@b.c', '‹hunter2x›') ON CONFLICT )sql"
    R"sql((email) DO UPDATE SET password = '‹hunter3x›' RETURNING id)sql",
    R"sql(UPDATE users SET password = CASE WHEN id = 1 THEN '‹hunter2x›' ELSE '‹hunter3x›' END)sql",
    R"sql(PREPARE p (text) AS UPDATE users SET password = $1 WHERE id = $2; EXECUTE p )sql"
    R"sql(('‹hunter2x›', 1))sql",
    R"sql(DO $$ BEGIN EXECUTE 'ALTER ROLE a PASSWORD ' || quote_literal('‹hunter2x›'); END $$)sql",
    R"sql(DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %L', 'a', '‹hunter2x›'); END $$)sql",
    R"sql(DO $$ DECLARE v_pass text := '‹hunter2x›'; BEGIN NULL; END $$)sql",
    R"sql(EXECUTE 'UPDATE users SET password = $1 WHERE id = $2' USING '‹hunter2x›', 1)sql",
    R"sql(CREATE FUNCTION login(p_user text, p_password text DEFAULT '‹hunter2x›') RETURNS )sql"
    R"sql(void LANGUAGE sql AS $$ SELECT 1 $$)sql",
    R"sql(SELECT login(p_user => 'a', p_password => '‹hunter2x›'))sql",
    R"sql(SELECT login(p_user := 'a', p_password := '‹hunter2x›'))sql",
    R"sql(\set pw '‹hunter2x›')sql",
    R"sql(COPY users (name, password) FROM stdin;
ann	‹hunter2x›
bob	\N
\.
SELECT 1;)sql",
    R"sql(COPY users (id, password, note) FROM stdin WITH (FORMAT csv);
1,‹hunter2x›,it's fine
\.)sql",
    R"sql(ALTER TABLE users ALTER COLUMN password SET DEFAULT '‹changeme9›')sql",
    R"sql(ALTER TABLE users ADD COLUMN password varchar(20) NOT NULL DEFAULT '‹changeme9›')sql",
    R"sql(CREATE TABLE u (id int, password text DEFAULT '‹changeme9›'::text NOT NULL))sql",
    R"sql(SELECT 'x' AS a, '‹hunter2x›' AS password)sql",
    R"sql(SELECT '‹hunter2x›' password, 'x' a)sql",
    R"sql(SELECT '‹hunter2x›'::text AS password)sql",
    R"sql(SELECT md5('‹hunter2x›') AS password)sql",
    R"sql(SELECT CAST('‹hunter2x›' AS text) AS password)sql",
    R"sql(SELECT * FROM users WHERE '‹hunter2x›' = password)sql",
    R"sql(SELECT * FROM users WHERE lower(password) = '‹hunter2x›')sql",
    R"sql(SELECT * FROM users WHERE password IS DISTINCT FROM '‹hunter2x›')sql",
    R"sql(SELECT * FROM users WHERE data->>'password' = '‹hunter2x›')sql",
    R"sql(MERGE INTO u USING (VALUES ('a','‹hunter2x›')) AS s(name, password) ON u.name = )sql"
    R"sql(s.name WHEN MATCHED THEN UPDATE SET password = s.password WHEN NOT MATCHED THEN )sql"
    R"sql(INSERT (name, password) VALUES ('x', '‹hunter3x›'))sql",
};

TEST(SqlRulesManuals, FindCredentialsInStatementsOfPostgresql) {
  sql_cases::expect_found(statements);
}

}  // namespace
}  // namespace studiosync
