#include "tests/core/sanitizer/text/whole_layer.hpp"

namespace studiosync {
namespace {

TEST(Tables, HoldCredentialsInColumnsOfThatName) {
  expect_found({
      "| user | password |\n|---|---|\n| superset | ‹pbdcazYKIDzNF3f3Qh0mxBfZ2p5› |",
      "| user | password |\n|:---|:---|\n| a | ‹one1› |\n| b | ‹two2› |\n\ntext",
      "| Host | User | Password | Port |\n|------|------|----------|------|\n| db | app | "
      "`‹hunter2›` | 5432 |",
      "user\tpassword\thost\norders_api\t‹H9ZlseJ13m78pO9I1RKR›\tlocalhost",
      "user,password,host\napp,‹hunter2›,db\nbob,\"‹let,me›\",db",
      "username;password\napp;‹hunter2›",
      "\"user\",\"password\"\n\"app\",\"‹hunter2›\"",
      "id,email,api_token\n1,a@b.c,‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›",
      "user | password\n-----+---------\n app | ‹hunter2›\n(1 row)",
      "Password\n‹6HHEy82pdYEjR›",
      "-[ RECORD 1 ]----\nusername | app\npassword | ‹Sommer2028x›",
      "-[ RECORD 1 ]----+---\nid       | 1\npasswd   | ‹letmein›\n",
      "-[ RECORD 1 ]-\nuser     | a\npassword | ‹hunter2›\n-[ RECORD 2 ]-\npassword | ‹b c d›\n",
      "> -[ RECORD 1 ]-\n> user     | a\n> password | ‹hunter2›\n",
      "-[ RECORD 1 ]-\r\nuser     | a\r\npassword | ‹hunter2›\r\n",
  });
}

TEST(Tables, AndLinesOfOtherTextAreLeftAlone) {
  expect_found({
      "| user | password |\n|---|---|\n| app | ******** |",
      "| column | type |\n|---|---|\n| password | text |",
      "| user | password |\n|---|---|\n| app | yes |",
      "name,password_hash\nWHERE x",
      "id,token_count\n1,25",
      "password,email\nWHERE 1 = 1, x",
      "Password\nForgot your password?",
      "Password\nMust have 8 characters",
      "Password\nConfirm password",
      "Token\nexpired",
      "-[ RECORD 1 ]-\ncolumn | password\ntype   | hunter2x",
      "-[ RECORD 1 ]-\nuser     | a\npassword | ********\ntoken    | \n",
      "-[ RECORD 1 ]-\nuser     | a\n\nwe agreed on password | token hunter2x",
      "ALTER TABLE t ADD password,\nADD token2 x",
  });
}

}  // namespace
}  // namespace studiosync
