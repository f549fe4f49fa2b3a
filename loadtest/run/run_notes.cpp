#include "loadtest/run/run_notes.hpp"

#include "loadtest/run/server_counters.hpp"

namespace studiosync::load {

void RunNotes::entered(std::string_view phase) {
  if (phase == measuring_phase) memory_.clear();
  next_.entered(phase);
}

void RunNotes::looked(const Snapshot& snapshot) {
  next_.looked(snapshot);
  if (snapshot.phase == filling_phase) note_fill(snapshot);
  if (snapshot.phase != measuring_phase) return;
  if (auto sample = read_memory(server_)) {
    sample->seconds = snapshot.seconds;
    memory_.push_back(*sample);
  }
}

void RunNotes::note_fill(const Snapshot& snapshot) {
  if (!fill_) fill_.emplace();
  fill_->records = snapshot.records;
  fill_->seconds = snapshot.seconds;
  fill_->samples.push_back({snapshot.seconds, snapshot.records});
}

}  // namespace studiosync::load
