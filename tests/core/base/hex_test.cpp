#include "core/base/hex.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

TEST(Hex, WritesLowerCaseAndReadsBoth) {
  const std::vector<std::uint8_t> bytes{0x00, 0x9F, 0xA0, 0xFF};
  EXPECT_EQ(to_hex(bytes), "009fa0ff");
  EXPECT_EQ(from_hex("009fa0ff"), bytes);
  EXPECT_EQ(from_hex("009FA0FF"), bytes);
  EXPECT_EQ(from_hex(""), std::vector<std::uint8_t>());
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
  for (const char* text : {"0", "abc", "0g", "0x", " 0", "/0", ":0", "@0", "`0"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
}

TEST(Hex64, HasSixteenDigitsThatOrderAsTheNumbersDo) {
  EXPECT_EQ(hex64(0), "0000000000000000");
  EXPECT_EQ(hex64(UINT64_MAX), "ffffffffffffffff");
  EXPECT_LT(hex64(9), hex64(16));
}

TEST(Hex64, ReadsBackAndRefusesOtherWidths) {
  EXPECT_EQ(parse_hex64("0123456789abcdef"), 0x0123456789ABCDEFU);
  EXPECT_EQ(parse_hex64(hex64(UINT64_MAX)), UINT64_MAX);
  for (const char* text : {"", "0", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeg"}) {
    EXPECT_FALSE(parse_hex64(text)) << text;
  }
}

}  // namespace
}  // namespace studiosync
