#include "server/config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string long_secret = "0123456789abcdef0123456789abcdef";

class LoadConfig : public testing::Test {
 protected:
  void yaml(const std::string& text) {
    sources_.yaml_file = folder_.file("syncd.yaml");
    std::ofstream(sources_.yaml_file) << text;
  }
  void flag(const std::string& text) { sources_.overrides.push_back(text); }

  Result<Config> load(Purpose purpose = Purpose::serving) {
    sources_.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      return found == environment_.end() ? std::nullopt : std::optional(found->second);
    };
    return load_config(sources_, purpose);
  }
  std::string error() {
    const auto loaded = load();
    return loaded ? "loaded" : loaded.error().message;
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_;
  ConfigSources sources_;
};

TEST_F(LoadConfig, HasTheDefaultsWhenNobodySaysOtherwise) {
  const auto config = load();
  ASSERT_TRUE(config);
  EXPECT_EQ(*config, Config{});
  EXPECT_EQ(config->server.port, 8080);
  EXPECT_EQ(config->limits.bytes_per_user, Bytes{1LL << 30});
}

// Whoever backs it up has not got the secrets of the service.
TEST_F(LoadConfig, WantsNoSecretsForWorkOnTheDataFolder) {
  yaml("environment: production\ndata:\n  dir: /srv/studiosync\n");
  EXPECT_THAT(error(), HasSubstr("auth.jwt_secret"));
  const auto config = load(Purpose::data_folder);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data.dir, "/srv/studiosync");
  flag("data.directory=/srv");
  EXPECT_FALSE(load(Purpose::data_folder));
}

