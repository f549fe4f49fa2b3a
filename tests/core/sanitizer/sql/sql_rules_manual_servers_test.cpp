#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

// MySQL, MariaDB, SQL Server, Oracle: each form that the manuals know.
constexpr std::string_view statements[] = {
    R"sql(CREATE USER 'jeffrey'@'localhost' IDENTIFIED BY '‹n3wPass›' PASSWORD EXPIRE)sql",
    R"sql(CREATE USER 'jeffrey'@'localhost' IDENTIFIED WITH mysql_native_password AS )sql"
    R"sql('‹*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4›')sql",
    R"sql(CREATE USER a@h IDENTIFIED WITH caching_sha2_password BY '‹n3wPass›', b@h )sql"
    R"sql(IDENTIFIED WITH sha256_password BY '‹n3wPass2›' REQUIRE X509 PASSWORD HISTORY 5)sql",
    R"sql(CREATE USER a IDENTIFIED WITH caching_sha2_password BY '‹n3wPass›' AND IDENTIFIED )sql"
    R"sql(WITH authentication_ldap_sasl AS 'uid=u1_ldap,ou=People')sql",
    R"sql(ALTER USER a IDENTIFIED BY '‹new9pw›' REPLACE '‹old9pw›' RETAIN CURRENT PASSWORD)sql",
    R"sql(ALTER USER USER() IDENTIFIED BY '‹new9pw›')sql",
    R"sql(SET PASSWORD FOR 'jeffrey'@'localhost' = '‹auth9string›' REPLACE '‹cur9pw›')sql",
    R"sql(SET PASSWORD = PASSWORD('‹cleartext9›'))sql",
    R"sql(SET PASSWORD FOR CURRENT_USER() = '‹cleartext9›')sql",
    R"sql(GRANT ALL ON db1.* TO 'jeffrey'@'localhost' IDENTIFIED BY '‹pw12345›' WITH GRANT )sql"
    R"sql(OPTION)sql",
    R"sql(GRANT USAGE ON *.* TO a IDENTIFIED BY PASSWORD )sql"
    R"sql('‹*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4›')sql",
    R"sql(CHANGE MASTER TO MASTER_HOST='h', MASTER_USER='replica', )sql"
    R"sql(MASTER_PASSWORD='‹bigs3cret›', MASTER_PORT=3306)sql",
    R"sql(CHANGE REPLICATION SOURCE TO SOURCE_HOST='h', SOURCE_PASSWORD = '‹bigs3cret›', )sql"
    R"sql(GET_SOURCE_PUBLIC_KEY=1)sql",
    R"sql(START REPLICA USER='u' PASSWORD='‹bigs3cret›')sql",
    R"sql(START GROUP_REPLICATION USER='rpl_user', PASSWORD='‹bigs3cret›')sql",
    R"sql(CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'Remote', PASSWORD )sql"
    R"sql('‹bigs3cret›', HOST '198.51.100.106', DATABASE 'test'))sql",
    R"sql(CLONE INSTANCE FROM 'user'@'example.com':3306 IDENTIFIED BY '‹bigs3cret›')sql",
    R"sql(SELECT AES_ENCRYPT('text', SHA2('‹My secret passphrase›',512)))sql",
    R"sql(SELECT AES_DECRYPT(c, UNHEX('‹F3229A0B371ED2D9441B830D21A390C3›')))sql",
    R"sql(SELECT ENCODE('text', '‹p4ss›'), DES_ENCRYPT('a', '‹k3yz›'))sql",
    R"sql(SET @pw = '‹hunter2x›'; UPDATE users SET password = @pw)sql",
    R"sql(SET @password := '‹hunter2x›', @x := 1)sql",
    R"sql(SELECT JSON_OBJECT('user', 'a', 'password', '‹hunter2x›'))sql",
    R"sql(UPDATE t SET doc = JSON_SET(doc, '$.password', '‹hunter2x›', '$.x', 1))sql",
    R"sql(UPDATE t SET doc = JSON_SET(doc, '$.x', 1, '$.smtp.password', '‹hunter2x›'))sql",
    R"sql(INSERT INTO users SET name = 'a', password = '‹hunter2x›', pass = '‹hunter3x›')sql",
    R"sql(INSERT INTO users VALUES (1, 'a', 'b') ON DUPLICATE KEY UPDATE password = )sql"
    R"sql('‹hunter2x›')sql",
    R"sql(REPLACE INTO `users` (`name`, `passwd`) VALUES ("a", "‹hunter2x›"))sql",
    R"sql(INSERT INTO wp_users (user_login, user_pass) VALUES ('admin', MD5('‹hunter2x›')))sql",
    R"sql(UPDATE wp_users SET user_pass = MD5('‹hunter2x›') WHERE ID = 1)sql",
    R"sql(UPDATE mysql.user SET authentication_string = PASSWORD('‹hunter2x›') WHERE User = )sql"
    R"sql('root')sql",
    R"sql(UPDATE user SET Password=PASSWORD("‹hunter2x›") WHERE User='root')sql",
    R"sql(INSERT INTO users (name, pw) VALUES ('a', '‹hunter2x›'))sql",
    R"sql(CREATE USER 'foo'@'%' IDENTIFIED VIA mysql_native_password USING )sql"
    R"sql(PASSWORD('‹hunter2x›') OR unix_socket)sql",
    R"sql(CREATE USER foo IDENTIFIED VIA ed25519 USING )sql"
    R"sql('‹ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY›')sql",
    R"sql(CREATE OR REPLACE USER foo IDENTIFIED BY '‹hunter2x›')sql",
    R"sql(CREATE LOGIN a WITH PASSWORD = '‹hunter2x›' MUST_CHANGE, CHECK_EXPIRATION = ON)sql",
    R"sql(CREATE LOGIN a WITH PASSWORD = ‹0x0200F3C9A17D5D8B1E4C› HASHED, SID = )sql"
    R"sql(0x241C11948AEEB749B0D22646DB1A19F2)sql",
    R"sql(ALTER LOGIN a WITH PASSWORD = '‹hunter2x›' OLD_PASSWORD = '‹hunter1x›')sql",
    R"sql(CREATE USER a WITH PASSWORD = N'‹hunter2x›', DEFAULT_SCHEMA = dbo)sql",
    R"sql(ALTER USER a WITH PASSWORD = '‹hunter2x›' OLD_PASSWORD = '‹hunter1x›')sql",
    R"sql(CREATE APPLICATION ROLE r WITH PASSWORD = '‹hunter2x›', DEFAULT_SCHEMA = Sales)sql",
    R"sql(CREATE CREDENTIAL AlterEgo WITH IDENTITY = 'Mary5', SECRET = '‹hunter2x›')sql",
    R"sql(CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'SHARED ACCESS SIGNATURE', )sql"
    R"sql(SECRET = '‹sv=2019-12-12&ss=b&sig=QWErty123›')sql",
    R"sql(CREATE MASTER KEY ENCRYPTION BY PASSWORD = '‹hunter2x›')sql",
    R"sql(OPEN MASTER KEY DECRYPTION BY PASSWORD = '‹hunter2x›')sql",
    R"sql(ALTER MASTER KEY REGENERATE WITH ENCRYPTION BY PASSWORD = '‹hunter2x›')sql",
    R"sql(BACKUP MASTER KEY TO FILE = 'c:\temp\x' ENCRYPTION BY PASSWORD = '‹hunter2x›')sql",
    R"sql(CREATE CERTIFICATE c FROM FILE = 'c.cer' WITH PRIVATE KEY (FILE = 'c.pvk', )sql"
    R"sql(DECRYPTION BY PASSWORD = '‹hunter2x›', ENCRYPTION BY PASSWORD = '‹hunter3x›'))sql",
    R"sql(CREATE SYMMETRIC KEY k WITH ALGORITHM = AES_256, KEY_SOURCE = '‹hunter2x pass›', )sql"
    R"sql(IDENTITY_VALUE = 'x' ENCRYPTION BY PASSWORD = '‹hunter2x›')sql",
    R"sql(OPEN SYMMETRIC KEY k DECRYPTION BY CERTIFICATE c WITH PASSWORD = '‹hunter2x›')sql",
    R"sql(CREATE ASYMMETRIC KEY k WITH ALGORITHM = RSA_2048 ENCRYPTION BY PASSWORD = )sql"
    R"sql('‹hunter2x›')sql",
    R"sql(ADD SIGNATURE TO p BY CERTIFICATE c WITH PASSWORD = '‹hunter2x›')sql",
    R"sql(SELECT ENCRYPTBYPASSPHRASE('‹hunter2x›', @x, 1, @y))sql",
    R"sql(SELECT DECRYPTBYKEYAUTOCERT(CERT_ID('c'), N'‹hunter2x›', x))sql",
    R"sql(SELECT * FROM OPENROWSET('SQLNCLI', 's'; 'u'; '‹hunter2x›', 'SELECT 1') AS a)sql",
    R"sql(EXEC sp_addlinkedsrvlogin 's', 'false', NULL, 'u', '‹hunter2x›')sql",
    R"sql(EXEC master.dbo.sp_addlinkedsrvlogin @rmtsrvname = N's', @useself = N'False', )sql"
    R"sql(@locallogin = NULL, @rmtuser = N'u', @rmtpassword = '‹hunter2x›')sql",
    R"sql(EXEC sp_password '‹old9pw›', '‹new9pw›', 'Victoria')sql",
    R"sql(EXEC sp_password NULL, '‹new9pw›', 'Victoria')sql",
    R"sql(EXEC sp_addlogin 'a', '‹hunter2x›', 'master')sql",
    R"sql(EXEC sp_setapprole 'r', '‹hunter2x›')sql",
    R"sql(EXEC sp_setapprole 'r', {Encrypt N'‹hunter2x›'}, 'odbc')sql",
    R"sql(EXEC sp_addlogin @passwd = '‹hunter2x›', @loginame = 'u')sql",
    R"sql(EXEC sp_change_users_login 'Auto_Fix', 'Mary', NULL, '‹hunter2x›')sql",
    R"sql(EXEC sp_executesql N'UPDATE users SET password = @pw', N'@pw nvarchar(50)', @pw = )sql"
    R"sql(N'‹hunter2x›')sql",
    R"sql(EXEC dbo.CreateUser @name = 'a', @password = '‹hunter2x›')sql",
    R"sql(EXEC msdb.dbo.sysmail_add_account_sp @account_name = 'a', @username = 'u', )sql"
    R"sql(@password = '‹hunter2x›')sql",
    R"sql(EXEC sp_xp_cmdshell_proxy_account 'DOM\u', '‹hunter2x›')sql",
    R"sql(DECLARE @p nvarchar(50) = N'x', @password nvarchar(50) = N'‹hunter2x›')sql",
    R"sql(SELECT * FROM users WHERE PWDCOMPARE('‹hunter2x›', password_hash) = 1)sql",
    R"sql(INSERT INTO users (name, pw) VALUES ('a', PWDENCRYPT('‹hunter2x›')))sql",
    R"sql(UPDATE users SET pwd = HASHBYTES('SHA2_512', N'‹hunter2x›' + salt) WHERE id = 1)sql",
    R"sql(UPDATE u SET u.[Password] = N'‹hunter2x›' FROM dbo.Users u)sql",
    R"sql(RESTORE DATABASE d FROM DISK = 'x' WITH MEDIAPASSWORD = '‹hunter2x›', PASSWORD = )sql"
    R"sql('‹hunter3x›')sql",
    R"sql(COPY INTO t FROM 'https://a.blob.core.windows.net/c' WITH (CREDENTIAL = (IDENTITY )sql"
    R"sql(= 'Shared Access Signature', SECRET = '‹sv=2018-03-28&sig=abc123XYZ›')))sql",
    R"sql(SELECT JSON_MODIFY(@j, '$.password', '‹hunter2x›'))sql",
    R"sql(CREATE USER sidney IDENTIFIED BY ‹out_standing1› DEFAULT TABLESPACE example QUOTA )sql"
    R"sql(10M ON example PROFILE app_user PASSWORD EXPIRE)sql",
    R"sql(CREATE USER a IDENTIFIED BY "‹Out Standing1›")sql",
    R"sql(CREATE USER a IDENTIFIED BY VALUES '‹S:1A2B3C4D5E6F;T:AABBCC›')sql",
    R"sql(ALTER USER a IDENTIFIED BY ‹new9pw› REPLACE ‹old9pw›)sql",
    R"sql(CREATE ROLE dw IDENTIFIED BY ‹warehouse7›)sql",
    R"sql(SET ROLE dw IDENTIFIED BY ‹warehouse7›)sql",
    R"sql(CREATE DATABASE LINK l CONNECT TO hr IDENTIFIED BY ‹hr9pw› USING 'local')sql",
    R"sql(CREATE SHARED DATABASE LINK l CONNECT TO hr IDENTIFIED BY ‹hr9pw› AUTHENTICATED BY )sql"
    R"sql(ann IDENTIFIED BY ‹ann9pw› USING 'x')sql",
    R"sql(ALTER DATABASE LINK l CONNECT TO scott IDENTIFIED BY "‹scott_New9›")sql",
    R"sql(CONNECT scott/‹tiger9›@orcl)sql",
    R"sql(CONN sys/"‹Tiger 9›"@//host:1521/svc AS SYSDBA)sql",
    R"sql(ADMINISTER KEY MANAGEMENT CREATE KEYSTORE '/etc/w' IDENTIFIED BY ‹pw12345›)sql",
    R"sql(ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN FORCE KEYSTORE IDENTIFIED BY )sql"
    R"sql("‹pw12345›" CONTAINER = ALL)sql",
    R"sql(ADMINISTER KEY MANAGEMENT ADD SECRET '‹hunter2x›' FOR CLIENT 'c' USING TAG 't' )sql"
    R"sql(IDENTIFIED BY ‹pw12345› WITH BACKUP)sql",
    R"sql(ADMINISTER KEY MANAGEMENT ALTER KEYSTORE PASSWORD IDENTIFIED BY ‹old9pw› SET )sql"
    R"sql(‹new9pw› WITH BACKUP)sql",
    R"sql(ALTER SYSTEM SET ENCRYPTION KEY IDENTIFIED BY "‹pw12345›")sql",
    R"sql(ALTER SYSTEM SET ENCRYPTION WALLET OPEN IDENTIFIED BY "‹pw12345›")sql",
    R"sql(CREATE TABLE t (a NUMBER, ssn VARCHAR2(9) ENCRYPT IDENTIFIED BY ‹pw12345›))sql",
    R"sql(BEGIN DBMS_CLOUD.CREATE_CREDENTIAL('c', 'u', '‹hunter2x›'); END;)sql",
    R"sql(BEGIN DBMS_CLOUD.CREATE_CREDENTIAL(credential_name => 'c', username => 'u', )sql"
    R"sql(password => '‹hunter2x›'); END;)sql",
    R"sql(BEGIN UTL_HTTP.SET_WALLET('file:/w', '‹hunter2x›'); END;)sql",
    R"sql(BEGIN UTL_HTTP.SET_AUTHENTICATION(req, 'u', '‹hunter2x›'); END;)sql",
    R"sql(SELECT DBMS_CRYPTO.ENCRYPT(UTL_RAW.CAST_TO_RAW('x'), 4353, )sql"
    R"sql(UTL_RAW.CAST_TO_RAW('‹hunter2x›')) FROM dual)sql",
    R"sql(DECLARE v_pwd VARCHAR2(30) := '‹hunter2x›'; BEGIN NULL; END;)sql",
    R"sql(DECLARE c_password CONSTANT VARCHAR2(30) NOT NULL DEFAULT '‹hunter2x›'; BEGIN )sql"
    R"sql(NULL; END;)sql",
    R"sql(BEGIN EXECUTE IMMEDIATE 'UPDATE users SET password = :1 WHERE id = :2' USING )sql"
    R"sql('‹hunter2x›', 1; END;)sql",
    R"sql(INSERT ALL INTO users (name, password) VALUES ('a', '‹hunter2x›') INTO x (a) )sql"
    R"sql(VALUES (1) SELECT * FROM dual)sql",
    R"sql(DEFINE pwd = ‹hunter2x›)sql",
    R"sql(DBMS_SCHEDULER.CREATE_CREDENTIAL(credential_name => 'x', username => 'u', password )sql"
    R"sql(=> '‹hunter2x›'))sql",
    R"sql(SELECT STANDARD_HASH('‹hunter2x›', 'SHA256') AS password_hash FROM dual)sql",
};

TEST(SqlRulesManuals, FindCredentialsInStatementsOfServers) {
  sql_cases::expect_found(statements);
}

}  // namespace
}  // namespace studiosync
