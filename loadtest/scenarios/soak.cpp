// As steady, for long: users come at random, and devices leave and come back.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

constexpr double operations_a_user_second = 0.05;
constexpr std::uint64_t absences_in_hundred = 2;  // of the operations
constexpr std::uint64_t absent_seconds_max = 30;

class Soak final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const double own = operations_a_user_second * static_cast<double>(shape.users);
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void begin(Team&, Moment begin, const Shape& shape) override { end_ = begin + shape.duration; }

  void perform(Team& team, Moment intended) override {
    User& user = team.random_user();
    const std::size_t place = team.random().below(user.devices.size());
    if (team.random().below(100) < absences_in_hundred) return leave(team, user, place);
    // Who is away by his own wish is not waiting for the server.
    for (std::size_t i = 0; i < user.devices.size(); ++i) {
      VirtualDevice& device = *user.devices[(place + i) % user.devices.size()];
      if (device.online()) return edit_something(user, device, intended);
    }
    user.devices[place]->start(intended);
  }

 private:
  void leave(Team& team, User& user, std::size_t place) {
    VirtualDevice& device = *user.devices[place];
    // Its own edits are answered first: their latency is the server's.
    if (!device.online() || device.outstanding() > 0) return;
    device.stop();
    const std::chrono::seconds away(1 + team.random().below(absent_seconds_max));
    const Moment back = std::min(Clock::now() + away, end_);
    team.at(back, [&user, place, back] { user.devices[place]->start(back); });
  }

  const ScenarioSpec spec_{.name = "soak",
                           .about = "as steady but at random, and devices leave and come back",
                           .thresholds = edit_thresholds(),
                           .spacing = Spacing::poisson,
                           .contents_max = worked_with};
  Moment end_;
};

}  // namespace

std::unique_ptr<Scenario> make_soak() {
  return std::make_unique<Soak>();
}

}  // namespace studiosync::load
