#include "core/sanitizer/text/header.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "tests/core/sanitizer/text/marked_text.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

void expect_marks(std::initializer_list<std::string_view> texts) {
  for (const std::string_view marked : texts) {
    EXPECT_EQ(found_in(header_anchors(), without_marks(marked)), marked);
    const std::string redacted = redacted_marks(marked);
    EXPECT_EQ(found_in(header_anchors(), redacted), redacted);
  }
}

TEST(Header, FindsTheCredentialsOfAuthorization) {
  expect_marks(
      {"Authorization: Bearer ‹q8Zk1Lm0Xy7Tn5RwJ3vB2c›", "authorization: bearer ‹mysecrettoken›",
       "Authorization: Basic ‹YXBwOldxNy1oVDJw›", "Proxy-Authorization: Basic ‹YXBwOldxNy1oVDJw›",
       "Authorization: Token ‹q8Zk1Lm0Xy7Tn5Rw›", "Authorization: token ‹q8Zk1Lm0Xy7Tn5Rw›",
       "Authorization: ApiKey ‹q8Zk1Lm0Xy7Tn5Rw›", "Authorization: ‹q8Zk1Lm0Xy7Tn5Rw›",
       "curl -H 'Authorization: Bearer ‹q8Zk1Lm0Xy7Tn5Rw›' https://x",
       "curl -H \"Authorization: Bearer ‹q8Zk1Lm0Xy7Tn5Rw›\" https://x",
       "{\"Authorization\": \"Bearer ‹q8Zk1Lm0Xy7Tn5Rw›\", \"Accept\": \"*/*\"}",
       R"({\"Authorization\": \"Bearer ‹q8Zk1Lm0Xy7Tn5Rw›\"})",
       "headers['Authorization'] = 'Bearer ‹q8Zk1Lm0Xy7Tn5Rw›'",
       "xhr.setRequestHeader(\"Authorization\", \"Basic ‹YXBwOldxNy1oVDJw›\")",
       "Authorization=Bearer%20‹q8Zk1Lm0Xy7Tn5Rw›",
       "Authorization: Digest username=\"bob\", realm=\"x\", "
       "response=\"‹6629fae49393a05397450978507c4ef1›\"",
       "Authorization: AWS4-HMAC-SHA256 Credential=x/20130524/us-east-1/s3/aws4_request, "
       "SignedHeaders=host, Signature=‹fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc9›",
       "Authorization: AWS AKIDX:‹frJIUN8DYpKDtOLCwoyllqDzg=›"});
}

TEST(Header, FindsTokensWithoutTheHeadersName) {
  expect_marks({"sent Bearer ‹q8Zk1Lm0Xy7Tn5RwJ3vB2c› to the API",
                "sent Basic ‹YXBwOldxNy1oVDJw› to the API"});
}

TEST(Header, FindsSessionsInCookies) {
  expect_marks({"Cookie: theme=dark; PHPSESSID=‹q8zk1lm0xy7tn5rw›; lang=en",
                "Set-Cookie: sessionid=‹38afes7a8q8zk1›; Path=/; HttpOnly",
                "Cookie: JSESSIONID=‹5F3A9C1E8B7D6A42›",
                "\"Cookie\": \"connect.sid=‹s%3Aq8Zk1Lm0Xy7Tn5Rw.abc›; x=1\"",
                "curl -H 'Cookie: auth_token=‹q8Zk1Lm0Xy7Tn5Rw›' x",
                "document.cookie = \"session=‹q8Zk1Lm0Xy7Tn5Rw›\""});
}

TEST(Header, LeavesEverythingElseAlone) {
  expect_marks({"Authorization: Bearer <token>",
                "Authorization: Bearer ${TOKEN}",
                "Authorization: Bearer $TOKEN",
                "Authorization: Bearer {{token}}",
                "Authorization: Bearer {token}",
                "Authorization: Bearer [REDACTED]",
                "Authorization: Bearer ...",
                "Authorization: Bearer token",
                "Authorization: Bearer YOUR_TOKEN",
                "Authorization: Basic",
                "Authorization: required",
                "the authorization code grant",
                "CREATE SCHEMA AUTHORIZATION joe",
                "bearer of bad news",
                "Bearer authentication",
                "token_type: bearer",
                "basic knowledge of SQL",
                "Basic authentication",
                "Cookie: theme=dark; lang=en",
                "Set-Cookie: sessionid=; Path=/",
                "cookie policy: strict",
                "cookie=1",
                "Authorization:",
                "Authorization: ",
                "Cookie:",
                "\"Authorization\": \"\""});
}

TEST(DecodeBase64, DecodesWholeBytes) {
  EXPECT_EQ(decode_base64("YWJj"), "abc");
  EXPECT_EQ(decode_base64("YWI="), "ab");
  EXPECT_EQ(decode_base64("YQ"), "a");
  EXPECT_EQ(decode_base64("-_-_"), decode_base64("+/+/"));
  EXPECT_EQ(decode_base64("a b"), "");
  EXPECT_EQ(decode_base64(""), "");
}

}  // namespace
}  // namespace studiosync
