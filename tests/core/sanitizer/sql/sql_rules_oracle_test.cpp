#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

using sql_cases::expect_found;

constexpr std::string_view accounts[] = {
    "CREATE USER scott IDENTIFIED BY ‹tiger›",
    "CREATE USER scott IDENTIFIED BY ‹tiger›;",
    "CREATE USER scott IDENTIFIED BY \"‹Tiger 1›\" DEFAULT TABLESPACE users",
    "CREATE USER scott IDENTIFIED BY ‹P@ssw0rd!›",
    "CREATE USER scott IDENTIFIED BY ‹tiger›/* as always */ ACCOUNT UNLOCK",
    "ALTER USER scott IDENTIFIED BY ‹lion› REPLACE ‹tiger›",
    "ALTER USER scott IDENTIFIED BY \"‹Lion›\" REPLACE \"‹Tiger›\"",
    "ALTER USER scott IDENTIFIED BY VALUES '‹S:8F1C2D3E4F;H:0A1B2C›'",
    "CREATE USER scott IDENTIFIED EXTERNALLY",
    "CREATE USER scott IDENTIFIED GLOBALLY AS 'CN=scott'",
    "CREATE USER scott IDENTIFIED BY &pw",
    "GRANT CONNECT TO scott IDENTIFIED BY ‹tiger›",
    "CREATE ROLE r IDENTIFIED BY ‹tiger›",
    "SET ROLE r IDENTIFIED BY ‹tiger›",
    "CREATE DATABASE LINK l CONNECT TO scott IDENTIFIED BY ‹tiger› USING 'orcl'",
    "CREATE PUBLIC DATABASE LINK l CONNECT TO \"scott\" IDENTIFIED BY \"‹Tiger›\" USING 'orcl'",
    "CREATE SHARED DATABASE LINK l AUTHENTICATED BY scott IDENTIFIED BY ‹tiger› USING 'orcl'",
    "ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY ‹k3ystore›",
    "ADMINISTER KEY MANAGEMENT SET KEY IDENTIFIED BY \"‹k3ystore›\" WITH BACKUP",
    "ADMINISTER KEY MANAGEMENT ALTER KEYSTORE PASSWORD IDENTIFIED BY ‹old1› SET ‹new1› WITH BACKUP",
    "ADMINISTER KEY MANAGEMENT ADD SECRET '‹v9Kq2tLm›' FOR CLIENT 'c' IDENTIFIED BY ‹k3ystore›",
    "ALTER SYSTEM SET ENCRYPTION KEY IDENTIFIED BY \"‹v9Kq2tLm›\"",
    "CREATE TABLE t (a NUMBER ENCRYPT USING 'AES256' IDENTIFIED BY ‹v9Kq2tLm›)",
    "CONNECT scott/‹tiger›@orcl",
    "CONN scott/‹tiger›",
    "connect \"Scott\"/\"‹Tiger@1›\"@//h:1521/s as sysdba",
    "connect / as sysdba",
    "sqlplus -s scott/‹t1ger›@//h:1521/s",
    "DEFINE db_password = ‹tiger1›",
};

constexpr std::string_view packages[] = {
    "BEGIN DBMS_CLOUD.CREATE_CREDENTIAL(credential_name => 'C', username => 'u', password => "
    "'‹v9Kq2tLm›'); END;",
    "BEGIN DBMS_CLOUD.CREATE_CREDENTIAL('C', 'u', '‹v9Kq2tLm›'); END;",
    "BEGIN UTL_HTTP.SET_WALLET('file:/w', '‹v9Kq2tLm›'); END;",
    "BEGIN x := DBMS_CRYPTO.ENCRYPT(UTL_RAW.CAST_TO_RAW('text'), DBMS_CRYPTO.ENCRYPT_AES256, "
    "UTL_RAW.CAST_TO_RAW('‹v9Kq2tLm81xZ›')); END;",
    "BEGIN x := DBMS_OBFUSCATION_TOOLKIT.DES3Encrypt(input_string => 'text', key_string => "
    "'‹v9Kq2tLm›'); END;",
    "DECLARE l_password VARCHAR2(30) := '‹v9Kq2tLm›'; BEGIN NULL; END;",
    "DECLARE c_pwd CONSTANT VARCHAR2(30) := q'[‹it's9K›]'; BEGIN NULL; END;",
    "CREATE PROCEDURE p (p_password IN VARCHAR2 DEFAULT '‹v9Kq2tLm›') AS BEGIN NULL; END;",
    "BEGIN EXECUTE IMMEDIATE 'x'; l_pwd := '‹v9K›' || '‹q2tLm›'; END;",
};

TEST(SqlRulesOracle, FindsPasswordsOfAccounts) {
  expect_found(accounts);
}

TEST(SqlRulesOracle, FindsPasswordsGivenToPackages) {
  expect_found(packages);
}

TEST(SqlRulesOracle, QuotesTheReplacementOfABareWord) {
  class Replacements : public SqlSink {
   public:
    void hit(const Rule&, std::size_t, std::size_t, Replace replace) override {
      all.push_back(replace);
    }
    void inner(const View&) override {}
    std::vector<Replace> all;
  } sink;
  find_in_sql("ALTER USER a IDENTIFIED BY tiger1 REPLACE \"Tiger\"", sink);
  EXPECT_THAT(sink.all, testing::IsSupersetOf({Replace::quoted_name, Replace::body}));
}

}  // namespace
}  // namespace studiosync
