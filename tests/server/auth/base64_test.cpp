#include "server/auth/base64.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

TEST(Base64, WritesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, UsesTheUrlAlphabetWithoutPaddingWhereAsked) {
  EXPECT_EQ(base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
}

TEST(Base64, ReadsBackWhatItWrote) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
    bytes += static_cast<char>(i);
  }
}

TEST(Base64, RefusesEverythingButTheOneTextOfAValue) {
  EXPECT_TRUE(from_base64url("Zg"));
  EXPECT_FALSE(from_base64url("Zg=="));  // padding
  EXPECT_FALSE(from_base64url("Zh"));    // unused bits set
  EXPECT_FALSE(from_base64url("Z"));     // impossible length
  EXPECT_FALSE(from_base64url("+/8"));   // the other alphabet
  EXPECT_FALSE(from_base64url("Zm9v\n"));
  EXPECT_FALSE(from_base64url("Zm9v "));
}

}  // namespace
}  // namespace studiosync::server
