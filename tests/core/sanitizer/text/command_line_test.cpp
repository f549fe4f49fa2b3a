#include "core/sanitizer/text/command_line.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

void expect_marks(std::initializer_list<std::string_view> texts) {
  for (const std::string_view marked : texts) {
    EXPECT_EQ(found_in(command_line_anchors(), without_marks(marked)), marked);
    const std::string redacted = redacted_marks(marked);
    EXPECT_EQ(found_in(command_line_anchors(), redacted), redacted);
  }
}

TEST(CommandLine, FindsTheOptionsOfDatabaseClients) {
  expect_marks({"mysql -u root -p‹hunter2› shop",
                "mysql -uroot -p‹root› -h h -P 3306",
                "mysqldump -u root -p'‹it is›' shop > x.sql",
                "mysqldump -u root '-p‹it is›' shop",
                "/usr/bin/mysql.exe -u root -p‹hunter2›",
                "docker exec -i db mysql -uroot -p‹hunter2› shop < dump.sql",
                "mysql \\\n  -u root \\\n  -p‹hunter2›",
                "$(mysql -p‹hunter2› -e 'select 1')",
                "mariadb-dump -p‹hunter2› shop",
                "mysqladmin -u root password '‹hunter2›'",
                "mongo -u u -p ‹letmein› --authenticationDatabase admin",
                "mongosh \"mongodb://h\" -u u -p '‹letmein›'",
                "mongodump -p‹letmein›",
                "sqlcmd -S h -U sa -P ‹Str0ng!Pass› -Q \"SELECT 1\"",
                "sqlcmd -S h -U sa -P \"‹Str0ng Pass›\"",
                "bcp db.t out f -P‹letmein› -U sa",
                "isql -U sa -P ‹letmein›",
                "redis-cli -h h -a ‹foobared› ping",
                "cqlsh -u c -p ‹cass› h",
                "sqlplus scott/‹tiger›@orcl",
                "sqlplus -S scott/‹tiger› @script.sql",
                "sqlplus sys/‹tiger›@//db:1521/x as sysdba",
                "expdp system/‹manager›@orcl full=y",
                "impdp userid=system/‹manager› full=y",
                "rman target sys/‹oracle›@prod",
                "run \"mysql -u root -p‹hunter2›\" now",
                "run `mysql -u root -p‹hunter2›` now",
                "{\"cmd\": \"mysql -p‹hunter2›\", \"x\": 1}",
                R"("{\"cmd\": \"mysql -p‹hunter2›\"}")",
                "ssh h 'mysql -p‹hunter2›'",
                "(mysql -p‹hunter2›)",
                "exp userid=scott/‹tiger› file=x"});
}

TEST(CommandLine, FindsTheOptionsOfOtherTools) {
  expect_marks({"curl -u bob:‹letmein› https://x",
                "curl -ubob:‹letmein› https://x",
                "curl --user 'bob:‹let me›' https://x",
                "curl --user=bob:‹letmein› https://x",
                "curl -u ‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›: https://x",
                "sshpass -p ‹letmein› ssh h",
                "sshpass -p'‹let me›' ssh h",
                "ldapsearch -D cn=admin -w ‹letmein› -b dc=x",
                "openssl rsa -in k.pem -passin pass:‹letmein› -out x",
                "7z a -p‹letmein› x.7z f",
                "zip -P ‹letmein› x.zip f",
                "unzip -P ‹letmein› x.zip",
                "smbclient //h/s -U bob%‹letmein›",
                "lftp -u bob,‹letmein› h",
                "docker login -u bob -p ‹letmein› registry",
                "az login -u bob -p ‹letmein›",
                "htpasswd -bc .htpasswd bob ‹letmein›",
                "rabbitmqctl add_user bob ‹letmein›",
                "net user bob ‹letmein› /add",
                "net use z: \\\\srv\\share ‹letmein› /user:bob",
                "aws configure set aws_secret_access_key ‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzz›",
                "echo '‹letmein›' | sudo -S reboot",
                "echo ‹letmein› | docker login --password-stdin",
                "echo 'root:‹letmein›' | chpasswd"});
}

TEST(CommandLine, LeavesEverythingElseAlone) {
  expect_marks({"mysql -u root -p shop",
                "mysql -u root -p",
                "mysql -u root -p<password>",
                "mysql -u root -p$PW",
                "mysql -u root -p${PW}",
                "mysql -u root -pPASSWORD",
                "mysql -p[REDACTED]",
                "mysql -P3306 -h h",
                "mysql_real_connect(-p1)",
                "MySQL is a database - people use it",
                "mongo --port 27017 -p --host h",
                "mongo shop",
                "sqlcmd -S h -E",
                "sqlcmd -S h -U sa -P $(SA_PASSWORD)",
                "redis-cli -h h -p 6379",
                "curl -u bob https://x",
                "curl -u \"$USER:$PASSWORD\" https://x",
                "curl -o x https://h/u:p",
                "docker run -p 8080:80 nginx",
                "docker login registry",
                "sqlplus /nolog",
                "sqlplus / as sysdba",
                "sqlplus scott@orcl",
                "sqlplus scott/<password>@orcl",
                "zip -r x.zip dir",
                "ldap is a protocol",
                "openssl x509 -in pass:port",
                "htpasswd -c .htpasswd bob",
                "net use z: \\\\srv\\share * /user:bob",
                "git config set user.name bob",
                "aws configure set region eu-west-1",
                "config set timeout 5",
                "sudo -s",
                "ls | sudo -S x",
                "echo done && sudo -S x",
                "mysql",
                "mysql ",
                "curl -u",
                "sqlplus ",
                "pass:"});
}

TEST(CommandLine, FindsTheLogonOfTeradatasTools) {
  expect_marks({".LOGON tdprod/dbuser,‹hunter›", ".logon dbuser,‹hunter›;",
                "LOGON tdprod/dbuser,‹hunter›;\nBEGIN LOADING t;", "logon dbuser,‹Hunter2x›",
                "SESSIONS 4;\n  LOGON tdprod/dbuser,\"‹Hunter2x›\" ;", ".logon dbuser",
                "LOGON dbuser", "logon user,password", "LOGON tdprod/dbuser,$PW;",
                "LOGON tdprod/dbuser,<password>;", "Logon failures, errors", "logon a/b, c/d",
                "Logon type/id,hunter2x and others", "after logon a/b,Hunter2x",
                "last_logon a/b,Hunter2x"});
}

}  // namespace
}  // namespace studiosync
