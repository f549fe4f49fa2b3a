#include "e2e/sim/recorder.hpp"

#include <algorithm>

#include "e2e/history/canary.hpp"

namespace studiosync::e2e {

void Recorder::note(std::string_view lane, Happening what) {
  history_.push_back({history_.size(), scheduler_.now(), std::string(lane), std::move(what)});
}

void Recorder::note_frozen(std::string_view lane, FrozenEdit edit) {
  placed_[{edit.replica, edit.seq}].push_back({edit.change, edit.type, edit.id});
  note(lane, std::move(edit));
}

void Recorder::note_written(const Record& row, ChangeId change) {
  auto& changes = placed_[{row.origin.replica, row.origin.device_seq}];
  changes.insert(changes.begin(), {change, row.type, row.id});
}

ChangeId Recorder::change_of(const Record& row) const {
  const auto found = placed_.find({row.origin.replica, row.origin.device_seq});
  if (found == placed_.end()) return {};
  const auto& changes = found->second;
  const auto own = std::ranges::find_if(changes, [&](const Placed& placed) {
    return placed.type == row.type && placed.id == row.id;
  });
  return own == changes.end() ? changes.back().change : own->change;
}

void Recorder::look_for_leaks(std::string_view lane, std::string_view where,
                              std::string_view bytes) {
  for (std::string& secret : canaries_in(bytes)) {
    note(lane, Leaked{std::move(secret), std::string(where)});
  }
}

}  // namespace studiosync::e2e
