#include "server/config/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace studiosync::server {
namespace {

using testing::HasSubstr;
using testing::Not;

const Setting& setting(std::string_view path) {
  return *find_setting(path);
}

std::string after(std::string_view path, std::string_view text) {
  Config config;
  const auto assigned = assign(setting(path), config, text);
  return assigned ? value_text(setting(path), config) : "refused";
}

TEST(Settings, EachHasAPathASlotAndAVariableOfItsOwn) {
  Config config;
  std::set<std::string_view> paths;
  std::set<std::string> variables;
  std::set<const void*> slots;
  for (const Setting& s : settings()) {
    paths.insert(s.path);
    variables.insert(env_name(s));
    slots.insert(std::visit([](auto* slot) -> const void* { return slot; }, s.slot(config)));
    EXPECT_FALSE(s.meaning.empty()) << s.path;
  }
  EXPECT_EQ(paths.size(), settings().size());
  EXPECT_EQ(variables.size(), settings().size());
  EXPECT_EQ(slots.size(), settings().size());
}

TEST(Settings, EachDefaultIsAValueThatIsAccepted) {
  for (const Setting& s : settings()) {
    Config config;
    EXPECT_TRUE(assign(s, config, value_text(s, config))) << s.path;
    EXPECT_EQ(config, Config{}) << s.path;
  }
}

TEST(Settings, NamesVariablesAfterThePath) {
  EXPECT_EQ(env_name(setting("limits.uploads_per_minute")), "STUDIOSYNC_LIMITS_UPLOADS_PER_MINUTE");
}

TEST(Settings, ReadsDurationsInTheirUnits) {
  EXPECT_EQ(after("auth.access_lifetime", "90s"), "90s");
  EXPECT_EQ(after("auth.access_lifetime", "120m"), "2h");
  EXPECT_EQ(after("auth.access_lifetime", " 1500ms "), "1500ms");
  EXPECT_EQ(after("auth.access_lifetime", "90"), "refused");
  EXPECT_EQ(after("auth.access_lifetime", "9999999999999999d"), "refused");
}

TEST(Settings, ReadsBytesInTheirUnits) {
  EXPECT_EQ(after("limits.bytes_per_user", "1048577"), "1048577");
  EXPECT_EQ(after("limits.bytes_per_user", "2048MiB"), "2GiB");
  EXPECT_EQ(after("limits.bytes_per_user", "2GB"), "refused");
  EXPECT_EQ(after("limits.bytes_per_user", "0"), "refused");
}

TEST(Settings, HoldsNumbersToTheirRange) {
  EXPECT_EQ(after("auth.bcrypt_cost", "4"), "4");
  EXPECT_EQ(after("auth.bcrypt_cost", "3"), "refused");
  EXPECT_EQ(after("auth.bcrypt_cost", "16"), "refused");
  EXPECT_EQ(after("auth.bcrypt_cost", "12.0"), "refused");
  EXPECT_EQ(after("auth.bcrypt_cost", ""), "refused");
}

TEST(Settings, HoldsChoicesToTheirList) {
  EXPECT_EQ(after("log.level", "debug"), "debug");
  EXPECT_EQ(after("log.level", "loud"), "refused");
}

TEST(Settings, NeverRepeatsASecretInAnError) {
  Setting secret_number = setting("auth.bcrypt_cost");
  secret_number.secret = true;
  Config config;
  const auto assigned = assign(secret_number, config, "hunter2");
  ASSERT_FALSE(assigned);
  EXPECT_THAT(assigned.error().message, HasSubstr("expected number"));
  EXPECT_THAT(assigned.error().message, Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace studiosync::server
