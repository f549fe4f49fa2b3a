#include "tests/e2e_sim/converged.hpp"

#include <map>
#include <set>

namespace studiosync::e2e {
namespace {

using Versions = std::map<RecordKey, const Record*>;

Versions live_rows(const ServerState& server) {
  Versions rows;
  for (const Record& row : server.rows) {
    if (!row.deleted) rows[{row.type, row.id}] = &row;
  }
  return rows;
}

Versions live_shadows(const DeviceState& device) {
  Versions shadows;
  for (const DeviceRecord& record : device.records) {
    const bool live = record.shadow && !record.shadow->deleted;
    if (live) shadows[{record.type, record.id}] = &*record.shadow;
  }
  return shadows;
}

// Under an id that the device uses for itself alone, it need not hold what others have.
std::set<RecordKey> kept_private(const DeviceState& device) {
  std::set<RecordKey> keys;
  for (const DeviceRecord& record : device.records) {
    if (record.local_only) keys.insert({record.type, record.id});
  }
  return keys;
}

bool same(const Record& ours, const Record& theirs) {
  return ours.rev == theirs.rev && ours.content == theirs.content;
}

std::string difference(const std::string& lane, const DeviceState& device,
                       const ServerState& server) {
  if (device.link == "halted" || device.link == "stopped") return {};
  if (!device.synced) return lane + " is not synced (" + device.link + ")\n";
  const Versions theirs = live_rows(server);
  const Versions ours = live_shadows(device);
  const auto mine = kept_private(device);
  std::string text;
  for (const auto& [key, row] : theirs) {
    if (mine.contains(key)) continue;
    const auto here = ours.find(key);
    if (here == ours.end()) {
      text += lane + " lacks " + key.id + "\n";
    } else if (!same(*here->second, *row)) {
      text += lane + " has another " + key.id + ": version " +
              std::to_string(here->second->rev.version.value) + ", the server " +
              std::to_string(row->rev.version.value) + "\n";
    }
  }
  for (const auto& [key, shadow] : ours) {
    if (!theirs.contains(key)) text += lane + " still has " + key.id + "\n";
  }
  return text;
}

}  // namespace

std::string difference(const History& history) {
  std::map<std::string, const ServerState*> servers;
  for (const Event& event : history) {
    if (const auto* state = std::get_if<ServerState>(&event.what)) servers[state->user] = state;
  }
  std::string text;
  for (const Event& event : history) {
    const auto* device = std::get_if<DeviceState>(&event.what);
    if (device != nullptr) text += difference(event.lane, *device, *servers.at(device->user));
  }
  return text;
}

}  // namespace studiosync::e2e
