#include "core/sanitizer/text/assignment.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

void expect_marks(std::initializer_list<std::string_view> texts, TextKind kind = TextKind::prose) {
  for (const std::string_view marked : texts) {
    EXPECT_EQ(found_in(assignment_anchors(), without_marks(marked), kind), marked);
    const std::string redacted = redacted_marks(marked);
    EXPECT_EQ(found_in(assignment_anchors(), redacted, kind), redacted);
  }
}

TEST(Assignment, FindsQuotedValues) {
  expect_marks({"password = '‹hunter2›'",
                "password='‹hunter2›'",
                "\"password\": \"‹hunter2›\"",
                "\"password\" : \"‹letmein›\",",
                "\"password\":\n    \"‹hunter2›\"",
                "{ user: 'app', password:\n    '‹hunter2›' }",
                "login(p_password\n    =>  '‹hunter2›')",
                "select @secret_key\n  := '‹hunter2›'",
                "{\"user\":\"bob\",\"password\":\"‹hunter2›\",\"port\":5432}",
                "'password' => '‹hunter2›',",
                ":password => \"‹hunter2›\"",
                "password: '‹hunter2›'",
                "password := \"‹hunter2›\"",
                "password = \"‹correct horse battery staple›\"",
                "config[\"password\"] = \"‹hunter2›\"",
                "cfg['db']['password'] = '‹hunter2›';",
                "connect(host='h', password='‹letmein›')",
                "const dbPassword = \"‹hunter2›\";",
                "private static final String PASSWORD = \"‹hunter2›\";",
                "password: str = \"‹hunter2›\"",
                "const password: string = '‹hunter2›'",
                "var password string = \"‹hunter2›\"",
                "DECLARE @password nvarchar(50) = N'‹hunter2›';",
                "v_password VARCHAR2(30) := '‹tiger›';",
                "password = f\"‹hunter2›\"",
                "password = \"\"\"‹hunter2›\"\"\"",
                "passwort = „‹geheim›“",
                "password: “‹hunter2›”",
                "password is `‹hunter2›`",
                "the password is \"‹hunter2›\"",
                "the password for the staging shop is \"‹hunter2›\"",
                "password (staging): \"‹hunter2›\"",
                "if password == \"‹hunter2›\":",
                "$password = '‹hunter2›';",
                "'it''s', password = '‹it''s me›', x = 'y'",
                "password = '‹it\\'s me›', x = 'y'",
                "{\"client_secret\": \"‹Wq7-hT2p-Zk1L›\"}",
                "apiKey: '‹abcdef›'",
                "api_key = \"‹0123456789abcdef›\"",
                "secret: \"‹s3cr3t›\"",
                "JWT_SECRET: \"‹my-jwt-secret-value›\"",
                "auth_token: \"‹q8Zk1Lm0Xy7Tn5Rw›\"",
                "token = '‹f47ac10b-58cc-4372-a567-0e02b2c3d479›'"});
}

TEST(Assignment, FindsValuesInNestedQuotes) {
  expect_marks({R"("{\"password\": \"‹hunter2›\", \"port\": 1}")",
                R"({\\\"password\\\": \\\"‹hunter2›\\\"})",
                "'{''password'': ''‹hunter2›'', ''x'': ''y''}'",
                "'password = ''‹hunter2›'' and more'", "\"password=\"\"‹hunter2›\"\";x\"",
                "&quot;password&quot;: &quot;‹hunter2›&quot;", "%22password%22%3A%22‹hunter2›%22",
                "password%3D‹hunter2›%26x%3D1", "x\\npassword=‹hunter2›\\ny=1"});
}

