#include "core/conflicts/stamp.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

TEST(Stamp, KeepsMillisecondsAboveTheCounter) {
  const Stamp stamp = Stamp::at(WallTime{1000}, 7);
  EXPECT_EQ(stamp.wall(), WallTime{1000});
  EXPECT_EQ(stamp.bits, (1000U << 16) + 7);
}

TEST(Stamp, OfATimeBefore1970IsTheSmallest) {
  EXPECT_EQ(Stamp::at(WallTime{-1}), Stamp{});
}

TEST(Stamp, CarriesAFullCounterIntoTheMilliseconds) {
  EXPECT_EQ(Stamp::at(WallTime{1000}, 0xFFFF).next(), Stamp::at(WallTime{1001}, 0));
}

TEST(Stamp, TravelsAsSixteenHexDigits) {
  const Stamp stamp = Stamp::at(WallTime{1'700'000'000'000}, 3);
  EXPECT_EQ(to_string(stamp), "018bcfe568000003");
  EXPECT_EQ(parse_stamp("018bcfe568000003"), stamp);
}

TEST(Stamp, OrdersAsItsText) {
  const Stamp early = Stamp::at(WallTime{999}, 0xFFFF);
  const Stamp late = Stamp::at(WallTime{1000});
  EXPECT_LT(early, late);
  EXPECT_LT(to_string(early), to_string(late));
}

TEST(Stamp, IsNotReadFromAnythingElse) {
  for (const char* text : {"", "18bcfe568000003", "018bcfe5680000033", "018bcfe56800000g"}) {
    EXPECT_FALSE(parse_stamp(text)) << text;
  }
}

}  // namespace
}  // namespace studiosync
