#include "server/auth/refresh_token.hpp"

#include <gtest/gtest.h>

#include "os/entropy.hpp"

namespace studiosync::server {
namespace {

const RefreshTokenMaker kMaker(std::string(32, 'k'), "");
constexpr const char* kSession = "01234567-89ab-4cde-8f01-23456789abcd";

TEST(RefreshToken, ReadsBackItsText) {
  const RefreshToken token = kMaker.make(kSession, 70'000);
  const auto parsed = parse_refresh_token(token.text());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->session_id, kSession);
  EXPECT_EQ(parsed->generation, 70'000U);
  EXPECT_EQ(parsed->secret, token.secret);
  EXPECT_EQ(token.secret.size() * 8, 256U);
}

TEST(RefreshToken, IsTheSameForTheSamePlaceAndAnotherForAnyOther) {
  const RefreshToken token = kMaker.make(kSession, 2);
  EXPECT_EQ(kMaker.make(kSession, 2).secret, token.secret);
  EXPECT_NE(kMaker.make(kSession, 3).secret, token.secret);
  EXPECT_NE(kMaker.make(os::random_uuid(), 2).secret, token.secret);
  EXPECT_NE(RefreshTokenMaker(std::string(32, 'l'), "").make(kSession, 2).secret, token.secret);
}

TEST(RefreshToken, IsKnownAsOursAlsoWithThePreviousKey) {
  RefreshToken token = kMaker.make(kSession, 2);
  EXPECT_TRUE(kMaker.ours(token));
  EXPECT_TRUE(RefreshTokenMaker("new", std::string(32, 'k')).ours(token));
  EXPECT_FALSE(RefreshTokenMaker("new", "").ours(token));
  token.generation = 3;
  EXPECT_FALSE(kMaker.ours(token));
}

TEST(RefreshToken, IsRemadeWithTheKeyThatMadeIt) {
  const RefreshToken token = kMaker.make(kSession, 2);
  const RefreshTokenMaker rotated("new", std::string(32, 'k'));
  ASSERT_TRUE(rotated.remake(kSession, 2, token.hash()));
  EXPECT_EQ(rotated.remake(kSession, 2, token.hash())->secret, token.secret);
  EXPECT_FALSE(RefreshTokenMaker("newer", "new").remake(kSession, 2, token.hash()));
}

TEST(RefreshToken, RefusesTextsThatAreNone) {
  const std::string text = kMaker.make(kSession, 1).text();
  for (const std::string& other : {std::string(), text + "A", text.substr(1), text + "=",
                                   std::string(1U << 20, 'A'), std::string(70, '!')}) {
    EXPECT_FALSE(parse_refresh_token(other)) << other.substr(0, 80);
  }
}

}  // namespace
}  // namespace studiosync::server
