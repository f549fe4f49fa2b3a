#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

// Columns, policies, catalogues, messages, translations: the words without the thing.
constexpr std::string_view statements[] = {
    R"sql(SELECT * FROM results WHERE pass = 'first')sql",
    R"sql(SELECT * FROM results WHERE pass = 'yes' OR pass = 'no')sql",
    R"sql(SELECT CASE WHEN score > 50 THEN 'pass' ELSE 'fail' END AS pass FROM exams)sql",
    R"sql(SELECT 'pass' AS status, 'fail' AS outcome)sql",
    R"sql(SELECT * FROM t WHERE token_type = 'access' AND auth = 'ldap' AND key = 'primary')sql",
    R"sql(SELECT * FROM users WHERE auth_method = 'password' AND auth_provider = )sql"
    R"sql('google-oauth2')sql",
    R"sql(INSERT INTO settings (name, value) VALUES ('password_min_length', '12'), )sql"
    R"sql(('password_expiry_days', '90'), ('require_password_change', 'true'))sql",
    R"sql(INSERT INTO translations (locale, key, value) VALUES ('de', 'login.password', )sql"
    R"sql('Passwort'), ('fr', 'login.password', 'Mot de passe'), ('es', )sql"
    R"sql('login.password.hint', 'Introduce tu contraseña'))sql",
    R"sql(INSERT INTO translations (key, value) VALUES ('reset_password', 'Passwort )sql"
    R"sql(zurücksetzen'), ('password', 'Password:'), ('api_key', 'API-Schlüssel'))sql",
    R"sql(INSERT INTO messages (code, text) VALUES ('password', 'Your password must contain )sql"
    R"sql(at least 8 characters'))sql",
    R"sql(SELECT string_agg(c, ',') FROM (VALUES ('id,name,password')) AS t(c))sql",
    R"sql(UPDATE users SET password_reset_sent_at = '2024-01-01 12:00:00', )sql"
    R"sql(password_changed_by = 'admin1')sql",
    R"sql(UPDATE users SET password = 'N/A' WHERE deleted)sql",
    R"sql(UPDATE users SET password = '' WHERE deleted)sql",
    R"sql(IF @password = '' RAISERROR('Password is empty', 16, 1))sql",
    R"sql(IF @password IS NULL OR @password = N'' THROW 50000, 'password missing', 1)sql",
    R"sql(SELECT * FROM users WHERE password <> '' AND secret != '')sql",
    R"sql(COMMENT ON COLUMN users.password IS 'bcrypt, cost 12; never NULL')sql",
    R"sql(COMMENT ON COLUMN users.token IS 'SHA256 of the session token')sql",
    R"sql(ALTER TABLE users MODIFY COLUMN password varchar(255) COMMENT 'pbkdf2 hash')sql",
    R"sql(EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'The password )sql"
    R"sql(hash', @level2name = N'password')sql",
    R"sql(CREATE PROFILE p LIMIT FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LIFE_TIME 60 )sql"
    R"sql(PASSWORD_REUSE_TIME 60 PASSWORD_REUSE_MAX 5 PASSWORD_LOCK_TIME 1/24 )sql"
    R"sql(PASSWORD_GRACE_TIME 10 PASSWORD_VERIFY_FUNCTION ora12c_verify_function)sql",
    R"sql(ALTER USER app PASSWORD EXPIRE; ALTER USER app PASSWORD REQUIRE CURRENT DEFAULT; )sql"
    R"sql(ALTER USER app PASSWORD REUSE INTERVAL DEFAULT)sql",
    R"sql(ALTER USER app PASSWORD LIFETIME ENABLE)sql",
    R"sql(CREATE PASSWORD POLICY p PASSWORD_MIN_LENGTH = 12 PASSWORD_MAX_AGE_DAYS = 90 )sql"
    R"sql(COMMENT = 'prod policy 2024')sql",
    R"sql(ALTER ACCOUNT SET PASSWORD POLICY security.policies.prod1)sql",
    R"sql(ALTER USER u SET PASSWORD POLICY p1)sql",
    R"sql(CREATE AUTHENTICATION POLICY a AUTHENTICATION_METHODS = ('SAML', 'PASSWORD', )sql"
    R"sql('OAUTH'))sql",
    R"sql(ALTER SYSTEM SET password_encryption = 'scram-sha-256')sql",
    R"sql(SHOW PASSWORD POLICIES; DESC PASSWORD POLICY p)sql",
    R"sql(SELECT * FROM pg_catalog.pg_roles WHERE rolname = 'password_admin')sql",
    R"sql(SELECT usename, passwd IS NOT NULL FROM pg_shadow)sql",
    R"sql(SELECT table_name, column_name FROM information_schema.columns WHERE column_name )sql"
    R"sql(IN ('password', 'passwd', 'pwd', 'secret', 'api_key', 'token'))sql",
    R"sql(SELECT * FROM information_schema.columns WHERE column_name ILIKE '%pass%' OR )sql"
    R"sql(column_name ~* '(token|secret|key)')sql",
    R"sql(SELECT name FROM sys.columns WHERE name LIKE N'%password%')sql",
    R"sql(SELECT name, type_desc FROM sys.sql_logins WHERE is_policy_checked = 1)sql",
    R"sql(SELECT * FROM sys.symmetric_keys WHERE name = '##MS_DatabaseMasterKey##')sql",
    R"sql(SELECT * FROM dba_users WHERE authentication_type = 'PASSWORD' AND )sql"
    R"sql(password_versions LIKE '%10G%')sql",
    R"sql(SELECT user, host, password_expired, password_lifetime FROM mysql.user WHERE )sql"
    R"sql(authentication_string = '')sql",
    R"sql(SELECT * FROM mysql.user WHERE plugin = 'caching_sha2_password')sql",
    R"sql(GRANT SELECT (id, email), UPDATE (password) ON users TO app)sql",
    R"sql(REVOKE SELECT (password, secret) ON users FROM PUBLIC)sql",
    R"sql(CREATE ROLE reader NOLOGIN PASSWORD NULL)sql",
    R"sql(ALTER ROLE app WITH NOSUPERUSER NOCREATEDB LOGIN CONNECTION LIMIT 5)sql",
    R"sql(CREATE USER app FOR LOGIN app WITH DEFAULT_SCHEMA = dbo)sql",
    R"sql(CREATE USER app FROM EXTERNAL PROVIDER)sql",
    R"sql(CREATE USER app IDENTIFIED VIA pam USING 'mariadb')sql",
    R"sql(CREATE USER app@localhost IDENTIFIED VIA unix_socket)sql",
    R"sql(CREATE USER app IDENTIFIED WITH ldap SERVER 'my_ldap_server')sql",
    R"sql(CREATE USER app IDENTIFIED WITH kerberos REALM 'EXAMPLE.COM')sql",
    R"sql(CREATE USER app IDENTIFIED WITH ssl_certificate CN 'app.example.com:app')sql",
    R"sql(CREATE USER app IDENTIFIED WITH no_password)sql",
    R"sql(CREATE USER app IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS')sql",
    R"sql(CREATE USER app IDENTIFIED WITH 'auth_gssapi')sql",
    R"sql(CREATE USER MAPPING FOR CURRENT_USER SERVER s)sql",
    R"sql(CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'remote_app', password_required )sql"
    R"sql('false'))sql",
    R"sql(CREATE CREDENTIAL c WITH IDENTITY = 'Managed Identity')sql",
    R"sql(CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'User Identity')sql",
    R"sql(CREATE EXTERNAL DATA SOURCE s WITH (LOCATION = 'abfss://c@a.dfs.core.windows.net', )sql"
    R"sql(CREDENTIAL = managed_identity_cred))sql",
    R"sql(CREATE SYMMETRIC KEY k WITH ALGORITHM = AES_256 ENCRYPTION BY CERTIFICATE cert1)sql",
    R"sql(OPEN SYMMETRIC KEY k DECRYPTION BY CERTIFICATE cert1)sql",
    R"sql(SELECT ENCRYPTBYKEY(KEY_GUID('k1'), ssn), DECRYPTBYKEY(ssn_enc) FROM t)sql",
    R"sql(CREATE COLUMN MASTER KEY m WITH (KEY_STORE_PROVIDER_NAME = N'AZURE_KEY_VAULT', )sql"
    R"sql(KEY_PATH = N'https://v.vault.azure.net/keys/k/c7a3d1e2f4b5061728394a5b6c7d8e9f'))sql",
    R"sql(CREATE TABLE t (ssn char(11) ENCRYPTED WITH (COLUMN_ENCRYPTION_KEY = CEK1, )sql"
    R"sql(ENCRYPTION_TYPE = DETERMINISTIC, ALGORITHM = 'AEAD_AES_256_CBC_HMAC_SHA_256')))sql",
    R"sql(CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), api_key uuid )sql"
    R"sql(NOT NULL DEFAULT uuid_generate_v4(), password_hash char(60) NOT NULL))sql",
    R"sql(CREATE TABLE tokens (token varchar(64) PRIMARY KEY, kind varchar(10) NOT NULL )sql"
    R"sql(DEFAULT 'refresh', revoked boolean DEFAULT 'f'))sql",
    R"sql(CREATE TABLE t (auth_type text DEFAULT 'password', secret_kind text DEFAULT )sql"
    R"sql('generic', pwd_algo text DEFAULT 'argon2id'))sql",
    R"sql(CREATE TYPE token_kind AS ENUM ('access', 'refresh', 'password_reset'))sql",
    R"sql(CREATE INDEX idx_users_password_reset_token ON users (password_reset_token) WHERE )sql"
    R"sql(password_reset_token IS NOT NULL)sql",
    R"sql(ALTER TABLE users ADD CONSTRAINT chk_password CHECK (password ~ )sql"
    R"sql('^\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}$'))sql",
    R"sql(ALTER TABLE users ADD CHECK (length(password) >= 60 AND password LIKE '$2_$%'))sql",
    R"sql(SELECT regexp_replace(log, 'password=[^&]*', 'password=***') FROM logs)sql",
    R"sql(SELECT regexp_replace(url, '(token|key|secret)=[^&]+', '\1=[hidden]', 'g') FROM logs)sql",
    R"sql(SELECT replace(msg, 'password', '********') FROM logs)sql",
    R"sql(SELECT * FROM logs WHERE message LIKE '%password authentication failed for user%')sql",
    R"sql(SELECT * FROM logs WHERE message = 'Invalid password for user admin' OR message ~ )sql"
    R"sql('token (expired|invalid)')sql",
    R"sql(INSERT INTO logs (level, message) VALUES ('warn', 'password reset requested'), )sql"
    R"sql(('error', 'token expired: please log in again'))sql",
    R"sql(INSERT INTO audit (action, detail) VALUES ('password_change', 'user 42 changed the )sql"
    R"sql(password'), ('token_refresh', 'ok'))sql",
    R"sql(INSERT INTO events (type, payload) VALUES ('login', '{"method": "password", )sql"
    R"sql("token_type": "bearer"}'))sql",
    R"sql(INSERT INTO roles (name, permissions) VALUES ('admin', )sql"
    R"sql('{password:reset,token:revoke}'))sql",
    R"sql(INSERT INTO feature_flags (key, value) VALUES ('new_password_form', 'on'), )sql"
    R"sql(('secret_menu', 'off'))sql",
    R"sql(INSERT INTO config (key, value) VALUES ('jwt_algorithm', 'HS256'), ('token_ttl', )sql"
    R"sql('3600'), ('password_hasher', 'argon2id'))sql",
    R"sql(INSERT INTO config (key, value) VALUES ('cookie_name', 'session_id'), )sql"
    R"sql(('auth_header', 'X-Auth-Token'), ('secret_store', 'vault'))sql",
    R"sql(INSERT INTO i18n VALUES ('password', 'Passwort'), ('token', 'Token'))sql",
    R"sql(INSERT INTO docs (title, body) VALUES ('How to reset your password', 'Click on )sql"
    R"sql("Forgot password" and enter your email.'))sql",
    R"sql(INSERT INTO faq (q, a) VALUES ('Where is my API key?', 'In the settings, below )sql"
    R"sql(Tokens.'))sql",
    R"sql(SELECT jsonb_path_query(data, '$.credentials.password') FROM t)sql",
    R"sql(SELECT data #>> '{credentials,password}' FROM t)sql",
    R"sql(SELECT data - 'password' - 'token' FROM t)sql",
    R"sql(SELECT data ? 'password' FROM t)sql",
    R"sql(UPDATE t SET data = jsonb_set(data, '{password}', 'null'))sql",
    R"sql(UPDATE t SET data = jsonb_set(data, '{password}', to_jsonb($1::text)))sql",
    R"sql(UPDATE t SET data = JSON_REMOVE(data, '$.password', '$.token'))sql",
    R"sql(SELECT json_build_object('password', u.password, 'secret', NULL) FROM u)sql",
    R"sql(SELECT JSON_OBJECT('password', '********', 'token', '<token>'))sql",
    R"sql(SELECT JSON_VALUE(doc, '$.password') AS password, JSON_QUERY(doc, '$.tokens') AS )sql"
    R"sql(tokens FROM t)sql",
    R"sql(SELECT * FROM OPENJSON(@j) WITH (password nvarchar(50) '$.password', token )sql"
    R"sql(nvarchar(50) '$.auth.token'))sql",
    R"sql(SELECT xml_data.value('(/user/password)[1]', 'nvarchar(50)') AS password FROM t)sql",
    R"sql(SELECT EXTRACTVALUE(x, '/user/password') AS password FROM t)sql",
    R"sql(SELECT * FROM XMLTABLE('/users/user' PASSING x COLUMNS password varchar2(50) PATH )sql"
    R"sql('password'))sql",
    R"sql(CREATE FUNCTION check_password(p_password varchar) RETURNS boolean AS $$ BEGIN )sql"
    R"sql(RETURN length(p_password) > 8 AND p_password ~ '[0-9]'; END $$ LANGUAGE plpgsql)sql",
    R"sql(CREATE PROCEDURE set_password @user_id int, @password nvarchar(128) = NULL AS )sql"
    R"sql(UPDATE users SET password = @password WHERE id = @user_id)sql",
    R"sql(CREATE TRIGGER hash_password BEFORE INSERT ON users FOR EACH ROW SET NEW.password )sql"
    R"sql(= SHA2(CONCAT(NEW.password, NEW.salt), 256))sql",
    R"sql(BEGIN SET NEW.token = UUID(); SET NEW.password = OLD.password; END)sql",
    R"sql(SELECT crypt($1, password) = password FROM users WHERE name = $2)sql",
    R"sql(UPDATE users SET password = crypt($1, gen_salt('bf', 10)) WHERE id = $2)sql",
    R"sql(UPDATE users SET password = encode(digest($1 || salt, 'sha256'), 'hex'))sql",
    R"sql(UPDATE users SET password = NULL, password_digest = DEFAULT, token = )sql"
    R"sql(gen_random_uuid())sql",
    R"sql(UPDATE users SET password = :password, token = :token WHERE id = :id)sql",
    R"sql(UPDATE users SET password = %(password)s, secret = %s WHERE id = %(id)s)sql",
    R"sql(UPDATE users SET password = @p1 OUTPUT inserted.password WHERE id = @p2)sql",
    R"sql(UPDATE users SET password = '{{ password }}' WHERE name = '{{ name }}')sql",
    R"sql(UPDATE users SET password = '#{password}' WHERE name = '#{name}')sql",
    R"sql(ALTER USER app WITH PASSWORD '&pw')sql",
    R"sql(ALTER USER app WITH PASSWORD :'pw')sql",
    R"sql(ALTER ROLE app PASSWORD :'new_password')sql",
    R"sql(CREATE USER app WITH PASSWORD '$(DB_PASSWORD)')sql",
    R"sql(CREATE USER app IDENTIFIED BY '&1')sql",
    R"sql(CREATE USER app IDENTIFIED BY &&app_pw)sql",
    R"sql(CREATE USER app IDENTIFIED BY "${APP_PW}")sql",
    R"sql(CREATE LOGIN app WITH PASSWORD = '<enterStrongPasswordHere>')sql",
    R"sql(CREATE USER app WITH PASSWORD 'YOUR_PASSWORD')sql",
    R"sql(CREATE USER app WITH PASSWORD 'your_password_here')sql",
    R"sql(CREATE USER app WITH PASSWORD '****')sql",
    R"sql(DECLARE @password nvarchar(50) = NULL, @sql nvarchar(max) = N'')sql",
    R"sql(DECLARE v_password users.password%TYPE; v_token VARCHAR2(64) := NULL; BEGIN NULL; )sql"
    R"sql(END;)sql",
    R"sql(SELECT DBMS_RANDOM.STRING('X', 16) AS password FROM dual)sql",
    R"sql(SELECT LEFT(REPLACE(CAST(gen_random_uuid() AS text), '-', ''), 12) AS password)sql",
    R"sql(SELECT string_agg(substr('abcdefghijklmnopqrstuvwxyz0123456789', )sql"
    R"sql(ceil(random()*36)::int, 1), '') AS password FROM generate_series(1, 12))sql",
    R"sql(SELECT CONCAT(first_name, '.', last_name) AS token, CONCAT_WS('-', a, b) AS )sql"
    R"sql(api_key FROM t)sql",
    R"sql(SELECT CASE WHEN password IS NULL THEN 'not set' ELSE 'set' END AS password FROM )sql"
    R"sql(users)sql",
    R"sql(SELECT COALESCE(password, 'none') AS password, IFNULL(token, '-') AS token FROM )sql"
    R"sql(users)sql",
    R"sql(SELECT COALESCE(u.password, 'no password set') AS password FROM users u)sql",
    R"sql(SELECT '***' AS password, 'hidden' AS secret FROM users)sql",
    R"sql(SELECT to_char(token_expires, 'YYYY-MM-DD"T"HH24:MI:SS') AS token_expiry FROM t)sql",
    R"sql(SELECT CAST(token AS varchar(36)), CONVERT(varchar(36), api_key) FROM t)sql",
    R"sql(SELECT md5(random()::text) AS token, md5('salt' || id::text) FROM t)sql",
    R"sql(SELECT md5('hello world'), sha256('abc'::bytea), crc32('x'), digest('x', 'sha1'))sql",
    R"sql(SELECT encode(sha256(convert_to(email, 'UTF8')), 'hex') AS email_hash FROM users)sql",
    R"sql(SELECT HASHBYTES('SHA2_256', CONCAT(a, '|', b)) AS row_hash FROM t)sql",
    R"sql(SELECT hmac(body, $1, 'sha256') FROM hooks)sql",
    R"sql(SELECT pgp_sym_decrypt(ssn, current_setting('app.key')) FROM t)sql",
    R"sql(SELECT AES_DECRYPT(ssn, @key_str) FROM t)sql",
    R"sql(SELECT decode(status, 1, 'open', 2, 'closed', 'unknown') FROM t)sql",
    R"sql(SELECT encode(data, 'base64'), decode('SGVsbG8gV29ybGQ=', 'base64'))sql",
    R"sql(SELECT sign(-5), SIGN(balance) FROM accounts)sql",
    R"sql(SELECT format('Hello %s, your password expires on %s', name, to_char(d, )sql"
    R"sql('DD.MM.YYYY')) FROM users)sql",
    R"sql(SELECT format('%s: %s', 'password', 'expired'))sql",
    R"sql(RAISE EXCEPTION 'password % is too short', 'x1')sql",
    R"sql(EXECUTE format('ALTER ROLE %I PASSWORD %L', v_user, v_password))sql",
    R"sql(EXECUTE format('GRANT SELECT ON %I TO %I', 'secrets', 'reader1'))sql",
    R"sql(EXECUTE 'UPDATE users SET name = $1, password = $2' USING 'ann', v_pw)sql",
    R"sql(EXECUTE IMMEDIATE 'ALTER USER ' || v_user || ' IDENTIFIED BY "' || v_pw || '"')sql",
    R"sql(SET @sql = N'ALTER LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = ' + )sql"
    R"sql(QUOTENAME(@pw, ''''))sql",
    R"sql(SET @sql = CONCAT('ALTER USER ''', @u, ''' IDENTIFIED BY ''', @p, ''''))sql",
    R"sql(PREPARE p AS UPDATE users SET name = $1, password = $2; EXECUTE p('ann', $1))sql",
    R"sql(COPY users (id, name, password) TO '/srv/users.csv' WITH (FORMAT csv, HEADER))sql",
    R"sql(COPY t FROM 's3://b/k' IAM_ROLE 'arn:aws:iam::123456789012:role/MyRedshiftRole' )sql"
    R"sql(FORMAT AS PARQUET)sql",
    R"sql(COPY t FROM 's3://b/k' CREDENTIALS )sql"
    R"sql('aws_iam_role=arn:aws:iam::123456789012:role/MyRedshiftRole')sql",
    R"sql(COPY INTO t FROM @stage1 FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1))sql",
    R"sql(CREATE STAGE s URL = 's3://b' STORAGE_INTEGRATION = my_int ENCRYPTION = (TYPE = )sql"
    R"sql('AWS_SSE_KMS' KMS_KEY_ID = 'aws/key'))sql",
    R"sql(CREATE STORAGE INTEGRATION i TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' )sql"
    R"sql(STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::001234567890:role/myrole')sql",
    R"sql(CREATE SECURITY INTEGRATION i TYPE = EXTERNAL_OAUTH EXTERNAL_OAUTH_ISSUER = )sql"
    R"sql('https://sts.windows.net/x/' EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = 'upn')sql",
    R"sql(ALTER USER u SET RSA_PUBLIC_KEY = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7')sql",
    R"sql(SELECT SYSTEM$GENERATE_SCIM_ACCESS_TOKEN('AAD_PROVISIONING'))sql",
    R"sql(SELECT * FROM s3('https://b.s3.amazonaws.com/x.csv', 'CSVWithNames', 'id UInt64, )sql"
    R"sql(token String, password String'))sql",
    R"sql(SELECT * FROM url('https://x/y.csv', CSV, 'id UInt64, secret String'))sql",
    R"sql(CREATE TABLE t (id UInt64, password String) ENGINE = MergeTree ORDER BY id )sql"
    R"sql(SETTINGS index_granularity = 8192)sql",
    R"sql(SELECT * FROM remote('127.0.0.1', system.one); SELECT * FROM cluster('c', db.t))sql",
    R"sql(SELECT * FROM mysql(creds, table = 'users'))sql",
    R"sql(CREATE DICTIONARY d (k String, token String) PRIMARY KEY k SOURCE(CLICKHOUSE(TABLE )sql"
    R"sql('t' USER 'default')) LAYOUT(FLAT()))sql",
    R"sql(PRAGMA key; PRAGMA cipher_page_size = 4096; PRAGMA kdf_iter = 64000; PRAGMA )sql"
    R"sql(table_info(tokens))sql",
    R"sql(ATTACH 'db.sqlite' AS s (TYPE sqlite); ATTACH DATABASE ':memory:' AS m)sql",
    R"sql(CREATE SECRET s (TYPE s3, PROVIDER credential_chain, CHAIN 'env;config', REGION )sql"
    R"sql('eu-central-1'))sql",
    R"sql(DROP SECRET my_secret1; DROP CREDENTIAL cred1; DROP USER IF EXISTS app1)sql",
    R"sql(SET ROLE app1; SET SESSION AUTHORIZATION app1; RESET SESSION AUTHORIZATION)sql",
    R"sql(SET myapp.token_ttl = '3600'; SET search_path TO auth, public)sql",
    R"sql(SELECT current_setting('request.jwt.claims', true)::json->>'sub', auth.uid())sql",
    R"sql(CREATE POLICY p ON t USING (auth.uid() = user_id AND auth.jwt()->>'role' = 'admin'))sql",
    R"sql(SELECT auth.email(), auth.role() FROM t WHERE auth.role() = 'service_role')sql",
    R"sql(CONNECT BY PRIOR id = parent_id START WITH key = 'root')sql",
    R"sql(SELECT * FROM keys WHERE key LIKE 'user:%:token' AND value = 'active')sql",
    R"sql(SELECT COUNT(*) FILTER (WHERE token = 'the') FROM words)sql",
    R"sql(WITH t(token, n) AS (VALUES ('the', 1), ('and', 2)) SELECT * FROM t)sql",
    R"sql(WITH passes (pass, score) AS (SELECT 'first', 1) SELECT * FROM passes)sql",
    R"sql(WITH x AS (SELECT id, f(a, 'b1c2') AS password FROM t) SELECT * FROM x)sql",
    R"sql(INSERT INTO t (id, name) VALUES (1, 'password'), (2, 'S3cr3t-lookingName9'))sql",
    R"sql(INSERT INTO users (name, password) SELECT name, password FROM old_users WHERE )sql"
    R"sql(source = 'ldap-2021x')sql",
    R"sql(INSERT INTO users (name, password) VALUES (?, ?), ($1, $2), (:n, :p), (@n, @p))sql",
    R"sql(MERGE INTO users u USING s ON (u.id = s.id) WHEN MATCHED THEN UPDATE SET )sql"
    R"sql(u.password = s.password)sql",
    R"sql(UPDATE users u SET password = s.password FROM staging s WHERE s.id = u.id AND )sql"
    R"sql(s.batch = 'B2024x1')sql",
    R"sql(DELETE FROM tokens WHERE expires_at < now() - interval '30 days' AND type = )sql"
    R"sql('password_reset')sql",
    R"sql(EXPLAIN ANALYZE SELECT * FROM users WHERE password = $1)sql",
    R"sql(EXEC sp_helptext 'dbo.ValidatePassword'; EXEC sp_rename 'users.pwd', 'password', )sql"
    R"sql('COLUMN')sql",
    R"sql(EXEC sp_configure 'contained database authentication', 1; EXEC sp_addrolemember )sql"
    R"sql('db_datareader', 'app1')sql",
    R"sql(EXEC sp_droplinkedsrvlogin 'srv1', NULL; EXEC sp_addlinkedserver 'srv1', N'SQL )sql"
    R"sql(Server')sql",
    R"sql(EXEC sp_addlinkedsrvlogin 'srv1', 'true')sql",
    R"sql(EXEC sp_adduser 'login1', 'user1', 'db_owner')sql",
    R"sql(EXEC sp_addlogin @loginame = @login, @passwd = @pw)sql",
    R"sql(SELECT LOGINPROPERTY('sa', 'PasswordLastSetTime'), LOGINPROPERTY('sa', )sql"
    R"sql('IsMustChange'))sql",
    R"sql(DBMS_OUTPUT.PUT_LINE('Password changed for ' || v_user))sql",
    R"sql(PRINT 'Enter the password for sa1:')sql",
    R"sql(SELECT 'ALTER USER ' || username || ' IDENTIFIED BY VALUES ''' || password || )sql"
    R"sql(''';' FROM dba_users)sql",
    R"sql(SELECT 'ALTER USER "' || usename || '" WITH PASSWORD ''' || passwd || ''';' FROM )sql"
    R"sql(pg_shadow)sql",
    R"sql(SELECT CONCAT('CREATE USER ''', user, '''@''', host, ''' IDENTIFIED WITH )sql"
    R"sql(mysql_native_password AS ''', authentication_string, ''';') FROM mysql.user)sql",
    R"sql(SELECT 'DROP USER ' || name || ';' FROM users WHERE pwd_expired = 'Y')sql",
    R"sql(-- To do: the password must not be stored in plain text
SELECT 1)sql",
    R"sql(/* don't log the token; it's a secret */ SELECT token FROM t WHERE id = 'a1b2c3')sql",
    R"sql(-- it's the user's password, isn't it?
