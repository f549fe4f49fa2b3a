#include "e2e/sim/recorder.hpp"

namespace studiosync::e2e {

void Recorder::note(std::string_view lane, Happening what) {
  history_.push_back({history_.size(), scheduler_.now(), std::string(lane), std::move(what)});
}

void Recorder::note_frozen(std::string_view lane, FrozenEdit edit) {
  frozen_[{edit.replica, edit.seq}] = edit.change;
  note(lane, std::move(edit));
}

ChangeId Recorder::change_of(const Origin& origin) const {
  const auto found = frozen_.find({origin.replica, origin.device_seq});
  return found == frozen_.end() ? ChangeId{} : found->second;
}

void Recorder::look_for_leaks(std::string_view lane, std::string_view where,
                              std::string_view bytes) {
  for (auto at = bytes.find(canary_mark); at != std::string_view::npos;
       at = bytes.find(canary_mark, at + 1)) {
    const auto end = bytes.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at);
    note(lane, Leaked{std::string(bytes.substr(at, end - at)), std::string(where)});
  }
}

}  // namespace studiosync::e2e
