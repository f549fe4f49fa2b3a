#include "core/sanitizer/text/connect_call.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

TEST(ConnectCall, FindsPasswordsAndKeysByTheirPlace) {
  for (const std::string_view marked :
       {"new PDO(\"mysql:host=h;dbname=d\", \"root\", \"‹hunter2›\");",
        "mysqli_connect('h', 'root', '‹let me›', 'db')",
        "DriverManager.getConnection(url, \"sa\", \"‹letmein›\")",
        "new Sequelize('db', 'user', '‹hunter2›', {dialect: 'mysql'})",
        "new PasswordAuthentication(user, \"‹hunter2›\".toCharArray())",
        "cx_Oracle.connect(\"scott\",\"‹Sommer2029x›\",\"h/orcl\")",
        "oracledb.connect('hr', '‹hunter2›', dsn)",
        "cx_Oracle.SessionPool('hr','‹hunter2›','h/orcl',2)",
        "oracledb.create_pool('hr','‹hunter2›','h')",
        "pymssql.connect('h', 'sa', '‹hunter2›', 'db')", "ibm_db.connect('d','u','‹hunter2›')",
        "URL.create('mssql+pyodbc', 'sa', '‹hunter2›', 'h')",
        "redis.StrictRedis('h',6379,0,'‹hunter2›')", "dbapi.connect('h', 443, 'u', '‹hunter2›')",
        "smtplib.SMTP('h').login('u','‹hunter2›')",
        "jwt.encode({\"a\": 1, \"b\": [2, 3]}, \"‹hunter2›\")", "Fernet(b\"‹hunter2›\")",
        "ConvertTo-SecureString -String '‹hunter2›' -AsPlainText"}) {
    EXPECT_EQ(found_in(connect_call_anchors(), without_marks(marked)), marked);
  }
}

TEST(ConnectCall, LeavesNamesAndReferencesAlone) {
  for (const std::string_view text :
       {"getConnection(url, user, password)", "new PDO($dsn, $user, getenv(\"PW\"))",
        "getConnection(\"jdbc:h2:mem\")", "pdo(", "mysqli(a,b,", "jwt.sign(payload, key)",
        "jwt.sign((((((", "oracledb.connect(user, password, dsn)",
        "oracledb.connect(user='hr', dsn='h', password=pw)", "oracledb.create_pool(min=1, max=5)",
        "URL.create('mssql+pyodbc', username='sa', host='h')", "url.create(path, query, options)",
        "ibm_db.connect('DATABASE=d;UID=u', '', '')", "app.get('/x').login('u', password)",
        "ConvertTo-SecureString $plain -AsPlainText", "ConvertTo-SecureString "}) {
    EXPECT_EQ(found_in(connect_call_anchors(), text), text);
  }
}

}  // namespace
}  // namespace studiosync