TEST(Assignment, FindsArgumentsOfCalls) {
  expect_marks(
      {"define('DB_PASSWORD', '‹hunter2›');", "define( \"AUTH_KEY\", \"‹q8Zk1Lm0Xy7Tn5Rw;|+›\" );",
       "ds.setPassword(\"‹hunter2›\");", "builder.password(\"‹hunter2›\")",
       "builder.withPassword('‹hunter2›')", "user.set_password('‹hunter2›')",
       "props.setProperty(\"password\", \"‹hunter2›\");",
       "props.put(\"sasl.password\", \"‹hunter2›\")", ".option(\"password\", \"‹hunter2›\")",
       "os.environ.get(\"DB_PASSWORD\", \"‹hunter2›\")", "os.getenv('DB_PASSWORD', '‹hunter2›')",
       "cmd.Parameters.AddWithValue(\"@password\", \"‹hunter2›\");",
       "json_object('password', '‹hunter2›')", "putenv('PGPASSWORD', '‹hunter2›')"});
}

TEST(Assignment, FindsBareValuesOfSettings) {
  expect_marks(
      {"DB_PASSWORD=‹hunter2›",
       "export PGPASSWORD=‹hunter2›",
       "PGPASSWORD=‹secret› psql -h h",
       "set MYSQL_PWD=‹hunter2›",
       "MYSQL_ROOT_PASSWORD=‹password›",
       "docker run -e POSTGRES_PASSWORD=‹letmein› -d postgres",
       "DB_PASSWORD=‹p@ss,w;rd)!›",
       "DB_PASSWORD=‹correct horse battery staple›",
       "DB_PASSWORD=‹hunter2› # staging",
       "# DB_PASSWORD=‹hunter2›",
       "spring.datasource.password=‹letmein›",
       "spring.datasource.password = ‹letmein›",
       "password: ‹hunter2›",
       "password: ‹letmein›",
       "  password: ‹letmein›\n  user: bob",
       "- password: ‹letmein›",
       "password = ‹letmein›",
       "[client]\nuser=root\npassword=‹root›\n",
       "password=‹${DB_PASSWORD:-hunter2}›",
       "secret_key_base: ‹0123456789abcdef›",
       "AWS_SECRET_ACCESS_KEY=‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz›",
       "aws_secret_access_key = ‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz›",
       "kubectl create secret generic x --from-literal=password=‹letmein›",
       "jdbc:mysql://h/db?user=u&password=‹letmein›&useSSL=true",
       "jdbc:mysql://h/db?user=u&password=‹hunter2›",
       "host=h user=u password=‹letmein› dbname=d",
       "Server=h;User Id=sa;Password=‹a b c›;Encrypt=yes",
       "Server=h;Database=d;Uid=sa;Pwd=‹letmein›;",
       "DRIVER={x};SERVER=h;UID=sa;PWD={‹a}}b;c›};",
       "Driver={SQL Server};Server=h;UID=sa;PWD={‹Sommer2024›};",
       "Driver={SQL Server};Server=h;UID=sa;PWD={‹hunter2›}",
       "Driver={SQL Server};PWD={‹tiger›};Server=h",
       "jdbc:sqlserver://h:1433;user=sa;password={‹correcthorse›};",
       "Driver={SQL Server};Server=h;UID={sa};PWD={‹password123›};",
       "cache:6379,password=‹x9yz›,ssl=True,abortConnect=False",
       "AccountName=x;AccountKey=‹q8Zk1Lm0Xy7Tn5RwJ3vB2c==›;EndpointSuffix=core.windows.net",
       "Endpoint=sb://x.net/;SharedAccessKeyName=Root;SharedAccessKey=‹q8Zk1Lm0Xy7Tn5Rw=›",
       "jdbc:db2://h:50000/db:user=u;password=‹letmein›;",
       R"(user\u003dsa;password\u003d‹Sommer2030x›)",
       R"({"v":"user\u003dsa;pass\u003d‹Sommer2030x›\u003bssl\u003dtrue"})",
       R"({"v":"https://h/?user\u003dsa\u0026pass\u003d‹Sommer2030x›\u0026x\u003d1"})",
       R"({"v":"host=h\npass=‹Sommer2030x›\nport=1"})",
       R"({"v":"password\u003D\u0027‹Sommer2030x›\u0027"})",
       R"({"v":"password\u003a ‹Sommer2030x›"})",
       "$env:PGPASSWORD = \"‹hunter2›\"",
       "{user: bob, password: ‹letmein›}",
       "//registry.npmjs.org/:_authToken=‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›"});
}

