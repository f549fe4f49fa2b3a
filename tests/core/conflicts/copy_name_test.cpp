#include "core/conflicts/copy_name.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

constexpr std::size_t plenty = 200;

TEST(CopyName, TellsWhoseCopyItIs) {
  EXPECT_EQ(copy_name("Orders", "laptop", plenty), "Orders (conflicted copy - laptop)");
}

TEST(CopyName, NumbersACopyOfACopy) {
  const std::string first = copy_name("Orders", "laptop", plenty);
  const std::string second = copy_name(first, "laptop", plenty);
  EXPECT_EQ(second, "Orders (conflicted copy - laptop 2)");
  EXPECT_EQ(copy_name(second, "laptop", plenty), "Orders (conflicted copy - laptop 3)");
}

TEST(CopyName, ReplacesTheNameOfAnotherDevice) {
  EXPECT_EQ(copy_name("Orders (conflicted copy - laptop)", "phone", plenty),
            "Orders (conflicted copy - phone)");
  EXPECT_EQ(copy_name("Orders (conflicted copy - laptop 2)", "lap", plenty),
            "Orders (conflicted copy - lap)");
  EXPECT_EQ(copy_name("Orders (conflicted copy - laptop x)", "laptop", plenty),
            "Orders (conflicted copy - laptop)");
}

TEST(CopyName, LeavesOrdinaryBracketsAlone) {
  EXPECT_EQ(copy_name("Orders (2024)", "laptop", plenty),
            "Orders (2024) (conflicted copy - laptop)");
  EXPECT_EQ(copy_name("f(conflicted copy - x)", "laptop", plenty),
            "f(conflicted copy - x) (conflicted copy - laptop)");
  EXPECT_EQ(copy_name("Orders (conflicted copy - x) old", "laptop", plenty),
            "Orders (conflicted copy - x) old (conflicted copy - laptop)");
}

TEST(CopyName, NamesWhatHadNoName) {
  const std::string first = copy_name("", "laptop", plenty);
  EXPECT_EQ(first, "(conflicted copy - laptop)");
  EXPECT_EQ(copy_name(first, "laptop", plenty), "(conflicted copy - laptop 2)");
}

TEST(CopyName, SpeaksOfAnUnnamedDevice) {
  EXPECT_EQ(copy_name("Orders", "", plenty), "Orders (conflicted copy - unnamed device)");
}

TEST(CopyName, CutsTheOriginalAndKeepsTheSuffix) {
  const std::string name = copy_name(std::string(300, 'x'), "laptop", 40);
  EXPECT_EQ(name, std::string(13, 'x') + " (conflicted copy - laptop)");
  EXPECT_EQ(name.size(), 40U);
}

TEST(CopyName, CutsBetweenCharacters) {
  // Four bytes a character: of 13 bytes three whole ones are left.
  EXPECT_EQ(copy_name("🐘🐘🐘🐘🐘", "laptop", 40), "🐘🐘🐘 (conflicted copy - laptop)");
}

TEST(CopyName, FitsEvenWhenTheDeviceNameDoesNot) {
  for (std::size_t bytes_max = 0; bytes_max < 60; ++bytes_max) {
    EXPECT_LE(copy_name("Orders", "Büro-Rechner", bytes_max).size(), bytes_max);
  }
}

}  // namespace
}  // namespace studiosync
