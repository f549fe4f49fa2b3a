// What devices hold in the middle of simulated runs, and the reason that each record gets there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "client/cli/situation.hpp"
#include "client/store/memory_device_store.hpp"
#include "core/sync/rebase.hpp"
#include "e2e/sim/world.hpp"
#include "e2e/workloads/workload.hpp"

namespace studiosync::e2e {
namespace {

using client::DeviceSituation;
using client::Situations;

// Nothing but its record keeps an edit from being sent.
constexpr DeviceSituation syncing{.set_up = true, .logged_in = true, .syncing = true};

// The same records, edits, refusals and conflicts in a store.
std::unique_ptr<client::MemoryDeviceStore> store_of(const DeviceState& state) {
  auto store = std::make_unique<client::MemoryDeviceStore>();
  EXPECT_TRUE(store->begin());
  for (const DeviceRecord& record : state.records) store->put(record);
  for (const RejectedChange& rejected : state.rejected) store->add_rejected(rejected);
  EXPECT_TRUE(store->commit());
  return store;
}

// Whether the server, as far as the device knows, has what is shown here. Written anew, from what a
// user can see.
bool differs_from_server(const DeviceRecord& record) {
  if (record.local_only) return true;
  const bool there = record.shadow && !record.shadow->deleted;
  if (record.content.empty() || !there) return record.content.empty() == there;
  const Fields here = Fields::from_content(record.content);
  for (const std::string& field :
       changed_keys(here, Fields::from_content(record.shadow->content))) {
    if (std::ranges::find(record.redacted, field) == record.redacted.end()) return true;
  }
  return false;
}

std::string documentation() {
  std::ifstream in(STUDIOSYNC_SOURCE "/docs/OPERATIONS.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

// Every device of the run, at the moment when the last step was done and nothing has settled yet.
std::vector<DeviceState> states_in_the_middle(std::uint64_t seed) {
  const Scenario scenario = make_scenario(seed, {.devices = 3, .users = 1, .operations = 120});
  std::vector<DeviceState> states;
  for (Event& event : run_scenario(scenario, {.settle_max = {0}}).history) {
    if (auto* state = std::get_if<DeviceState>(&event.what)) states.push_back(std::move(*state));
  }
  return states;
}

TEST(Reasons, EveryRecordThatIsNotInSyncHasOneAndEveryOtherIsSynced) {
  const std::string documented = documentation();
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    for (const DeviceState& state : states_in_the_middle(seed)) {
      const auto store = store_of(state);
      const Situations situations(*store, syncing);
      for (const DeviceRecord& record : state.records) {
        if (record.type == EntityType::conflict) continue;
        SCOPED_TRACE("seed " + std::to_string(seed) + ", " + record.id);
        const auto situation = situations.of(record);
        const auto reason = sync_reason(situation);
        ++seen[reason.code];
        EXPECT_FALSE(reason.text.empty());
        EXPECT_NE(documented.find("`" + reason.code + "`"), std::string::npos) << reason.code;
        const bool waits = client::unsettled(record) || situation.rejected.has_value() ||
                           !situation.open_conflict.empty();
        EXPECT_EQ(reason.code == "synced", !waits && !differs_from_server(record)) << reason.code;
      }
    }
  }
  // Nothing is shown by runs in which nothing waits.
  for (const char* code :
       {"synced", "local_only", "conflict_open", "in_flight", "next", "queued"}) {
    EXPECT_GT(seen[code], 0) << code;
  }
  EXPECT_EQ(seen["only_here"], 0);
}

TEST(Reasons, TheListHoldsExactlyTheRecordsThatAreNotSynced) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const DeviceState& state : states_in_the_middle(seed)) {
      const auto store = store_of(state);
      const Situations situations(*store, DeviceSituation{.set_up = true});
      std::vector<std::string> expected;
      for (const DeviceRecord& record : state.records) {
        if (record.type == EntityType::conflict) continue;
        if (sync_reason(situations.of(record)).code != "synced") expected.push_back(record.id);
      }
      std::vector<std::string> listed;
      for (const auto& situation : situations.unsynced()) listed.push_back(situation.record.id);
      EXPECT_THAT(listed, testing::UnorderedElementsAreArray(expected));
    }
  }
}

}  // namespace
}  // namespace studiosync::e2e