TEST(Assignment, FindsBareValuesInProse) {
  expect_marks({"my password is ‹hunter2›",
                "The password is ‹hunter2›, please change it.",
                "password is ‹hunter2›.",
                "Passwort: ‹Sommer2024›",
                "Passwort: ‹Sommer2024› bitte nicht weitergeben",
                "pw: ‹hunter2›",
                "user: root Password: ‹toor›",
                "Password: ‹hunter2› (please change)",
                "das Passwort lautet ‹Sommer2024›",
                "la contraseña es ‹Verano2024›",
                "contraseña: ‹Verano2024›",
                "mot de passe : ‹Ete2024!›",
                "пароль: ‹qwerty12›",
                "пароль: ‹лето2024›",
                "密码是‹abc12345›",
                "数据库密码：‹abc12345›",
                "パスワードは‹abc12345›です",
                "**Password:** ‹hunter2›",
                "Client Secret: ‹Wq7~hT2p8Zk1L›",
                "API key: ‹q8Zk1Lm0Xy7Tn5Rw›",
                "access token = ‹q8Zk1Lm0Xy7Tn5Rw›",
                "password for bob: ‹hunter2›",
                "prod password is ‹Tr0ub4dor&3›",
                "connect with password \"‹S3cure#Pass›\"",
                "user bob password ‹Hunter2!23›",
                "database:\n  user: bob\n  pass: ‹letmein›\n",
                "ENV MYSQL_PASSWORD ‹secretpw›",
                "set PGPASSWORD=‹hunter2›&& psql",
                "pwd:‹admin›",
                "(password: ‹letmein›)"});
}

TEST(Assignment, FindsElementsAndPairs) {
  expect_marks(
      {"<password>‹hunter2›</password>", "<db:password enc=\"no\">‹hunter2›</db:password>",
       "<password><![CDATA[‹hunter2›]]></password>", "<add key=\"Password\" value=\"‹hunter2›\"/>",
       "<property name=\"password\" value=\"‹hunter2›\"/>",
       "<property name=\"password\">‹hunter2›</property>",
       "<user name='bob' password='‹hunter2›'/>", "<key>Password</key>\n<string>‹hunter2›</string>",
       "{\"name\": \"DB_PASSWORD\", \"value\": \"‹hunter2›\"}",
       "- name: DB_PASSWORD\n  value: ‹hunter2›\n", "- name: DB_PASSWORD\n  value: \"‹hunter2›\"\n",
       "password: |\n  ‹hunter2›\nuser: bob", "password: >-\n    ‹hunter2›\n"});
}

TEST(Assignment, FindsOptionsOfCommands) {
  expect_marks({"backup --user bob --password ‹letmein›", "backup --password=‹letmein› --all",
                "backup --password '‹let me in›'", "Invoke-Sqlcmd -Password \"‹hunter2›\"",
                "az login --client-secret ‹Wq7~hT2p8Zk1L›", "tool --api-key ‹abcdef› run",
                "influx -username bob -password '‹hunter2›'", "tool --token ‹q8Zk1Lm0Xy7Tn5Rw›"});
}

