#include "core/sanitizer/value/secret_value.hpp"

#include <gtest/gtest.h>

#include <string>

namespace studiosync {
namespace {

TEST(IsSecret, TakesEveryTextThatTheGrammarClaims) {
  for (const std::string_view value : {"secret",
                                       "changeme",
                                       "change_me",
                                       "123",
                                       "password",
                                       "hunter2",
                                       "tiger",
                                       "true",
                                       "none",
                                       "x",
                                       "it's",
                                       "correct horse battery staple",
                                       "@dmin",
                                       "$ecret1",
                                       "Passw0rd!",
                                       "new_password",
                                       "[hunter2!]",
                                       "50%off%",
                                       "pa***ssword-that-is-long",
                                       "/slash",
                                       "example"}) {
    EXPECT_TRUE(is_secret(value, Claim::certain)) << value;
  }
}

TEST(IsSecret, TakesWeakPasswordsThatAreNamed) {
  for (const std::string_view value :
       {"Summer2024",
        "hunter2",
        "correct horse battery staple",
        "top secret",
        "tr0ub4dor&3",
        "letmein",
        "admin",
        "changeme",
        "postgres",
        "root",
        "secret",
        "my_password",
        "P@ssw0rd",
        "123456",
        "a/b+c==",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzz",
        "/k3Jf92+abcDEF/0123==",
        "p(a)ss",
        "пароль123",
        "$2b$12$KIXQ4S1t9vN5m8bLZ0uQxeT3cWqYhRj7fGdAaPpOoIiUuYyTtRrEe"}) {
    EXPECT_TRUE(is_secret(value, Claim::named)) << value;
  }
}

TEST(IsSecret, LeavesKeywordsAndReferencesUnderANameAlone) {
  for (const std::string_view value : {"true",
                                       "FALSE",
                                       "null",
                                       "None",
                                       "yes",
                                       "required",
                                       "optional",
                                       "",
                                       "  ",
                                       "string",
                                       "varchar(255)",
                                       "VARCHAR2(64)",
                                       "text",
                                       "password_hash",
                                       "user.password",
                                       "new_password",
                                       "newPassword",
                                       "os.environ[\"X\"]",
                                       "os.environ.get('DB_PASSWORD')",
                                       "process.env.PGPASSWORD",
                                       "getenv(\"PW\")",
                                       "$row['password']",
                                       "$this->password",
                                       "vault:secret/data/x",
                                       "file:/run/secrets/x",
                                       "/run/secrets/db_password",
                                       "/path/to/file",
                                       "@/path/to/file",
                                       "C:\\keys\\id_rsa",
                                       "~/.ssh/id_rsa",
                                       "env:DB_PASSWORD",
                                       "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x",
                                       "op://vault/item/password",
                                       "https://example.com/reset",
                                       "ENC[AES256_GCM,data:abc,iv:def]",
                                       "{cipher}abcdef0123456789",
                                       "Password must be at least 8 characters",
                                       "Please enter your password",
                                       "Password",
                                       "Secret key",
                                       "required|min:8"}) {
    EXPECT_FALSE(is_secret(value, Claim::named)) << value;
  }
}

TEST(IsSecret, NeedsRandomnessWhereTheNameOnlyHints) {
  for (const std::string_view value :
       {"abc123def456", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "Zx81kQpLm29Rt", "K7#mPq9$xL2!",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479", "dXNlcjpwYXNzd29yZDEyMw==", "tok-abc123-def456",
        "aBcDeFgHiJkLmNoPqRsTuVwX", "VJXCGDJrI7xQXndMUOsn", "zSvUTPrfv7xQwTghhxgd",
        "XVMGaCges7xQupAqmdsX"}) {
    EXPECT_TRUE(is_secret(value, Claim::hinted)) << value;
  }
  for (const std::string_view value : {"secret",
                                       "abc123",
                                       "order-created",
                                       "order-created-2024-01-15",
                                       "2024-01-15T10:00:00",
                                       "us-east-1-prod",
                                       "v1.2.3-beta.12",
                                       "application/json",
                                       "scram-sha-256",
                                       "SHA256withRSAEncryption",
                                       "OAuth2Authentication",
                                       "caching_sha2_password",
                                       "#ff00aa",
                                       "4312211",
                                       "1234567890123456",
                                       "some long english text with 12 words",
                                       "00000000-0000-0000-0000-000000000000",
                                       "invalid_token_error",
                                       "tokenExpiredException",
                                       "getUserByIdV2Handler",
                                       "customerAddress1Lines",
                                       "CURRENT_TIMESTAMP",
                                       "https://example.com/a1b2c3d4e5"}) {
    EXPECT_FALSE(is_secret(value, Claim::hinted)) << value;
  }
}

TEST(IsPlaceholder, KnowsWhatStandsInForACredential) {
  for (const std::string_view value : {"<password>",
                                       "<your-password>",
                                       "<PASSWORD>",
                                       "[password]",
                                       "{password}",
                                       "{0}",
                                       "${VAR}",
                                       "${DB_PASSWORD:?not set}",
                                       "${spring.x:}",
                                       "${{ secrets.DB }}",
                                       "$VAR",
                                       "$password",
                                       "$(cmd arg)",
                                       "%VAR%",
                                       "%s",
                                       "%(pw)s",
                                       "{{ x }}",
                                       "#{x}",
                                       ":pw",
                                       ":password",
                                       "@pw",
                                       "@Password",
                                       "?",
                                       "$1",
                                       ":1",
                                       "xxxx",
                                       "XXXX",
                                       "xxx-xxx",
                                       "****",
                                       "•••",
                                       "....",
                                       "…",
                                       "[REDACTED]",
                                       "REDACTED",
                                       "<redacted>",
                                       "***",
                                       "***REDACTED***",
                                       "changeme-example",
                                       "your_password_here",
                                       "your-api-key",
                                       "YOUR_API_KEY",
                                       "yourPassword",
                                       "yourpassword",
                                       "my-secret-here",
                                       "insert_password",
                                       "password_goes_here",
                                       "enter your password",
                                       "TO"
                                       "DO",
                                       "&lt;password&gt;",
                                       "AKIAIOSFODNN7EXAMPLE",
                                       "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                                       "ghp_...",
                                       "ab****yz",
                                       "{user}:{password}",
                                       "__PASSWORD__",
                                       "((db_password))",
                                       "&password",
                                       "$env:PGPASSWORD"}) {
    EXPECT_TRUE(is_placeholder(value)) << value;
  }
}

TEST(IsPlaceholder, IsNotTakenInByPasswordsThatLookAlike) {
  for (const std::string_view value : {"",
                                       "changeme",
                                       "change_me",
                                       "example",
                                       "@dmin123",
                                       "$ecret1",
                                       ":hunter2",
                                       "[a!b]",
                                       "x",
                                       "xx",
                                       "xXx_hunter_xXx",
                                       "${DB_PASSWORD:-hunter2}",
                                       "${db.password:s3cret}",
                                       "<b>!pw$</b>",
                                       "my_password",
                                       "yourhorse77",
                                       "pass",
                                       "?!?",
                                       "%s3cret%x",
                                       "{abc",
                                       "a.b.c",
                                       "00000000a",
                                       "123456"}) {
    EXPECT_FALSE(is_placeholder(value)) << value;
  }
}

TEST(IsPlaceholder, KnowsReferencesToStoresAndTheirDefaults) {
  for (const std::string_view value :
       {"${file:/etc/secrets:password}", "${env:DB_PASSWORD}", "${ssm:/prod/db}", "&{pw}", "@{pw}",
        "#{KeyPassword}#", "$P", "app/[REDACTED"}) {
    EXPECT_TRUE(is_placeholder(value)) << value;
  }
  for (const std::string_view value : {"${env:DB_PASSWORD:-hunter2}", "${DB_PASSWORD:hunter2}"}) {
    EXPECT_FALSE(is_placeholder(value)) << value;
  }
}

TEST(IsPlaceholder, KnowsTheProgramThatMakesUpAValue) {
  for (const std::string_view value :
       {"' + QUOTENAME(@pwd, '", " + Quotename(@Password, ", "' || p || '",
        "'' || quote_literal(p)", "\" + password + \"", "' & pw & '"}) {
    EXPECT_TRUE(is_placeholder(value)) << value;
  }
  for (const std::string_view value : {"+abc123+", "'hunter2'", "it's", "a+b", "' +", "'"}) {
    EXPECT_FALSE(is_placeholder(value)) << value;
  }
}

TEST(EntropyBits, MeasuresBitsAByte) {
  EXPECT_DOUBLE_EQ(entropy_bits(""), 0);
  EXPECT_DOUBLE_EQ(entropy_bits("aaaa"), 0);
  EXPECT_DOUBLE_EQ(entropy_bits("abab"), 1);
  EXPECT_DOUBLE_EQ(entropy_bits("abcd"), 2);
}

TEST(IsSecret, JudgesHugeAndBrokenValues) {
  const std::string huge(1U << 20, 'a');
  EXPECT_TRUE(is_secret(huge, Claim::named));
  EXPECT_FALSE(is_secret(huge, Claim::hinted));
  EXPECT_TRUE(is_secret(std::string_view("a\0b\xff", 4), Claim::certain));
  EXPECT_TRUE(is_secret("\xf0", Claim::certain));
}

}  // namespace
}  // namespace studiosync
