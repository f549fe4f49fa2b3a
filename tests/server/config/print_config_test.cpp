#include "server/config/print_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "server/config/settings.hpp"
#include "server/config/yaml_source.hpp"

namespace studiosync::server {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PrintConfig, MasksSecrets) {
  Config config;
  config.auth.jwt_secret = "do-not-print-me-do-not-print-me-!";
  config.auth.password_pepper = config.auth.jwt_secret;
  const std::string yaml = config_yaml(config);
  EXPECT_THAT(yaml, HasSubstr("password_pepper: \"********\""));
  EXPECT_THAT(yaml, Not(HasSubstr("do-not-print")));
  EXPECT_THAT(yaml, HasSubstr("jwt_secret: \"********\""));
  EXPECT_THAT(yaml, HasSubstr("previous_jwt_secret: \"\""));
}

TEST(PrintConfig, WritesYamlThatReadsBack) {
  Config config;
  config.server.trusted_proxies = {"10.0.0.1", "10.0.0.2"};
  config.data.dir = R"(C:\data "one")";
  config.limits.bytes_per_user = Bytes{5 << 20};
  const auto assignments = read_yaml(config_yaml(config), "printed");
  ASSERT_TRUE(assignments) << assignments.error().message;
  Config again;
  for (const Assignment& a : *assignments) {
    ASSERT_TRUE(assign(*find_setting(a.path), again, a.text)) << a.path;
  }
  EXPECT_EQ(again, config);
}

TEST(PrintConfig, DocumentationIsWhatTheTableSays) {
  std::ifstream in(STUDIOSYNC_SOURCE "/docs/CONFIG.md", std::ios::binary);
  std::ostringstream page;
  page << in.rdbuf();
  EXPECT_EQ(page.str(), config_markdown());
}

}  // namespace
}  // namespace studiosync::server
