// Whatever right devices and a right server do, no rule complains; not even where a part of the
// history is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

// One thing that happens; what it means is up to its number.
void happen(TinyWorld& world, std::uint32_t what, int token) {
  const std::string lane = std::array{"desk", "lap", "phone"}.at(what % 3);
  const std::string id = std::array{"q1", "q2", "q3", "q4"}.at(what / 3 % 4);
  const std::string field = std::array{"name", "query", "folder"}.at(what / 12 % 3);
  const std::string value = "\"v" + std::to_string(token) + "\"";
  switch (what / 36 % 12) {
    case 0:
      return world.remove(lane, id);
    case 1:
      return world.put(lane, id, field, field == "folder" ? "" : value);
    case 2:
      return world.put_private(lane, lane + "-own", value);
    case 3:
      return world.backup(lane);
    case 4:
      return world.restore(lane);
    case 5:
      return world.push(lane);
    case 6:
    case 7:
      return world.sync(lane);
    case 8:
      return world.pull(lane);
    default:
      return world.put(lane, id, field, value);
  }
}

History history_of(const std::vector<std::uint32_t>& happenings) {
  TinyWorld world;
  int token = 0;
  for (const std::uint32_t what : happenings) happen(world, what, ++token);
  for (const char* lane : {"desk", "lap", "phone", "desk", "lap", "phone"}) world.sync(lane);
  world.end();
  return std::move(world.history);
}

void expect_right(const History& history) {
  const std::vector<Violation> found = check(history);
  if (!found.empty()) RC_LOG() << found.front().rule << ": " << found.front().message;
  RC_ASSERT(found.empty());
}

RC_GTEST_PROP(RightHistories, BreakNoRule, (const std::vector<std::uint32_t>& happenings)) {
  expect_right(history_of(happenings));
}

// Turns of lives stay: who does not know that a device was set back must miss its edits.
RC_GTEST_PROP(RightHistories, BreakNoRuleWithoutSomeKindsOfEvents,
              (const std::vector<std::uint32_t>& happenings, std::uint16_t missing)) {
  History history = history_of(happenings);
  std::erase_if(history, [&](const Event& event) {
    if (std::holds_alternative<Turned>(event.what)) return false;
    return (missing >> event.what.index() & 1U) != 0;
  });
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
  expect_right(history);
}

}  // namespace
}  // namespace studiosync::e2e::testing