SELECT password FROM users WHERE name = 'ann'; -- don't
UPDATE t SET a = 'x1y2z3' WHERE b = 'c')sql",
    R"sql(SELECT id AS "user's password", name FROM t WHERE kind = 'k1')sql",
    R"sql(SELECT 'it''s a password', 'don''t share your token' FROM t)sql",
    R"sql(ALTER TABLE users ADD COLUMN password_plain text GENERATED ALWAYS AS ('n/a') STORED)sql",
    R"sql(CREATE TABLE users (password varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT )sql"
    R"sql(NULL, secret_question varchar(100) DEFAULT 'Name of your first pet'))sql",
    R"sql(CREATE TABLE t (token enum('a','b') DEFAULT 'a', pass tinyint DEFAULT '0', )sql"
    R"sql(pwd_type char(1) DEFAULT 'P'))sql",
    R"sql(SELECT * FROM vault.decrypted_secrets WHERE name = 'stripe_key')sql",
    R"sql(SELECT decrypted_secret FROM vault.decrypted_secrets WHERE name = 'service_role_key')sql",
    R"sql(SELECT secret_name, secret_version FROM secrets WHERE secret_name = 'prod/db/main')sql",
    R"sql(SELECT * FROM api_keys WHERE key_prefix = 'sk_live' AND scopes @> '{read,write}')sql",
    R"sql(SELECT * FROM oauth_clients WHERE grant_types = 'password' AND )sql"
    R"sql(token_endpoint_auth_method = 'none')sql",
    R"sql(SELECT * FROM t WHERE authorization_code = 'pending' AND auth_status = 'declined')sql",
    R"sql(SELECT * FROM cards WHERE pass_type = 'season' AND boarding_pass = 'B1')sql",
    R"sql(SELECT tokens_used, max_tokens FROM llm WHERE model = 'gpt-4o-2024' AND stop_token )sql"
    R"sql(= '<|end|>')sql",
    R"sql(SELECT next_page_token FROM sync_state WHERE sync_token = 'initial')sql",
    R"sql(SELECT * FROM keyboards WHERE key = 'Enter' OR keys = 'Ctrl+C')sql",
    R"sql(SELECT * FROM t WHERE primary_key = 'id' AND foreign_key = 'user_id' AND )sql"
    R"sql(partition_key = 'eu-1' AND sort_key = 'x#1')sql",
    R"sql(ALTER TABLE t ADD CONSTRAINT fk_secret FOREIGN KEY (secret_id) REFERENCES secrets )sql"
    R"sql((id))sql",
    R"sql(CREATE UNIQUE INDEX ux_token ON tokens (token) INCLUDE (secret))sql",
    R"sql(SELECT * FROM pg_stat_activity WHERE query ILIKE '%password%' AND usename <> )sql"
    R"sql('postgres')sql",
    R"sql(SELECT pg_get_userbyid(10), has_column_privilege('app', 'users', 'password', )sql"
    R"sql('SELECT'))sql",
    R"sql(LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE; TRUNCATE secrets, credentials)sql",
    R"sql(GO
USE [secrets]
GO
SELECT [password], [token] FROM [dbo].[users] WHERE [auth] = N'windows')sql",
    R"sql(VACUUM (ANALYZE) tokens; ANALYZE users (password))sql",
};

TEST(SqlRulesEveryday, LeaveStatementsThatOnlySpeakOfCredentialsAlone) {
  for (const std::string_view statement : statements) {
    EXPECT_EQ(sql_cases::mark(statement, sql_cases::read_sql(statement).secret), statement);
  }
}

}  // namespace
}  // namespace studiosync
