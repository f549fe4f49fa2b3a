// Devices that connect and then only listen: what a connection costs.
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

// Connections come during this part of the run and are held for the rest.
constexpr double arriving = 0.5;

class Idle final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const std::chrono::duration<double> time = shape.duration * arriving;
    const double all = static_cast<double>(shape.users * shape.devices_a_user);
    return constant_rate(time, shape.rate > 0 ? shape.rate : all / time.count());
  }

  void begin(Team&, Moment, const Shape&) override { next_ = 0; }

  // A rate that asks for more devices than there are connects them anew.
  void perform(Team& team, Moment intended) override {
    VirtualDevice& device = team.device(next_++ % team.device_count());
    if (device.online()) device.stop();
    device.start(intended);
  }

 private:
  const ScenarioSpec spec_{.name = "idle",
                           .about = "devices connect during the first half and then only listen",
                           .thresholds = {"connect.p95<2s", "error_rate<1%"},
                           .contents_max = 0,
                           .all_online = false,
                           .records = 0};
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<Scenario> make_idle() {
  return std::make_unique<Idle>();
}

}  // namespace studiosync::load
