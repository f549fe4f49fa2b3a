#include "server/api/path_match.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

TEST(PathMatch, FitsTheSamePath) {
  EXPECT_TRUE(match_path("/health", "/health"));
  EXPECT_FALSE(match_path("/health", "/healthz"));
  EXPECT_FALSE(match_path("/health", "/"));
  EXPECT_FALSE(match_path("/health", ""));
}

TEST(PathMatch, TakesParametersOutOfThePath) {
  const auto parameters = match_path("/api/devices/{id}/keys/{key}", "/api/devices/d-1/keys/k:2");
  ASSERT_TRUE(parameters);
  EXPECT_EQ(*parameters, (Headers{{"id", "d-1"}, {"key", "k:2"}}));
}

TEST(PathMatch, WantsExactlyAsManySegments) {
  EXPECT_FALSE(match_path("/api/devices/{id}", "/api/devices"));
  EXPECT_FALSE(match_path("/api/devices/{id}", "/api/devices/d-1/keys"));
  EXPECT_FALSE(match_path("/api/devices", "/api/devices/"));
}

TEST(PathMatch, RefusesAnEmptyParameter) {
  EXPECT_FALSE(match_path("/api/devices/{id}", "/api/devices/"));
}

}  // namespace
}  // namespace studiosync::server
