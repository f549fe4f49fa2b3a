#include "server/config/check_config.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

Config production() {
  Config config;
  config.environment = "production";
  config.auth.jwt_secret = "3b1f8c5e7a9d2046b8e1c3f5a7092d4e";
  return config;
}

std::string refused_setting(const Config& config) {
  const auto checked = check_config(config);
  return checked ? "none" : checked.error().path;
}

TEST(CheckConfig, AcceptsTheDefaultsInDevelopment) {
  EXPECT_EQ(refused_setting({}), "none");
}

TEST(CheckConfig, AcceptsALongSecretInProduction) {
  EXPECT_EQ(refused_setting(production()), "none");
}

TEST(CheckConfig, RefusesAMissingOrShortSecretInProduction) {
  Config config = production();
  config.auth.jwt_secret.pop_back();
  EXPECT_EQ(refused_setting(config), "auth.jwt_secret");
  config.auth.jwt_secret.clear();
  EXPECT_EQ(refused_setting(config), "auth.jwt_secret");
}

// 31 bytes would end the server, which signs with no less (RFC 7518 section 3.2).
TEST(CheckConfig, RefusesAShortSecretEverywhere) {
  const std::string shortest(32, 's');
  const std::string short_one(31, 's');
  for (const char* environment : {"development", "test", "production"}) {
    Config config = production();
    config.environment = environment;
    config.auth.jwt_secret = short_one;
    EXPECT_EQ(refused_setting(config), "auth.jwt_secret");
    config.auth.jwt_secret = shortest;
    config.auth.previous_jwt_secret = short_one;
    EXPECT_EQ(refused_setting(config), "auth.previous_jwt_secret");
    config.auth.previous_jwt_secret = shortest;
    config.auth.password_pepper = "p";
    EXPECT_EQ(refused_setting(config), "auth.password_pepper");
    config.auth.password_pepper = shortest;
    EXPECT_EQ(refused_setting(config), "none");
  }
}

TEST(CheckConfig, AllowsAPublishedSecretOutsideProduction) {
  Config config;
  config.auth.jwt_secret = "dev-secret-change-in-production-0123456789";
  EXPECT_EQ(refused_setting(config), "none");
}

TEST(CheckConfig, RefusesAPublishedSecretInProductionHoweverLong) {
  Config config = production();
  config.auth.jwt_secret = "dev-secret-change-in-production-0123456789";
  EXPECT_EQ(refused_setting(config), "auth.jwt_secret");
}

TEST(CheckConfig, HoldsThePreviousSecretToTheSameRule) {
  Config config = production();
  config.auth.previous_jwt_secret = "short";
  EXPECT_EQ(refused_setting(config), "auth.previous_jwt_secret");
}

TEST(CheckConfig, HoldsThePasswordPepperToTheSameRuleWhereOneIsSet) {
  Config config = production();
  config.auth.password_pepper = "short";
  EXPECT_EQ(refused_setting(config), "auth.password_pepper");
  config.auth.password_pepper = "c0a4b1f8e5d7392046b8e1c3f5a7092d";
  EXPECT_EQ(refused_setting(config), "none");
}

TEST(CheckConfig, AllowsCheapPasswordHashesOutsideProductionOnly) {
  Config config = production();
  config.auth.bcrypt_cost = 4;
  EXPECT_EQ(refused_setting(config), "auth.bcrypt_cost");
  config.environment = "test";
  EXPECT_EQ(refused_setting(config), "none");
}

TEST(CheckConfig, WantsCertificateAndKeyTogether) {
  Config config;
  config.tls.cert_file = "cert.pem";
  EXPECT_EQ(refused_setting(config), "tls.key_file");
  config.tls.key_file = "key.pem";
  EXPECT_EQ(refused_setting(config), "none");
  config.tls.cert_file.clear();
  EXPECT_EQ(refused_setting(config), "tls.cert_file");
}

TEST(CheckConfig, RefusesEveryOriginAtOnce) {
  Config config;
  config.cors.origins = {"*"};
  EXPECT_EQ(refused_setting(config), "cors.origins");
}

TEST(CheckConfig, WantsRefreshTokensToOutliveAccessTokens) {
  Config config;
  config.auth.refresh_lifetime = config.auth.access_lifetime - Millis{1};
  EXPECT_EQ(refused_setting(config), "auth.refresh_lifetime");
}

}  // namespace
}  // namespace studiosync::server
