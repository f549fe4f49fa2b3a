#include "core/sanitizer/value/keys.hpp"

#include <gtest/gtest.h>

#include "core/schema/registry.hpp"
#include "tests/core/sanitizer/key_cases.hpp"

namespace studiosync {
namespace {

TEST(NamesCredential, KnowsCredentialsInAnyCaseAndWithAnySeparator) {
  for (const std::string_view key : credential_keys()) EXPECT_TRUE(names_credential(key)) << key;
}

TEST(NamesCredential, LeavesOrdinaryKeysAlone) {
  for (const std::string_view key : harmless_keys()) EXPECT_FALSE(names_credential(key)) << key;
}

TEST(NamesCredential, SeesThroughWhatFollowsTheName) {
  for (const std::string_view key :
       {"privateKeyBase64", "api_key_id", "secret_value_1", "db_pass_old", "authorizationHeader"}) {
    EXPECT_TRUE(names_credential(key)) << key;
  }
}

TEST(NamesCredential, LeavesEveryFieldOfTheRegistryAlone) {
  for (const EntitySpec& spec : registry()) {
    for (const FieldSpec& field : spec.fields) {
      EXPECT_FALSE(names_credential(field.name)) << field.name;
      EXPECT_FALSE(names_credential(field.alias)) << field.alias;
    }
  }
}

TEST(NamesCredentialWithin, ReadsABareKeyTogetherWithItsParent) {
  EXPECT_TRUE(names_credential_within("ssh", "key"));
  EXPECT_TRUE(names_credential_within("sshTunnel", "Key"));
  EXPECT_TRUE(names_credential_within("TLS", "key"));
  EXPECT_FALSE(names_credential_within("shortcut", "key"));
  EXPECT_FALSE(names_credential_within("", "key"));
  EXPECT_FALSE(names_credential_within("ssh", "host"));
}

}  // namespace
}  // namespace studiosync
