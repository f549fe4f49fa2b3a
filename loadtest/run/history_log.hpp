// What happened in a run, for `syncsim check`: docs/HISTORY.md.
#pragma once

#include <fstream>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.hpp"
#include "e2e/history/history_sink.hpp"

namespace studiosync::load {

// Thread-safe. Written while it happens: a run may have more events than there is memory.
class HistoryLog final : public e2e::HistorySink {
 public:
  // Replaces the file. `store_error` where it cannot be written.
  static Result<std::unique_ptr<HistoryLog>> open(std::string path);

  void note(std::string_view lane, e2e::Happening what) override;
  // Everything is in the file, or the error says that it is not. Nothing may follow.
  Result<> finish();

 private:
  explicit HistoryLog(std::string path) : path_(std::move(path)), out_(path_, std::ios::binary) {}

  const std::string path_;
  std::mutex mutex_;  // guards the rest: events get their numbers in the order of the file
  std::ofstream out_;
  std::uint64_t next_ = 0;
};

}  // namespace studiosync::load
