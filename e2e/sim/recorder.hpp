// Keeps what happens in a run: the history for checkers and pictures, and the hash that proves that
// two runs are one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "e2e/history/history_sink.hpp"
#include "e2e/sim/scheduler.hpp"
#include "e2e/sim/trace_hash.hpp"

namespace studiosync::e2e {

// Whether each frame's way is written down, too: pictures want it, and it costs time.
enum class Detail : std::uint8_t { outcomes, frames };

// On the simulation's one thread.
class Recorder final : public HistorySink {
 public:
  // An unhashed one gives no trace hash.
  Recorder(const Scheduler& scheduler, Detail detail, bool hashed = true)
      : scheduler_(scheduler), detail_(detail), hashed_(hashed) {}

  // Remembers which change has which place in its replica's stream, and hashes cursors and all that
  // is held at the end.
  void note(std::string_view lane, Happening what) override;
  bool frames() const noexcept { return detail_ == Detail::frames; }
  std::uint64_t next_frame() noexcept { return ++last_frame_; }

  // Remembers that the server gave a row's place of origin to this change.
  void note_written(const Record& row, ChangeId change);
  // The change that wrote a row; nil where no frozen change of the run did. A clone can give a
  // place to another change, even of the same record: what the server took there goes first, then
  // what was frozen for the row's own record.
  ChangeId change_of(const Record& row) const;

  // Notes each planted secret in bytes that have left their device.
  void look_for_leaks(std::string_view lane, std::string_view where, std::string_view bytes);

  // A part of the run, in its order.
  template <class... Parts>
  void hash(const Parts&... parts) {
    if (hashed_) (hash_.add(parts), ...);
  }
  std::optional<std::uint64_t> trace_hash() const {
    return hashed_ ? std::optional(hash_.value()) : std::nullopt;
  }
  std::uint64_t last_event() const noexcept { return history_.empty() ? 0 : history_.size() - 1; }
  History take_history() noexcept { return std::move(history_); }

 private:
  const Scheduler& scheduler_;
  const Detail detail_;
  const bool hashed_;
  History history_;
  TraceHash hash_;
  std::uint64_t last_frame_ = 0;

  struct Placed {
    ChangeId change;
    EntityType type;
    std::string id;
  };
  // Those that the server took first, the latest before the others; then as they were frozen.
  std::map<std::pair<ReplicaId, DeviceSeq>, std::vector<Placed>> placed_;
};

}  // namespace studiosync::e2e
