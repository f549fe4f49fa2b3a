#include "loadtest/fleet/propagation.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace studiosync::load {
namespace {

constexpr DeviceSet bit(std::size_t device) {
  return DeviceSet{1} << device;
}

}  // namespace

void Propagation::sent(const ReplicaId& writer, const RecordKey& key, DeviceSeq seq,
                       const std::vector<Moment>& edits, DeviceSet others) {
  if (edits.empty() || others == 0) return;
  changes_[key].push_back(
      {.writer = writer, .seq = seq, .version = {}, .edits = edits, .missing = others, .seen = {}});
}

void Propagation::settled(const ReplicaId& writer, const RecordKey& key,
                          std::optional<Version> version) {
  const auto at = changes_.find(key);
  if (at == changes_.end()) return;
  auto& changes = at->second;
  // At most one change of a record is in flight: the oldest without a version is meant.
  const auto change = std::ranges::find_if(
      changes, [&](const Change& c) { return c.writer == writer && !c.version; });
  if (change == changes.end()) return;
  change->version = version;
  if (version) note_early(*change);
  if (!version || change->missing == 0) changes.erase(change);
  if (changes.empty()) changes_.erase(at);
}

void Propagation::note_early(Change& change) {
  for (const auto& [device, versions] : change.seen) {
    const auto first = std::ranges::find_if(
        versions, [&](const Change::Seen& seen) { return seen.version >= *change.version; });
    if (first == versions.end() || (change.missing & bit(device)) == 0) continue;
    change.missing &= ~bit(device);
    for (const Moment intended : change.edits) early_.push_back({intended, first->at});
  }
  change.seen.clear();
}

std::vector<Moment> Propagation::applied(std::size_t device, const RecordKey& key,
                                         const Origin& origin, Version version, Moment now) {
  std::vector<Moment> arrived;
  const auto at = changes_.find(key);
  if (at == changes_.end()) return arrived;
  for (Change& change : at->second) {
    if ((change.missing & bit(device)) == 0) continue;
    const bool own = change.writer == origin.replica && change.seq <= origin.device_seq;
    if (own || (change.version && *change.version <= version)) {
      change.missing &= ~bit(device);
      arrived.insert(arrived.end(), change.edits.begin(), change.edits.end());
    } else if (!change.version) {
      change.seen[device].push_back({version, now});
    }
  }
  // One whose version is not known yet stays: its answer is still to come.
  std::erase_if(at->second, [](const Change& c) { return c.missing == 0 && c.version; });
  if (at->second.empty()) changes_.erase(at);
  return arrived;
}

std::vector<Propagation::Arrival> Propagation::take_early() {
  return std::exchange(early_, {});
}

std::vector<Moment> Propagation::outstanding() const {
  std::vector<Moment> missed;
  for (const auto& [key, changes] : changes_) {
    for (const Change& change : changes) {
      if (!change.version) continue;
      for (int device = std::popcount(change.missing); device > 0; --device) {
        missed.insert(missed.end(), change.edits.begin(), change.edits.end());
      }
    }
  }
  return missed;
}

void Propagation::clear() {
  changes_.clear();
  early_.clear();
}

}  // namespace studiosync::load
