// What the sweeps let befall a store is worth as much as what the store is made to do.
#include <gtest/gtest.h>

#include <array>

#include "e2e/crash/subject.hpp"
#include "e2e/disk/disk_vfs.hpp"
#include "sqlite/database.hpp"

namespace studiosync::e2e {
namespace {

bool has_rows(sqlite::Database& db, const char* query) {
  auto row = db.prepare(query);
  return row.step();
}

struct Trace {
  const char* of;
  const char* query;
  bool seen = false;
};

TEST(ServerWorkload, WritesInEveryWayThatTheServerDoes) {
  constexpr std::size_t steps = 150;
  std::array traces{
      Trace{"a push", "SELECT 1 FROM replicas LIMIT 1"},
      Trace{"a reset", "SELECT 1 FROM users WHERE generation <> 0"},
      Trace{"a tombstone's collection", "SELECT 1 FROM users WHERE floor > 0"},
      Trace{"a device that gave back", "SELECT 1 FROM applied WHERE replica IS NULL"}};
  SimulatedDisk disk;
  const DiskVfs vfs(disk, {.name = "workload"});
  const auto subject = make_server_subject(1);
  ASSERT_TRUE(subject->open(vfs.name()));
  const auto db = sqlite::Database::open(subject->file(),
                                         {.create = false, .read_only = true, .vfs = vfs.name()})
                      .value();
  std::size_t groups = 0;
  for (std::size_t number = 0; number < steps; ++number) {
    const auto answers = subject->step(number);
    ASSERT_TRUE(overall(answers)) << overall(answers).error().message;
    if (answers.size() > 1) ++groups;
    for (Trace& trace : traces) trace.seen = trace.seen || has_rows(*db, trace.query);
  }
  EXPECT_GT(groups, steps / 2);
  for (const Trace& trace : traces) EXPECT_TRUE(trace.seen) << "of " << trace.of;
}

}  // namespace
}  // namespace studiosync::e2e
