#include "e2e/sim/recorder.hpp"

#include <algorithm>

#include "e2e/history/canary.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {

void Recorder::note(std::string_view lane, Happening what) {
  if (const auto* edit = std::get_if<FrozenEdit>(&what)) {
    placed_[{edit->replica, edit->seq}].push_back({edit->change, edit->type, edit->id});
  } else if (const auto* moved = std::get_if<Moved>(&what)) {
    hash(lane, to_string(moved->to));
  }
  const bool held = std::holds_alternative<DeviceState>(what) ||  //
                    std::holds_alternative<ServerState>(what);
  Event event{.at = scheduler_.now(), .lane = std::string(lane), .what = std::move(what)};
  // Without its number, which depends on how much is written down.
  if (held && hashed_) hash(to_json_line(event));
  event.number = history_.size();
  history_.push_back(std::move(event));
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
