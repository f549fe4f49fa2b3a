// Starts operations when the schedule says so, whatever became of the earlier ones.
#pragma once

#include <functional>
#include <optional>

#include "loadtest/arrivals.hpp"
#include "loadtest/fleet/loop_timer.hpp"
#include "loadtest/fleet/recorder.hpp"

namespace studiosync::load {

// On the io_context's one thread. Records what was offered and started, and how late each start
// was. What has not been started by the end is not started any more: it counts as offered, and as
// late as the end.
class Pump {
 public:
  struct Plan {
    Arrivals arrivals;
    Moment begin;
    Moment end;
    std::function<void(Moment intended)> perform;
    std::function<void()> finished;  // once, at the end
  };
  Pump(boost::asio::io_context& io, Recorder& recorder, Plan plan);
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  void run();

 private:
  void advance();
  void start_due();
  void start_one(Moment now);
  void finish(Moment now);
  void wait_until(Moment at);

  Recorder& recorder_;
  Plan plan_;
  std::optional<Moment> next_;
  LoopTimer timer_;
};

}  // namespace studiosync::load
