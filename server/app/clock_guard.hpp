// Whether the wall clock may be trusted with what is deleted for good.
#pragma once

#include <atomic>
#include <functional>

#include "core/base/time.hpp"

namespace studiosync::server {

// A clock that stands days in the future makes everything old. So one that is more than a day
// beyond what was last seen of it is in doubt until it has gone on for a day without another jump,
// or is set right; a server that was off for a week waits that day in vain, and loses nothing. Over
// restarts, too: what was seen is noted.
class ClockGuard {
 public:
  // 0 where there is none.
  struct Notes {
    WallTime trusted;       // the last time that was not in doubt
    WallTime seen;          // the last time of all
    WallTime doubted_from;  // since the clock said so
    friend bool operator==(const Notes&, const Notes&) = default;
  };
  // Called at the first look, when doubts begin or end, and once an hour. Must not block.
  using Save = std::function<void(const Notes&)>;

  // Without notes a clock is in doubt.
  ClockGuard(Notes notes, Save save);

  // To be called about once a second, from one thread: whether `now` is not in doubt.
  bool look(WallTime now);
  // The same of a time since the last look. Any thread.
  bool trusts(WallTime now) const noexcept;

 private:
  void judge(WallTime now);

  Notes notes_;
  const Save save_;
  Notes saved_;
  std::atomic<std::int64_t> trusted_until_ms_ = 0;  // 0: in doubt
};

}  // namespace studiosync::server
