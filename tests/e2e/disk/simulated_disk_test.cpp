// What a crash leaves of files and names, and what it must not touch.
#include "e2e/disk/simulated_disk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace studiosync::e2e {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint8_t> bytes_of(const DiskFile& file) {
  std::vector<std::uint8_t> bytes(file.size());
  file.read(0, bytes);
  return bytes;
}

class SimulatedDiskTest : public testing::Test {
 protected:
  DiskFile& file() { return disk_.file(disk_.open_or_create("a")); }
  void fill(std::uint64_t offset, std::size_t count, std::uint8_t value) {
    file().write(offset, std::vector<std::uint8_t>(count, value));
  }
  void flush() {
    file().sync();
    disk_.sync_names();
  }
  std::vector<std::uint8_t> after(CrashMode mode, std::uint64_t seed = 1) {
    Random random(seed);
    const SimulatedDisk found = disk_.after_crash(mode, random);
    const auto number = found.find("a");
    return number ? bytes_of(found.file(*number)) : std::vector<std::uint8_t>{};
  }

  SimulatedDisk disk_;
};

TEST_F(SimulatedDiskTest, ReadsWhatWasWrittenAcrossPagesAndZerosInGaps) {
  fill(4'090, 12, 7);
  std::vector<std::uint8_t> out(20, 9);
  EXPECT_EQ(file().read(4'085, out), 17U);
  EXPECT_THAT(std::span(out).first(5), Each(0));
  EXPECT_THAT(std::span(out).subspan(5, 12), Each(7));
  EXPECT_THAT(std::span(out).subspan(17), Each(0)) << "beyond the end";
}

TEST_F(SimulatedDiskTest, ReadsZerosWhereATruncatedFileGrowsAgain) {
  fill(0, 100, 7);
  file().truncate(10);
  fill(50, 1, 8);
  const auto found = bytes_of(file());
  EXPECT_THAT(std::span(found).subspan(10, 40), Each(0));
}

TEST_F(SimulatedDiskTest, IsAsSafeAsBeforeUntilSomethingIsFlushed) {
  fill(0, 10, 1);
  flush();
  const SimulatedDisk before = disk_;
  fill(0, 10, 2);
  disk_.remove("a");
  disk_.open_or_create("b");
  EXPECT_TRUE(disk_.as_safe_as(before));
  disk_.sync_names();
  EXPECT_FALSE(disk_.as_safe_as(before));
}

TEST_F(SimulatedDiskTest, IsSaferAfterAFlushOfBytes) {
  fill(0, 10, 1);
  flush();
  const SimulatedDisk before = disk_;
  file().sync();
  EXPECT_TRUE(disk_.as_safe_as(before)) << "there was nothing to flush";
  fill(0, 10, 2);
  file().sync();
  EXPECT_FALSE(disk_.as_safe_as(before));
}

TEST_F(SimulatedDiskTest, ACopyIsTheDiskOfItsMoment) {
  fill(0, 5'000, 1);
  flush();
  const SimulatedDisk before = disk_;
  fill(0, 5'000, 2);
  flush();
  EXPECT_THAT(bytes_of(before.file(*before.find("a"))), Each(1));
  EXPECT_THAT(bytes_of(file()), Each(2));
}

TEST_F(SimulatedDiskTest, DropsWhatWasNotFlushedAndKeepsItWhenOnlyTheProcessDied) {
  fill(0, 10, 1);
  flush();
  fill(0, 4, 2);
  file().truncate(8);
  EXPECT_THAT(after(CrashMode::dropped), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_THAT(after(CrashMode::kept), ElementsAre(2, 2, 2, 2, 1, 1, 1, 1));
}

TEST_F(SimulatedDiskTest, KeepsOrDropsEachWriteAsAWhole) {
  fill(0, 2'000, 1);
  flush();
  fill(0, 1'000, 2);
  fill(1'000, 1'000, 3);
  std::vector<std::pair<int, int>> outcomes;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto found = after(CrashMode::some, seed);
    EXPECT_THAT(std::span(found).first(1'000), Each(found.front()));
    EXPECT_THAT(std::span(found).subspan(1'000), Each(found.back()));
    outcomes.emplace_back(found.front(), found.back());
  }
  std::ranges::sort(outcomes);
  outcomes.erase(std::ranges::unique(outcomes).begin(), outcomes.end());
  EXPECT_EQ(outcomes.size(), 4U) << "both, either, none";
}

TEST_F(SimulatedDiskTest, TearsAWriteAtSectors) {
  for (const auto& [mode, sector] :
       {std::pair(CrashMode::torn_512, 512U), std::pair(CrashMode::torn_4096, 4096U)}) {
    disk_ = {};
    fill(0, 16'384, 1);
    flush();
    fill(100, 16'000, 2);
    const auto found = after(mode);
    EXPECT_THAT(found, testing::Contains(1));
    EXPECT_THAT(found, testing::Contains(2));
    for (std::size_t at = 101; at < 16'100; ++at) {
      if (at % sector == 0) continue;
      ASSERT_EQ(found[at], found[at - 1]) << to_string(mode) << " " << at;
    }
  }
}

TEST_F(SimulatedDiskTest, DamagesOnlyBytesWrittenSinceTheLastFlush) {
  fill(0, 3'000, 1);
  flush();
  fill(1'000, 1'000, 2);
  for (const CrashMode mode : crash_modes) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto found = after(mode, seed);
      ASSERT_EQ(found.size(), 3'000U);
      ASSERT_THAT(std::span(found).first(1'000), Each(1)) << to_string(mode);
      ASSERT_THAT(std::span(found).subspan(2'000), Each(1)) << to_string(mode);
    }
  }
}

TEST_F(SimulatedDiskTest, MakesGarbageOfSomeSectors) {
  fill(0, 8'192, 1);
  flush();
  fill(0, 8'192, 2);
  const auto found = after(CrashMode::garbage);
  EXPECT_TRUE(std::ranges::any_of(found, [](std::uint8_t byte) { return byte > 2; }));
}

TEST_F(SimulatedDiskTest, AFailedFlushNeverReachesTheDiskUnlessWrittenAgain) {
  fill(0, 2, 1);
  flush();
  fill(0, 2, 2);
  file().fail_sync();
  fill(1, 1, 3);
  flush();
  EXPECT_THAT(bytes_of(file()), ElementsAre(2, 3)) << "the program is shown what it wrote";
  EXPECT_THAT(after(CrashMode::dropped), ElementsAre(1, 3));
}

TEST_F(SimulatedDiskTest, ANameIsSafeOnlyAfterTheNamesWereFlushed) {
  fill(0, 1, 1);
  file().sync();
  EXPECT_THAT(after(CrashMode::dropped), IsEmpty());
  disk_.sync_names();
  EXPECT_THAT(after(CrashMode::dropped), ElementsAre(1));
  disk_.remove("a");
  EXPECT_THAT(after(CrashMode::dropped), ElementsAre(1)) << "the removal was not flushed";
  EXPECT_THAT(after(CrashMode::kept), IsEmpty());
  disk_.sync_names();
  EXPECT_THAT(after(CrashMode::dropped), IsEmpty());
}

TEST_F(SimulatedDiskTest, OneSeedLeavesOneDisk) {
  fill(0, 8'192, 1);
  disk_.sync_names();
  EXPECT_EQ(after(CrashMode::garbage, 5), after(CrashMode::garbage, 5));
  EXPECT_NE(after(CrashMode::garbage, 5), after(CrashMode::garbage, 6));
}

}  // namespace
}  // namespace studiosync::e2e