TEST_F(LoadConfig, ReadsEveryKindOfValueFromYaml) {
  yaml(
      "environment: test\n"
      "server:\n  port: 0\n  trusted_proxies: [10.0.0.1, 10.0.0.2]\n"
      "auth:\n  access_lifetime: 15m\n  refresh_lifetime: 2d\n"
      "limits:\n  bytes_per_user: 64MiB\n"
      "log:\n");
  const auto config = load();
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->environment, "test");
  EXPECT_EQ(config->server.port, 0);
  EXPECT_THAT(config->server.trusted_proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_EQ(config->auth.access_lifetime, Millis{15 * 60'000});
  EXPECT_EQ(config->limits.bytes_per_user, Bytes{64 << 20});
}

TEST_F(LoadConfig, TakesAnEmptyFileForOneWithoutSettings) {
  for (const char* text : {"", "\n", "# nothing yet\n", "---\n"}) {
    yaml(text);
    const auto config = load();
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(*config, Config{});
  }
  for (const std::string& file : {folder_.path(), folder_.file("missing.yaml")}) {
    sources_.yaml_file = file;
    EXPECT_EQ(error(), "cannot read the configuration file " + file);
  }
}

TEST_F(LoadConfig, RefusesAListItemThatIsNoValue) {
  for (const char* item : {"{a: b}", "[a]", "~"}) {
    yaml("cors:\n  origins:\n    - https://a.example\n    - " + std::string(item) + "\n");
    EXPECT_EQ(error(), "cors.origins[1]: expected a value (" + sources_.yaml_file + ":4)") << item;
  }
}

TEST_F(LoadConfig, PutsFlagsAboveTheEnvironmentAboveYaml) {
  yaml("limits:\n  uploads_per_minute: 1\n  downloads_per_minute: 1\n  conflicts_per_minute: 1\n");
  environment_["STUDIOSYNC_LIMITS_UPLOADS_PER_MINUTE"] = "2";
  environment_["STUDIOSYNC_LIMITS_DOWNLOADS_PER_MINUTE"] = "2";
  flag("--limits.uploads_per_minute=3");
  const auto config = load();
  ASSERT_TRUE(config);
  EXPECT_EQ(config->limits.uploads_per_minute, 3);
  EXPECT_EQ(config->limits.downloads_per_minute, 2);
  EXPECT_EQ(config->limits.conflicts_per_minute, 1);
}

TEST_F(LoadConfig, KnowsTheDocumentedNamesOfOlderDeployments) {
  environment_["ENVIRONMENT"] = "production";
  environment_["JWT_SECRET"] = long_secret;
  const auto config = load();
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->production());
  EXPECT_EQ(config->auth.jwt_secret, long_secret);
}

TEST_F(LoadConfig, PrefersOurNameOfAVariableToTheOlderOne) {
  environment_["ENVIRONMENT"] = "production";
  environment_["STUDIOSYNC_ENVIRONMENT"] = "test";
  EXPECT_EQ(load()->environment, "test");
}

TEST_F(LoadConfig, ReadsListsFromTheEnvironment) {
  environment_["STUDIOSYNC_CORS_ORIGINS"] = "https://a.example, https://b.example";
  EXPECT_THAT(load()->cors.origins, ElementsAre("https://a.example", "https://b.example"));
}

TEST_F(LoadConfig, NamesTheSettingAndTheLineOfABadValue) {
  yaml("server:\n  host: 0.0.0.0\n  port: eighty\n");
  EXPECT_THAT(error(), HasSubstr("server.port: expected number up to 65535, got 'eighty'"));
  EXPECT_THAT(error(), HasSubstr("syncd.yaml:3"));
}

TEST_F(LoadConfig, NamesTheVariableOrTheCommandLineOfABadValue) {
  environment_["STUDIOSYNC_SERVER_PORT"] = "65536";
  EXPECT_THAT(error(), HasSubstr("(STUDIOSYNC_SERVER_PORT)"));
  environment_.clear();
  flag("--server.port=-1");
  EXPECT_THAT(error(),
              HasSubstr("server.port: expected number up to 65535, got '-1' (command line)"));
}

TEST_F(LoadConfig, RefusesAnUnknownKeyAndSuggestsTheNearest) {
  yaml("limits:\n  upload_per_minute: 5\n");
  EXPECT_THAT(error(), HasSubstr("limits.upload_per_minute: unknown setting"));
  EXPECT_THAT(error(), HasSubstr("did you mean limits.uploads_per_minute?"));
  EXPECT_THAT(error(), HasSubstr("syncd.yaml:2"));
}

TEST_F(LoadConfig, RefusesAnUnknownFlagAndSuggestsTheNearest) {
  flag("--sever.port=1");
  EXPECT_THAT(error(),
              HasSubstr("sever.port: unknown setting; did you mean server.port? (command line)"));
}

TEST_F(LoadConfig, DoesNotGuessWhenNothingIsNear) {
  yaml("kubernetes: yes\n");
  EXPECT_THAT(error(), HasSubstr("unknown setting (")) << error();
}

TEST_F(LoadConfig, RefusesAFlagWithoutAValue) {
  flag("--server.port");
  EXPECT_THAT(error(), HasSubstr("expected --set server.port=VALUE"));
}

TEST_F(LoadConfig, RefusesAKeyGivenTwice) {
  yaml("server:\n  port: 1\n  port: 2\n");
  EXPECT_THAT(error(), HasSubstr("server.port: given twice"));
  EXPECT_THAT(error(), HasSubstr("syncd.yaml:3"));
}

TEST_F(LoadConfig, RefusesAValueWhereASectionBelongs) {
  yaml("server: 8080\n");
  EXPECT_THAT(error(), HasSubstr("server: expected a section"));
}

TEST_F(LoadConfig, RefusesASectionWhereAValueBelongs) {
  yaml("server:\n  port:\n    number: 1\n");
  EXPECT_THAT(error(), HasSubstr("server.port: expected a value"));
}

TEST_F(LoadConfig, NamesTheLineOfMalformedYaml) {
  yaml("server:\n  port: [1\nlog: {\n");
  EXPECT_THAT(error(), HasSubstr("syncd.yaml:"));
}

TEST_F(LoadConfig, NamesAFileThatCannotBeRead) {
  sources_.yaml_file = folder_.file("absent.yaml");
  EXPECT_THAT(error(), HasSubstr("absent.yaml"));
}

}  // namespace
}  // namespace studiosync::server
