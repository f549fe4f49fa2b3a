#include "server/api/cors.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

std::string allowed_origin(const Cors& cors, std::string_view origin) {
  HttpResponse response;
  cors.decorate(origin, response);
  for (const auto& [name, value] : response.headers) {
    if (name == "Access-Control-Allow-Origin") return value;
  }
  return "none";
}

const Cors production({"https://app.example"}, false);
const Cors development({}, true);

TEST(Cors, AllowsExactOriginsOnly) {
  EXPECT_TRUE(production.allows("https://app.example"));
  for (const char* origin :
       {"http://app.example", "https://app.example:8443", "https://app.example.evil.example",
        "https://evil.example", "https://APP.example", "null", "http://localhost:5173"}) {
    EXPECT_FALSE(production.allows(origin)) << origin;
  }
}

TEST(Cors, AllowsEveryLocalhostInDevelopment) {
  for (const char* origin : {"http://localhost", "http://localhost:5173", "https://localhost:1",
                             "http://127.0.0.1:8080", "http://[::1]:3000"}) {
    EXPECT_TRUE(development.allows(origin)) << origin;
  }
  for (const char* origin :
       {"http://localhost.evil.example", "http://localhost:", "http://127.0.0.11",
        "http://localhost:80@evil.example", "ftp://localhost"}) {
    EXPECT_FALSE(development.allows(origin)) << origin;
  }
}

TEST(Cors, HasNothingAgainstClientsThatAreNoBrowsers) {
  EXPECT_TRUE(production.allows(""));
}

TEST(Cors, NamesTheOriginThatMayReadTheAnswer) {
  EXPECT_EQ(allowed_origin(production, "https://app.example"), "https://app.example");
  EXPECT_EQ(allowed_origin(production, "https://evil.example"), "none");
  EXPECT_EQ(allowed_origin(production, ""), "none");
}

TEST(Cors, KeepsCachesFromMixingOrigins) {
  HttpResponse response;
  production.decorate("https://evil.example", response);
  EXPECT_EQ(response.headers, (Headers{{"Vary", "Origin"}}));
}

TEST(Cors, AnswersAPreflightWithPermissionsForAllowedOriginsOnly) {
  const HttpResponse allowed = production.preflight("https://app.example");
  EXPECT_EQ(allowed.status, 200);
  EXPECT_EQ(allowed.headers.size(), 3U);
  const HttpResponse refused = production.preflight("https://evil.example");
  EXPECT_EQ(refused.status, 200);
  EXPECT_TRUE(refused.headers.empty());
}

}  // namespace
}  // namespace studiosync::server