TEST(Assignment, FindsOnlyWhatNoSqlHasInCode) {
  expect_marks({"UPDATE users SET password = '‹hunter2›' WHERE id = 1",
                "SELECT * FROM t WHERE password='‹hunter2›'",
                "DB_PASSWORD=‹hunter2›",
                "Server=db;Uid=app;Pwd=‹w7Kq2mZx›;",
                "SET a = 1;pwd=old_pwd;",
                "Server=db;Uid=app;Pwd=‹letmein›;",
                "host=db user=app password=‹letmein›",
                "jdbc:mysql://db/shop?user=app&password=‹letmein›",
                "Pwd=‹letmein›;Encrypt=yes",
                "+DB_PASSWORD=‹lDJnBNdHiUuOxuQv8›",
                "> DB_PASSWORD=‹hunter2›",
                ")SNOWFLAKE_PASSWORD=‹nO8jeIMQLJXS›",
                "password=‹aNlSbCQBdf0HATE›",
                "ON CONFLICT DO UPDATE SET password=excluded.password",
                "a.password=b.password2",
                "set password=upper(x)",
                "password=new_password1",
                "set password=NewValue1",
                "where a=1 and password=b",
                "password:\n'next line'",
                "t.user=s.user,password=s.password",
                "export DB_PASSWORD=‹hunter2›",
                "UPDATE users SET password = new_password",
                "UPDATE users SET PASSWORD=NEW_PASSWORD",
                "SET\n  PASSWORD=NEWPASS,\n",
                "UPDATE users u SET password = p.password2 FROM p",
                "WHERE u.password = \"new_password\"",
                "WHERE u.password = u.token",
                "password = $1 AND token = $2",
                "password: letmein",
                "password = md5(password || salt)"},
               TextKind::code);
}

TEST(Assignment, LeavesOrdinaryTextAlone) {
  expect_marks({
      "<a href=\"#top\" accesskey=\"n\">",
      "password: typing.Optional[bytes], x",
      "private_key: \"RSAPrivateKey\"",
      "passphrase: Optional[Callback] = None",
      "password = self.keyring.get_password(url, name)",
      "signing_key = key[:16]",
      "connect(key_password=certs[0][2])",
      "pw = pw + c",
      "my ($key, $n, $pass) = @_;",
      "print(f\"password={password!r}\")",
      R"(regexp_replace(msg, 'password=\S+', 'password=***'))",
      R"(sed -E 's/password=\w{8,}/x/')",
      R"(re.sub("pwd=\\S*;", "", s))",
      R"(regexp_substr(msg, 'password=.+?;'))",
      R"(grep -oP 'password=.*')",
      "f\"Driver={{SQL Server}};Server={host};UID={user};PWD={pw};\"",
      "f\"Driver={{SQL Server}};Server={host};UID={user};PWD={p}\"",
      "f\"Driver={{SQL Server}};Server=h;UID=sa;PWD={{{pw}}};\"",
      "string.Format(\"Server={0};UID={1};PWD={2};\", h, u, p)",
      "Server=h;UID=sa;PWD={cfg.password};Encrypt=yes",
      "Server=h;UID=sa;PWD={your_password};",
      "f\"UPDATE t SET password={hashed} WHERE id={id}\"",
      "user_pass = '%s:%s' % (user, pw)",
      "self.passwd = password_mgr",
      "the mode we pass is the mode of the file",
      "we pass this handle to <code class=\"literal\">",
      "def sign(key_secret=None, owner_secret=None):",
      "\"passwd:dir\", \"passwd:shell\"",
      "print(\"Password: \", password);",
      "SELECT password \"Password 1\", token \"Token 1\"",
      "password VARCHAR2(64), secret RAW(32)",
      "password UTF8MB4 text, password SHA256 digest",
      "PASS: test_login",
      "the password rules of 2024",
      "reset your password: click the link",
      "Password: at least 12 characters",
      "Password: must be 8 characters",
      "secret: never share it",
      "token: a unit of text",
      "API key: see settings",
      "key: value pairs",
      "key: 5f3a9c1e8b7d6a42",
      "auth: OAuth2",
      "auth: scram-sha-256",
      "The password column stores a bcrypt hash",
      "the password is required",
      "password is stored hashed",
      "the password is wrong",
      "the password is bcrypt-hashed",
      "Your password is case-sensitive.",
      "The secret is consistency",
      "The token is opaque",
      "The password is not correct, the token is expired",
      "password: 12 characters minimum",
      "Password: SHA-256 with salt",
      "password: 8+ chars",
      "pass: 12, fail: 3",
      "Pass: 12",
      "{\"pass\": 12, \"fail\": 0}",
      "{\"password\": true, \"token\": null}",
      "{\"password\": {\"type\": \"string\", \"minLength\": 8}}",
      "{\"required\": [\"username\", \"password\", \"email\"]}",
      "\"password\": \"string\"",
      "\"password\": \"<password>\"",
      "\"password\": \"********\"",
      "\"password\": \"\"",
      "\"password\": \"[REDACTED]\"",
      "\"password\": \"Password must be at least 8 characters\"",
      "password: [REDACTED]",
      "password=${DB_PASSWORD}",
      "password=$DB_PASSWORD",
      "password=%DB_PASSWORD%",
      "password: {{ db_password }}",
      "password: ${{ secrets.DB_PASSWORD }}",
      "password: !vault |",
      "password: *db_password",
      "password = os.environ[\"DB_PASSWORD\"]",
      "password = os.environ.get('DB_PASSWORD')",
      "password: process.env.DB_PASSWORD,",
      "password = getpass.getpass()",
      "password = input(\"Password: \")",
      "password = hash(new_password)",
      "password = new_password",
      "password = user.password",
      "password=password",
      "password: hashedPassword,",
      "connect(user=user, password=password)",
      "connect(password=settings.DB_PASSWORD)",
      "password: string;",
      "password?: string",
      "password: str",
      "password: SecretStr",
      "password varchar(255) NOT NULL",
      "password VARCHAR(60)",
      "password::text",
      "password_hash: bcrypt",
      "password_file: /run/secrets/db",
      "password: /run/secrets/db",
      "POSTGRES_PASSWORD_FILE=/run/secrets/db",
      "secretName: my-tls",
      "secret: my-tls-cert",
      "secretKeyRef:\n  name: db\n  key: password",
      "<input type=\"password\" name=\"pw\" placeholder=\"Your password\">",
      "<label for=\"password\">Password:</label>",
      "<password/>",
      "<password></password>",
      "mysql -u <user> -p<password> -h <host>",
      "backup --password <password>",
      "backup --password-file x --token-endpoint y",
      "-- password is stored hashed",
      "-- password hunter2",
      "SELECT password, token FROM users",
      "WHERE name IN ('password', 'token')",
      "replace('password', 'a', 'b')",
      "getSecret(\"db-password\")",
      "env('DB_PASSWORD')",
      "primary key: id",
      "PRIMARY KEY (id), FOREIGN KEY (user_id)",
      "tokens: 4096, max_tokens=1000",
      "author: bob, compass = 5, passenger = 'bob'",
      "bypass=true first_pass='done'",
      "password_policy = 'strong'",
      "password_changed_at = '2024-01-01'",
      "forgot password? Click here",
      "Enter password: ",
      "Password:\nlast login",
      "passwords: never reuse them",
      "token_type: bearer",
      "next_page_token = 'abc123def456'",
      "\"token\": \"invalid\"",
      "WHERE token = 'pending-approval'",
      "auth = 'admin'",
      "The key is f47ac10b-58cc-4372-a567-0e02b2c3d479",
  });
}

