#include "server/auth/mac.hpp"

#include <gtest/gtest.h>

#include "core/base/hex.hpp"

namespace studiosync::server {
namespace {

constexpr const char* kMessage = "what do ya want for nothing?";

TEST(Mac, AgreesWithTestCaseTwoOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", kMessage)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const std::string mac = hmac_sha384("Jefe", kMessage);
  EXPECT_EQ(to_hex({reinterpret_cast<const std::uint8_t*>(mac.data()), mac.size()}),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            "8e2240ca5e69e2c78b3239ecfab21649");
}

TEST(Mac, DerivesAnotherKeyForEachPurpose) {
  EXPECT_EQ(derive_key("secret", "a"), derive_key("secret", "a"));
  EXPECT_NE(derive_key("secret", "a"), derive_key("secret", "b"));
  EXPECT_NE(derive_key("secret", "a"), derive_key("other", "a"));
}

TEST(Mac, ComparesWholeTexts) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("abc", "abc"));
  EXPECT_FALSE(constant_time_equal("abc", "abd"));
  EXPECT_FALSE(constant_time_equal("abc", "ab"));
}

}  // namespace
}  // namespace studiosync::server
