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
        "jwt.encode({\"a\": 1, \"b\": [2, 3]}, \"‹hunter2›\")", "Fernet(b\"‹hunter2›\")",
        "ConvertTo-SecureString -String '‹hunter2›' -AsPlainText"}) {
    EXPECT_EQ(found_in(connect_call_anchors(), without_marks(marked)), marked);
  }
}

TEST(ConnectCall, LeavesNamesAndReferencesAlone) {
  for (const std::string_view text :
       {"getConnection(url, user, password)", "new PDO($dsn, $user, getenv(\"PW\"))",
        "getConnection(\"jdbc:h2:mem\")", "pdo(", "mysqli(a,b,", "jwt.sign(payload, key)",
        "jwt.sign((((((", "ConvertTo-SecureString $plain -AsPlainText",
        "ConvertTo-SecureString "}) {
    EXPECT_EQ(found_in(connect_call_anchors(), text), text);
  }
}

}  // namespace
}  // namespace studiosync
