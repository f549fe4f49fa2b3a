#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view accounts[] = {
    "CREATE LOGIN app WITH PASSWORD = '‹v9Kq2tLm›'",
    "CREATE LOGIN [app user] WITH PASSWORD = N'‹v9Kq2tLm›' MUST_CHANGE, CHECK_EXPIRATION = ON",
    "CREATE LOGIN app WITH PASSWORD=‹0x0200F5A3C1D2› HASHED, SID = "
    "0x14585E90117152449347750164BA00A7",
    "ALTER LOGIN app WITH PASSWORD = '‹v9Kq2tLm›' OLD_PASSWORD = '‹secret›' UNLOCK",
    "CREATE USER app WITH PASSWORD = '‹v9Kq2tLm›', DEFAULT_SCHEMA = dbo",
    "CREATE APPLICATION ROLE r WITH PASSWORD = '‹v9Kq2tLm›'",
    "IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = N'app') CREATE LOGIN app WITH "
    "PASSWORD = N'‹v9Kq2tLm›'",
    "USE master\nGO\nCREATE LOGIN app WITH PASSWORD = '‹it''s›'\nGO",
    "EXEC sp_addlogin 'app', '‹v9Kq2tLm›', 'master'",
    "EXEC sp_addlogin @loginame = 'app', @passwd = '‹v9Kq2tLm›'",
    "sp_addlogin 'app', '‹v9Kq2tLm›'",
    "EXEC master.dbo.sp_password NULL, '‹v9Kq2tLm›', 'app'",
    "EXEC sp_password '‹q2tLm9Kv›', '‹v9Kq2tLm›', 'app'",
    "EXEC sp_password @old = '‹q2tLm9Kv›', @new = '‹v9Kq2tLm›', @loginame = 'app'",
    "EXEC sp_setapprole 'r', N'‹v9Kq2tLm›'",
    "EXEC sp_addlinkedsrvlogin 'S', 'false', NULL, 'u', '‹v9Kq2tLm›'",
    "EXEC master.dbo.sp_addlinkedsrvlogin @rmtsrvname = N'S', @useself = N'False', @rmtuser = "
    "N'u', "
    "@rmtpassword = N'‹v9Kq2tLm›'",
};

constexpr std::string_view keys[] = {
    "CREATE MASTER KEY ENCRYPTION BY PASSWORD = '‹v9Kq2tLm›'",
    "OPEN MASTER KEY DECRYPTION BY PASSWORD = '‹v9Kq2tLm›'",
    "ALTER MASTER KEY REGENERATE WITH ENCRYPTION BY PASSWORD = '‹v9Kq2tLm›'",
    "BACKUP MASTER KEY TO FILE = 'c:\\k' ENCRYPTION BY PASSWORD = '‹v9Kq2tLm›'",
    "RESTORE MASTER KEY FROM FILE = 'c:\\k' DECRYPTION BY PASSWORD = '‹v9Kq2tLm›' ENCRYPTION BY "
    "PASSWORD = '‹q2tLm9Kv›'",
    "CREATE SYMMETRIC KEY k WITH KEY_SOURCE = '‹v9Kq2tLm›', ALGORITHM = AES_256, IDENTITY_VALUE = "
    "'identity' ENCRYPTION BY PASSWORD = '‹q2tLm9Kv›'",
    "OPEN SYMMETRIC KEY k DECRYPTION BY CERTIFICATE c WITH PASSWORD = '‹v9Kq2tLm›'",
    "CREATE CERTIFICATE c ENCRYPTION BY PASSWORD = '‹v9Kq2tLm›' WITH SUBJECT = 'subject'",
    "ALTER CERTIFICATE c WITH PRIVATE KEY (FILE = 'c:\\k', DECRYPTION BY PASSWORD = '‹v9Kq2tLm›')",
    "CREATE CERTIFICATE c FROM BINARY = 0x3082 WITH PRIVATE KEY (BINARY = ‹0x308204A3›, DECRYPTION "
    "BY "
    "PASSWORD = '‹v9Kq2tLm›')",
    "CREATE ASYMMETRIC KEY k WITH ALGORITHM = RSA_2048 ENCRYPTION BY PASSWORD = N'‹v9Kq2tLm›'",
    "BACKUP DATABASE d TO DISK = 'c:\\b' WITH PASSWORD = '‹v9Kq2tLm›', MEDIAPASSWORD = "
    "'‹q2tLm9Kv›'",
    "CREATE CREDENTIAL c WITH IDENTITY = 'u', SECRET = '‹v9Kq2tLm›'",
    "CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = "
    "'‹sv=2020-08-04&sig=v9Kq2tLm81xZ%3D›'",
    "ALTER CREDENTIAL c WITH IDENTITY = 'u', SECRET = N'‹v9Kq2tLm›'",
};

constexpr std::string_view functions[] = {
    "SELECT ENCRYPTBYPASSPHRASE('‹v9Kq2tLm›', c) FROM t",
    "SELECT CONVERT(varchar(9), DecryptByPassPhrase(N'‹v9Kq2tLm›', c)) FROM t",
    "SELECT PWDENCRYPT('‹v9Kq2tLm›')",
    "SELECT 1 WHERE PWDCOMPARE(N'‹v9Kq2tLm›', h) = 1",
    "SELECT DECRYPTBYKEYAUTOCERT(CERT_ID('c'), N'‹v9Kq2tLm›', x) FROM t",
    "SELECT SIGNBYCERT(CERT_ID('c'), 'data', N'‹v9Kq2tLm›')",
    "SELECT * FROM OPENROWSET('SQLNCLI', 'h'; 'u'; '‹v9Kq2tLm›', 'SELECT 1')",
    "DECLARE @password nvarchar(50) = N'‹v9Kq2tLm›'",
    "DECLARE @db_pwd varchar(MAX); SET @db_pwd = '‹v9Kq2tLm›'",
    "UPDATE u SET [password] = HASHBYTES('SHA2_256', N'‹v9Kq2tLm›') WHERE id = 1",
    "CREATE LOGIN app WITH PASSWORD = N'‹v9K›' + N'‹q2tLm›'",
};

TEST(SqlRulesSqlServer, FindsPasswordsOfAccounts) {
  expect_found(accounts);
}

TEST(SqlRulesSqlServer, FindsPasswordsOfKeysAndCredentials) {
  expect_found(keys);
}

TEST(SqlRulesSqlServer, FindsPasswordsInFunctionsAndVariables) {
  expect_found(functions);
}

TEST(SqlRulesSqlServer, GivesProviderStringsOn) {
  constexpr std::pair<std::string_view, std::string_view> cases[] = {
      {"SELECT * FROM OPENDATASOURCE('SQLNCLI', 'Data Source=h;User ID=u;Password=v9Kq2tLm').d.s.t",
       "Data Source=h;User ID=u;Password=v9Kq2tLm"},
      {"EXEC sp_addlinkedserver @server = 'S', @provstr = 'UID=u;PWD=v9Kq2tLm'",
       "UID=u;PWD=v9Kq2tLm"},
      {"EXEC('CREATE LOGIN a WITH PASSWORD = ''v9Kq2tLm''')",
       "CREATE LOGIN a WITH PASSWORD = 'v9Kq2tLm'"},
  };
  sql_cases::expect_inner(cases);
}

}  // namespace
}  // namespace studiosync
