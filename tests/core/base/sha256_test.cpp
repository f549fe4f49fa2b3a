#include "core/base/sha256.hpp"

#include <gtest/gtest.h>

#include "core/base/hex.hpp"

namespace studiosync {
namespace {

TEST(Sha256, GivesTheExamplesOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, ItsFirstHalfIsTheShortHash) {
  EXPECT_EQ(to_hex(hash128("abc")), "ba7816bf8f01cfea414140de5dae2223");
}

}  // namespace
}  // namespace studiosync
