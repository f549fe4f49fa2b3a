// A recording, written by hand: one device's events, a second apart from each other.
#pragma once

#include <string>

#include "e2e/trace/recording.hpp"

namespace studiosync::e2e {

class Tape {
 public:
  // `number` tells its replica and its changes from those of other tapes.
  Tape(std::string lane, unsigned number) : lane_(std::move(lane)), number_(number) {}

  // Of saved_query q1, at a second of the recording. Empty texts: there is no such record.
  Tape& edits(int second, const std::string& before, const std::string& after);
  Tape& freezes(int second, std::uint64_t base);                  // the next change
  Tape& hears(int second, Status status, std::uint64_t version);  // of the oldest one unanswered
  Tape& turns(int second, Turned::What what, const std::string& detail = {});
  Tape& notes(int second, Happening what);

  Recording recording(const std::string& file) const { return {file, history_}; }

 private:
  ReplicaId replica() const;
  ChangeId change(std::uint64_t seq) const;

  std::string lane_;
  unsigned number_;
  History history_;
  std::uint64_t frozen_ = 0;
  std::uint64_t answered_ = 0;
};

// A saved query's content.
std::string query(const std::string& text);

}  // namespace studiosync::e2e
