// New devices, one after another: each reads everything that its user has.
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

class Initial final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  // Each device once within the run.
  RateProfile rate(const Shape& shape) const override {
    const double devices = static_cast<double>(shape.users * shape.devices_a_user);
    const double own = devices / static_cast<double>(shape.duration.count());
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void begin(Team& team, Moment, const Shape&) override {
    next_ = 0;
    reading_since_ = std::make_shared<Readings>(team.device_count());
  }

  void perform(Team& team, Moment intended) override {
    const std::size_t number = next_++ % reading_since_->size();
    // The device before it may still be reading, where the server cannot keep up: its time is up.
    if ((*reading_since_)[number]) give_up(team, number);
    const std::size_t each = team.devices_a_user();
    VirtualDevice& device = team.renew(*team.users()[number / each], number % each);
    (*reading_since_)[number] = intended;
    device.start(intended);
    device.when_synced([readings = reading_since_, &team, number, intended] {
      auto& since = (*readings)[number];
      if (since != intended) return;
      since.reset();
      team.recorder().time(Timing::first_sync, intended, Clock::now());
    });
  }

  void end(Team& team) override {
    for (std::size_t number = 0; number < reading_since_->size(); ++number) {
      if ((*reading_since_)[number]) give_up(team, number);
    }
  }

 private:
  using Readings = std::vector<std::optional<Moment>>;  // by number of the device

  void give_up(Team& team, std::size_t number) {
    const Moment now = Clock::now();
    team.recorder().time(Timing::first_sync, *(*reading_since_)[number], now);
    team.recorder().count_error(ErrorCode::timeout, now);
    (*reading_since_)[number].reset();
  }

  const ScenarioSpec spec_{.name = "initial",
                           .about = "new devices, each of which reads all of its user's records",
                           .thresholds = {"first_sync.p95<10s", "error_rate<1%"},
                           .contents_max = 0,
                           .all_online = false};
  std::size_t next_ = 0;
  std::shared_ptr<Readings> reading_since_;  // the callbacks of devices may outlive this
};

}  // namespace

std::unique_ptr<Scenario> make_initial() {
  return std::make_unique<Initial>();
}

}  // namespace studiosync::load
