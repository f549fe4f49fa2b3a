#include "core/sanitizer/text/uri.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/sanitizer/text/encoded_uri.hpp"
#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

void expect_marks(std::string_view marked) {
  EXPECT_EQ(found_in(uri_anchors(), without_marks(marked)), marked);
  const std::string redacted = redacted_marks(marked);
  EXPECT_EQ(found_in(uri_anchors(), redacted), redacted);
}

TEST(Uri, FindsThePasswordOfEveryScheme) {
  for (const std::string_view marked :
       {"postgres://app:‹hunter2›@db.internal:5432/orders"sv,
        "postgresql+psycopg2://app:‹s3cret›@localhost/db"sv,
        "mongodb+srv://root:‹tiger›@cluster0.ab1cd.mongodb.net/test?retryWrites=true"sv,
        "mongodb://u:‹p1›@h1:27017,h2:27017,h3:27017/db?replicaSet=rs0"sv,
        "jdbc:mysql://root:‹root›@localhost:3306/shop"sv,
        "redis://:‹f00bar›@cache:6379/0"sv,
        "rediss://default:‹f00bar›@cache.example.org:6379"sv,
        "amqp://guest:‹guest›@rabbit:5672/%2f"sv,
        "ftp://bob:‹letmein›@files"sv,
        "https://bob:‹letmein›@git.corp/repo.git"sv,
        "ssh://git:‹pw1›@host:22/x"sv,
        "smtp://mailer:‹pw1›@mail:587"sv,
        "ldap://cn=admin:‹pw1›@ldap:389"sv,
        "nats://n:‹pw1›@nats:4222"sv,
        "mssql://sa:‹Str0ng!Pass›@10.0.0.5:1433/master"sv,
        "sqlserver://sa:‹x›@h?database=master"sv,
        "snowflake://bob:‹pw1›@xy12345.eu-west-1/DB/PUBLIC?warehouse=WH"sv,
        "clickhouse://default:‹pw1›@ch:9000/default"sv,
        "clickhouse+native://default:‹pw1›@ch/default"sv,
        "postgres://postgres:‹postgres›@localhost:5432/postgres"sv,
        "oracle+cx_oracle://scott:‹tiger›@orcl"sv,
        "bolt://neo4j:‹neo›@graph:7687"sv,
        "POSTGRES://U:‹P›@H"sv,
        "postgres://user:‹hunter2›@localhost/db"sv,
        "postgres://user:‹password›@db.prod.internal/db"sv,
        "http://u:‹pw1›@[::1]:80/"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, TakesThePasswordToItsEnd) {
  for (const std::string_view marked : {"postgres://u:‹p@ss›@h/db"sv,
                                        "postgres://u:‹p@ss/w@rd›@db.example.org:5432/db"sv,
                                        "postgres://u:‹p:w:d›@h/db"sv,
                                        "postgres://u:‹p/w›@h/db"sv,
                                        "postgres://u:‹p#w›@h/db"sv,
                                        "postgres://u:‹p?w›@h/db"sv,
                                        "postgres://u:‹100%›@h/db"sv,
                                        "postgres://u:‹p%40s%2Fs›@h/db"sv,
                                        "postgres://u:‹p&w=;x,y›@h/db"sv,
                                        "postgres://u:‹it's›@h/db"sv,
                                        "https://u:‹p/w›@host/x"sv,
                                        "'postgres://u:‹pw1›@h/db'"sv,
                                        "\"postgres://u:‹pw1›@h/db\""sv,
                                        "\"postgres://u:‹my pass word›@h/db\""sv,
                                        "(postgres://u:‹pw1›@h/db)"sv,
                                        "[db](postgres://u:‹pw1›@h/db), mail bob@x.com"sv,
                                        "<url>postgres://u:‹pw1›@h</url>"sv,
                                        "https://u:‹pw1›@registry.npmjs.org/@scope/pkg@1.2"sv,
                                        "https://u:‹pw1›@host/path?email=bob@example.com"sv,
                                        "postgres://u:‹pw1›@h/db?options=a@b"sv,
                                        "{\"url\":\"postgres:\\/\\/u:‹pw1›@h\\/db\"}"sv,
                                        "postgres://a:‹p1›@h1/x,postgres://b:‹p2›@h2/y"sv,
                                        "DB1=mysql://a:‹p1›@h1/x DB2=mysql://b:‹p2›@h2/y"sv,
                                        "mysql://a:‹пароль›@h"sv,
                                        "mysql://a:‹€uro›@хост"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, FindsTokensInThePlaceOfTheUser) {
  for (const std::string_view marked :
       {"https://‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›@github.com/org/repo.git"sv,
        "https://‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›:x-oauth-basic@github.com/org/repo.git"sv,
        "https://‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›:@api.pay.example/v1"sv,
        "https://x-token-auth:‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›@bitbucket.org/o/r"sv,
        "https://oauth2:‹q8Zk1Lm0Xy›@gitlab.com/o/r.git"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, FindsAddressesWithAPasswordInBase64) {
  for (const std::string_view marked :
       {"data:\n  DATABASE_URL: ‹cG9zdGdyZXM6Ly9hcHA6cTdSdDl4V3YyTHBaQGRiOjU0MzIveA==›\n"sv,
        "DSN=‹bXlzcWw6Ly9yb290OmxldG1laW5AaC9k›"sv, "x: cG9zdGdyZXM6Ly9kYjo1NDMyL29yZGVycw=="sv,
        "x: aHR0cHM6Ly9leGFtcGxlLm9yZy9hL2IvYy9kL2U="sv,
        "x: cG9zdGdyZXM6Ly9hcHA6PHBhc3N3b3JkPkBkYjo1NDMyL3g="sv}) {
    EXPECT_EQ(found_in(encoded_uri_anchors(), without_marks(marked)), marked);
  }
}

TEST(Uri, FindsTheKeyOfADatabaseFile) {
  for (const std::string_view marked :
       {"file:x.db?cipher=aes256cbc&key=‹hunter2x›"sv, "open file:x.db?hexkey=‹68756e746572›&a=b"sv,
        "sqlite:///file:x.db?key=‹hunter2x›&uri=true"sv, "https://h/x?cipher=a&key=theme"sv,
        "file:x.db?key=$KEY"sv, "file:x.db?mode=ro&monkey=a"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, FindsEncodedUris) {
  for (const std::string_view marked : {R"({"dsn":"postgres:\u002f\u002fu:‹pw1›@h\u002Fdb"})"sv,
                                        "next=postgres%3A%2F%2Fu%3A‹pw1›%40h%2Fdb&x=1"sv,
                                        "next=postgres%3a%2f%2fu%3a‹p%2540s›%40h%2fdb"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, FindsKeysAndSignaturesInTheQuery) {
  for (const std::string_view marked :
       {"https://a.blob.core.windows.net/c?sv=2022-11-02&sr=b&sig="
        "‹Jq3%2Bv8Zk1Lm0Xy7Tn5RwJ3vB2c%3D›"sv,
        "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature="
        "‹9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08›"sv,
        "https://b/k?AWSAccessKeyId=x&Expires=1&Signature=‹vjbyPxybdZaNmGa%2ByT272YEAiv4%3D›&v=1"sv,
        "https://b/k?X-Amz-Security-Token=‹IQoJb3JpZ2luX2VjEJr2x9q8Zk1Lm›"sv,
        "https://maps/api?key=‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›&v=3"sv,
        "/cb?access_token=‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›#top"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, FindsOracleLogins) {
  for (const std::string_view marked :
       {"jdbc:oracle:thin:scott/‹tiger›@//db:1521/orcl"sv,
        "jdbc:oracle:thin:scott/‹tiger›@db:1521:orcl"sv, "jdbc:oracle:oci:scott/‹tiger›@orcl"sv,
        "scott/‹tiger›@//db:1521/orcl"sv, "scott/‹t@ger›@//db:1521/orcl"sv,
        "scott/\"‹t@ger›\"@//db:1521/orcl"sv,
        "sys/‹tiger›@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)))"sv}) {
    expect_marks(marked);
  }
}

TEST(Uri, LeavesEverythingElseAlone) {
  for (const std::string_view text :
       {"http://localhost:8080/@user",
        "https://medium.com/@bob/title-1a2b3c",
        "http://host/path?to=a@b",
        "http://host:80?to=a:b@c",
        "https://www.google.com/maps/@52.1,13.2,15z",
        "npm install @scope/pkg@1.2",
        "mail bob@example.com or mailto:bob@example.com",
        "http://[::1]:80/",
        "http://[::1]:80/@x",
        "image: docker://repo/name:tag@sha256:abc",
        "docker://nginx:1.25@sha256:9f86d081884c7d65",
        "git@github.com:org/repo.git",
        "ssh://git@github.com/org/repo.git",
        "https://bob@host/repo.git",
        "postgres://user@host/db",
        "postgres://user:[REDACTED]@host/db",
        "postgres://user:${PW}@host/db",
        "postgres://user:$PW@host/db",
        "postgres://user:<password>@host/db",
        "postgres://user:%s@host/db",
        "postgres://user:{{ pw }}@host/db",
        "postgres://user:****@host/db",
        "postgres://user:password@localhost/db",
        "postgres://username:password@host:5432/db",
        "postgres://USER:PASSWORD@HOST:PORT/DB",
        "http://user:pass@example.com/",
        "https://username:password@pypi.corp/simple",
        "redis://[[USERNAME:]PASSWORD@]HOST[:PORT]",
        "http://host:{port}/@x",
        "http://localhost:PORT/@user",
        "postgres://user:@host/db",
        "ftp://anonymous:guest@ftp.example.org/",
        "jdbc:oracle:thin:@//db:1521/orcl",
        "jdbc:oracle:thin:/@alias",
        "SELECT 'a' || '://' || b",
        "://:@",
        "https://x.com/?key=created_at&sort=asc",
        "https://x.com/?token=invalid",
        "https://x.com/?page_token=2",
        "see https://docs.example.com:443/a/b@c and https://example.org"}) {
    EXPECT_EQ(found_in(uri_anchors(), text), text);
  }
}

TEST(Uri, ReadsBrokenTextToItsEnd) {
  for (const std::string& text :
       {std::string("://"), std::string("a://"), std::string("a://b:"), std::string("oracle:thin:"),
        std::string("x?sig="), std::string("%3a%2f%2f"), std::string("a://\xff:\xfe@\xfd"),
        std::string("a://b\0:c@d", 10), std::string(5000, '@') + "//"}) {
    EXPECT_LE(hits_in(uri_anchors(), text, TextKind::prose).size(), 1U);
  }
}

}  // namespace
}  // namespace studiosync
