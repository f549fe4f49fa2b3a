#include <boost/asio/post.hpp>

#include "loadtest/run/phases.hpp"

namespace studiosync::load {
namespace {

// Starts devices one after another, and is kept by its timer until all are started.
struct Ramp : std::enable_shared_from_this<Ramp> {
  Ramp(Team& in, Arrivals schedule) : team(in), arrivals(std::move(schedule)) {}

  void start_next() {
    if (next == team.device_count()) return settle(team, std::move(done));
    // Rounding may end the schedule one too early.
    const auto offset = arrivals.next();
    const Moment at = offset ? begin + *offset : Clock::now();
    team.at(at, [self = shared_from_this(), at] {
      self->team.device(self->next++).start(at);
      self->start_next();
    });
  }

  Team& team;
  Arrivals arrivals;
  const Moment begin = Clock::now();
  std::size_t next = 0;
  std::function<void()> done;
};

}  // namespace

void bring_up(Team& team, std::chrono::seconds ramp, std::function<void()> done) {
  const std::chrono::duration<double> length = std::max(ramp, std::chrono::seconds(1));
  const double rate = static_cast<double>(team.device_count()) / length.count();
  const auto state = std::make_shared<Ramp>(
      team, Arrivals(constant_rate(length, rate), Spacing::even, Random(0), 0.5));
  state->done = std::move(done);
  state->start_next();
}

void settle(Team& team, std::function<void()> done) {
  const Task one = [&team](std::size_t i, std::function<void()> ready) {
    VirtualDevice& device = team.device(i);
    if (!device.started()) return boost::asio::post(team.world().io, std::move(ready));
    device.start(Clock::now());
    device.when_synced(std::move(ready));
  };
  run_window(team.device_count(), team.device_count(), one, std::move(done));
}

}  // namespace studiosync::load