TEST(Assignment, ReadsOnlySoManyValuesThatLieInOneAnother) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "token=";
  expect_marks({text + " password=‹hunter2›"});
}

// It is judged by its begin, and taken to its end.
TEST(Assignment, TakesAllOfALongValue) {
  std::string value;
  while (value.size() < 4000) value += "kR7mq2Lx";
  for (const std::string_view behind : {"", " and more", ";x=1", "\""}) {
    const std::string text = "password=" + value + std::string(behind);
    EXPECT_EQ(found_in(assignment_anchors(), text),
              "password=‹" + value + "›" + std::string(behind));
  }
}

TEST(Assignment, ReadsBrokenTextToItsEnd) {
  for (const std::string& text :
       {std::string("password"), std::string("password="), std::string("password='"),
        std::string("password=\\"), std::string("password: |"), std::string("password: |\n"),
        std::string("<password>"), std::string("password\0=\0'a", 13),
        std::string("\xffpass\xff=\xff"), std::string("name=\"password\" value="),
        std::string("密"), std::string("password is"), std::string("--password "),
        std::string("set(\"password\",")}) {
    EXPECT_LE(hits_in(assignment_anchors(), text, TextKind::prose).size(), 1U) << text;
  }
}

}  // namespace
}  // namespace studiosync
