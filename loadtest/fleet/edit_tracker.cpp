#include "loadtest/fleet/edit_tracker.hpp"

#include <utility>

namespace studiosync::load {

void EditTracker::edited(const RecordKey& key, Moment intended) {
  records_[key].waiting.push_back(intended);
  ++outstanding_;
}

std::vector<Moment> EditTracker::sent(const RecordKey& key, ChangeId change) {
  const auto at = records_.find(key);
  if (at == records_.end() || at->second.change == change) return {};
  Edits& edits = at->second;
  edits.change = change;
  std::vector<Moment> first = std::exchange(edits.waiting, {});
  edits.under_way.insert(edits.under_way.end(), first.begin(), first.end());
  return first;
}

std::vector<Moment> EditTracker::settled(const RecordKey& key) {
  const auto at = records_.find(key);
  if (at == records_.end()) return {};
  std::vector<Moment> edits = std::exchange(at->second.under_way, {});
  outstanding_ -= edits.size();
  if (at->second.waiting.empty()) records_.erase(at);
  return edits;
}

void EditTracker::moved(const RecordKey& from, const RecordKey& to) {
  const auto at = records_.find(from);
  if (at == records_.end()) return;
  std::vector<Moment> edits = std::exchange(at->second.waiting, {});
  if (at->second.under_way.empty()) records_.erase(at);
  if (edits.empty()) return;
  auto& waiting = records_[to].waiting;
  waiting.insert(waiting.end(), edits.begin(), edits.end());
}

std::vector<Moment> EditTracker::give_up() {
  std::vector<Moment> all;
  for (const auto& [key, edits] : std::exchange(records_, {})) {
    all.insert(all.end(), edits.waiting.begin(), edits.waiting.end());
    all.insert(all.end(), edits.under_way.begin(), edits.under_way.end());
  }
  outstanding_ = 0;
  return all;
}

}  // namespace studiosync::load
