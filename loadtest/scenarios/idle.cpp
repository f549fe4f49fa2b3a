// Devices that connect and then hardly do anything: what a connection costs, and whether those that
// do something notice the others.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

// Connections come during this part of the run and are held for the rest.
constexpr double arriving = 0.5;
// Edits during the rest, by anybody.
constexpr double edits_a_second = 50;

class Idle final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const std::chrono::duration<double> time = shape.duration * arriving;
    const double all = static_cast<double>(shape.users * shape.devices_a_user);
    return {{time, all / time.count()},
            {shape.duration, shape.rate > 0 ? shape.rate : edits_a_second}};
  }

  void begin(Team&, Moment, const Shape&) override { next_ = 0; }

  void perform(Team& team, Moment intended) override {
    if (next_ < team.device_count()) return team.device(next_++).start(intended);
    User& user = team.random_user();
    Sample sample = new_record(user);
    VirtualDevice& device = *user.devices[team.random().below(user.devices.size())];
    (void)device.put(sample.type, sample.id, std::move(sample.data), intended);
  }

 private:
  const ScenarioSpec spec_{
      .name = "idle",
      .about = "all devices connect in the first half and listen, with few edits then",
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
