#include "server/auth/token.hpp"

#include <gtest/gtest.h>

#include "core/base/json.hpp"
#include "server/auth/base64.hpp"

namespace studiosync::server {
namespace {

constexpr WallTime kNow{1'800'000'000'000};
const SigningKey kKey{"k2", std::string(32, 'a')};
const SigningKey kOldKey{"k1", std::string(32, 'b')};

AccessClaims claims() {
  return {.account_id = "account",
          .session_id = "session",
          .token_id = "token",
          .issued = kNow,
          .expires = kNow + Millis{60'000}};
}

Json header() {
  return parse_json(R"({"alg":"HS256","typ":"at+jwt","kid":"k2"})").value();
}

Json payload() {
  return parse_json(R"({"iss":"studiosync","aud":"studiosync-api","sub":"account","sid":"session",
      "jti":"token","iat":1800000000,"nbf":1800000000,"exp":1800000060})")
      .value();
}

std::string signed_token(const Json& head, const Json& body,
                         const std::string& secret = kKey.secret) {
  const std::string input = base64url(head.dump()) + "." + base64url(body.dump());
  return input + "." + hs256_signature(secret, input);
}

ErrorCode refusal(const std::string& token, WallTime now = kNow) {
  const auto result = TokenSigner(kKey, kOldKey).verify(token, now);
  EXPECT_FALSE(result.has_value()) << token;
  return result ? ErrorCode::server_error : result.error().code;
}

TEST(TokenSigner, SignsTheExampleOfRfc7515AppendixA1) {
  const std::string key =
      from_base64url(
          "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
          .value();
  EXPECT_EQ(
      hs256_signature(key,
                      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNv"
                      "bS9pc19yb290Ijp0cnVlfQ"),
      "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST(TokenSigner, VerifiesWhatItSigned) {
  const TokenSigner signer(kKey);
  const auto verified = signer.verify(signer.sign(claims()), kNow);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->account_id, "account");
  EXPECT_EQ(verified->session_id, "session");
  EXPECT_EQ(verified->token_id, "token");
  EXPECT_EQ(verified->issued, claims().issued);
  EXPECT_EQ(verified->expires, claims().expires);
}

TEST(TokenSigner, AcceptsATokenMadeByHandWithTheSameContents) {
  // The refusals below each change one thing of this one.
  EXPECT_TRUE(TokenSigner(kKey).verify(signed_token(header(), payload()), kNow));
}

TEST(TokenSigner, RefusesOtherAlgorithmsEvenIfTheSignatureFits) {
  for (const char* algorithm : {"none", "None", "HS384", "RS256", "hs256", ""}) {
    EXPECT_EQ(refusal(signed_token(header().set("alg", algorithm), payload())),
              ErrorCode::unauthorized)
        << algorithm;
  }
}

TEST(TokenSigner, RefusesATokenWithoutSignature) {
  const std::string unsigned_token =
      base64url(header().set("alg", "none").dump()) + "." + base64url(payload().dump()) + ".";
  EXPECT_EQ(refusal(unsigned_token), ErrorCode::unauthorized);
}

TEST(TokenSigner, RefusesOtherKindsOfToken) {
  for (const char* type : {"JWT", "refresh+jwt", "AT+JWT", ""}) {
    EXPECT_EQ(refusal(signed_token(header().set("typ", type), payload())), ErrorCode::unauthorized);
  }
}

TEST(TokenSigner, RefusesEveryFurtherHeader) {
  for (const char* name : {"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"}) {
    EXPECT_EQ(refusal(signed_token(header().set(name, "x"), payload())), ErrorCode::unauthorized);
  }
}

TEST(TokenSigner, RefusesAMissingHeader) {
  for (const char* name : {"alg", "typ", "kid"}) {
    Json head = header();
    head.erase(name);
    EXPECT_EQ(refusal(signed_token(head, payload())), ErrorCode::unauthorized) << name;
  }
}

TEST(TokenSigner, RefusesAnUnknownKey) {
  EXPECT_EQ(refusal(signed_token(header().set("kid", "k3"), payload())), ErrorCode::unauthorized);
  EXPECT_EQ(refusal(signed_token(header(), payload(), std::string(32, 'x'))),
            ErrorCode::unauthorized);
}

TEST(TokenSigner, AcceptsThePreviousKeyUnderItsOwnNameOnly) {
  const Json old_header = header().set("kid", "k1");
  const TokenSigner signer(kKey, kOldKey);
  EXPECT_TRUE(signer.verify(signed_token(old_header, payload(), kOldKey.secret), kNow));
  EXPECT_EQ(refusal(signed_token(header(), payload(), kOldKey.secret)), ErrorCode::unauthorized);
  EXPECT_FALSE(TokenSigner(kKey).verify(signed_token(old_header, payload(), kOldKey.secret), kNow));
}

TEST(TokenSigner, RefusesWrongOrMissingClaims) {
  for (const char* name : {"iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"}) {
    Json missing = payload();
    missing.erase(name);
    EXPECT_EQ(refusal(signed_token(header(), missing)), ErrorCode::unauthorized) << name;
    Json wrong_kind = payload().set(name, Json::array());
    EXPECT_EQ(refusal(signed_token(header(), wrong_kind)), ErrorCode::unauthorized) << name;
  }
  EXPECT_EQ(refusal(signed_token(header(), payload().set("iss", "other"))),
            ErrorCode::unauthorized);
  EXPECT_EQ(refusal(signed_token(header(), payload().set("aud", "other"))),
            ErrorCode::unauthorized);
}

TEST(TokenSigner, TellsAnExpiredTokenFromAWrongOne) {
  const std::string token = TokenSigner(kKey).sign(claims());
  EXPECT_TRUE(TokenSigner(kKey).verify(token, kNow + Millis{59'999}));
  EXPECT_EQ(refusal(token, kNow + Millis{60'000}), ErrorCode::token_expired);
  EXPECT_EQ(refusal(token + "x", kNow + Millis{60'000}), ErrorCode::unauthorized);
}

TEST(TokenSigner, RefusesATokenOfTheFutureBeyondTheLeeway) {
  const Json later = payload().set("nbf", 1800000061).set("exp", 1800009999);
  EXPECT_EQ(refusal(signed_token(header(), later)), ErrorCode::unauthorized);
  EXPECT_TRUE(TokenSigner(kKey).verify(signed_token(header(), later), kNow + Millis{1000}));
}

TEST(TokenSigner, RefusesDatesThatWouldOverflow) {
  for (const std::int64_t exp : {std::int64_t{-1}, std::int64_t{253'402'300'800}, INT64_MAX}) {
    EXPECT_EQ(refusal(signed_token(header(), payload().set("exp", exp))), ErrorCode::unauthorized);
  }
}

TEST(TokenSigner, NoticesEveryChangedCharacter) {
  const std::string token = TokenSigner(kKey).sign(claims());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal(changed), ErrorCode::unauthorized) << i;
  }
}

TEST(TokenSigner, RefusesMalformedTokens) {
  const std::string token = TokenSigner(kKey).sign(claims());
  const std::string input = base64url(header().dump()) + ".a.b";
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("..."), token + ".",
        "." + token, token.substr(0, token.rfind('.')), " " + token, token + "=",
        input + "." + hs256_signature(kKey.secret, input)}) {
    EXPECT_EQ(refusal(text), ErrorCode::unauthorized) << text;
  }
}

TEST(TokenSigner, RefusesAHugeTokenEvenIfItIsSigned) {
  const Json huge = payload().set("padding", std::string(4096, 'x'));
  EXPECT_EQ(refusal(signed_token(header(), huge)), ErrorCode::unauthorized);
  EXPECT_TRUE(TokenSigner(kKey).verify(
      signed_token(header(), payload().set("padding", std::string(100, 'x'))), kNow));
}

TEST(TokenSigner, RefusesAHeaderThatNamesAKeyTwice) {
  const std::string head = base64url(R"({"alg":"none","alg":"HS256","typ":"at+jwt","kid":"k2"})");
  const std::string input = head + "." + base64url(payload().dump());
  EXPECT_EQ(refusal(input + "." + hs256_signature(kKey.secret, input)), ErrorCode::unauthorized);
}

}  // namespace
}  // namespace studiosync::server
