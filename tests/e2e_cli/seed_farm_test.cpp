#include "e2e/cli/seed_farm.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace studiosync::e2e {
namespace {

using Lines = std::vector<std::pair<std::uint64_t, std::string>>;

Lines collect(const SeedRange& range, const SeedJob& job) {
  Lines lines;
  run_seeds(range, job, [&](std::uint64_t seed, const std::optional<std::string>& line) {
    lines.emplace_back(seed, line.value_or("died"));
    return lines.size() < 1000;  // of a farm that goes round
  });
  return lines;
}

std::string name_of(std::uint64_t seed) {
  return "seed " + std::to_string(seed);
}

TEST(SeedFarm, ReportsEverySeedOnceAndInOrder) {
  const Lines lines = collect({.first = 3, .last = 40, .jobs = 3}, name_of);
  ASSERT_EQ(lines.size(), 38U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].first, 3 + i);
    EXPECT_EQ(lines[i].second, name_of(3 + i));
  }
}

TEST(SeedFarm, ARunThatEndsItsProcessIsReportedAndTheOthersGoOn) {
  const Lines lines = collect({.first = 1, .last = 9, .jobs = 2}, [](std::uint64_t seed) {
    if (seed == 4) ::_exit(EXIT_FAILURE);
    return name_of(seed);
  });
  ASSERT_EQ(lines.size(), 9U);
  EXPECT_EQ(lines[3], std::pair(std::uint64_t{4}, std::string("died")));
  EXPECT_EQ(lines[5].second, "seed 6");  // of the same worker
}

TEST(SeedFarm, ARunThatHangsIsEndedAndTheOthersGoOn) {
  const Lines lines =
      collect({.first = 1, .last = 6, .jobs = 2, .silence_max = std::chrono::seconds(2)},
              [](std::uint64_t seed) {
                while (seed == 4) ::pause();
                return name_of(seed);
              });
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[3].second, "died");
  EXPECT_EQ(lines[5].second, "seed 6");  // of the same worker
}

TEST(SeedFarm, ASeedRunsInAProcessOfItsOwn) {
  const Lines lines = collect({.first = 1, .last = 1, .jobs = 1},
                              [](std::uint64_t) { return std::to_string(::getpid()); });
  EXPECT_NE(lines.at(0).second, std::to_string(::getpid()));
}

TEST(SeedFarm, StopsWhenNoMoreIsWanted) {
  std::size_t seen = 0;
  run_seeds({.first = 1, .jobs = 2}, name_of,
            [&](std::uint64_t, const std::optional<std::string>&) { return ++seen < 5; });
  EXPECT_EQ(seen, 5U);
}

TEST(SeedFarm, BeginsNoSeedAfterItsTime) {
  const SeedRange late{.first = 1, .until = std::chrono::steady_clock::now(), .jobs = 2};
  EXPECT_TRUE(collect(late, name_of).empty());
}

TEST(SeedFarm, MoreProcessesThanSeedsDoNoHarm) {
  EXPECT_EQ(collect({.first = 1, .last = 2, .jobs = 8}, name_of).size(), 2U);
}

TEST(SeedFarm, TheLastSeedThatThereIsIsTheLast) {
  const Lines lines = collect({.first = UINT64_MAX - 2, .last = UINT64_MAX, .jobs = 2}, name_of);
  EXPECT_EQ(lines.size(), 3U);
}

TEST(SeedFarm, EndsWhatRunsWhenItIsStopped) {
  std::size_t seen = 0;
  run_seeds(
      {.first = 1, .jobs = 2, .stopped = [&] { return seen > 0; }},
      [](std::uint64_t seed) {
        while (seed == 4) ::pause();  // it would never end
        return name_of(seed);
      },
      [&](std::uint64_t, const std::optional<std::string>& line) {
        EXPECT_TRUE(line);
        ++seen;
        return true;
      });
  EXPECT_GT(seen, 0U);
}

}  // namespace
}  // namespace studiosync::e2e
