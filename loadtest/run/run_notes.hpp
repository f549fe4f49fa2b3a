// What a run learns by looking on: how fast its records were written, and the server's memory.
#pragma once

#include <optional>
#include <vector>

#include "client/http/http_client.hpp"
#include "loadtest/run/run_options.hpp"
#include "loadtest/run/watcher.hpp"

namespace studiosync::load {

// Passes everything on to `next`, which outlives it.
class RunNotes final : public Watcher {
 public:
  // A server that does not answer within `patience` costs a sample of its memory: the live view
  // goes on while it stands still.
  static constexpr Millis patience{500};

  RunNotes(Watcher& next, const RunOptions& options)
      : next_(next), server_(options.target, options.ca_file, patience) {}

  void entered(std::string_view phase) override;
  void looked(const Snapshot& snapshot) override;
  void counted(std::string_view what, std::size_t done, std::size_t all) override {
    next_.counted(what, done, all);
  }

  // Nothing where no records were written.
  const std::optional<Fill>& fill() const noexcept { return fill_; }
  // Of the latest measurement.
  const std::vector<MemorySample>& memory() const noexcept { return memory_; }

 private:
  void note_fill(const Snapshot& snapshot);

  Watcher& next_;
  client::HttpClient server_;
  std::optional<Fill> fill_;
  std::vector<MemorySample> memory_;
};

}  // namespace studiosync::load
