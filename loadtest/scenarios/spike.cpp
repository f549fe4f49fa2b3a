// A calm rate, and in the middle of the run ten times as much.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

constexpr double spike_factor = 10;
constexpr double edits_a_user_second = 0.1;
// The spike's begin and end, of the run's length.
constexpr double spike_begin = 0.4;
constexpr double spike_end = 0.6;

class Spike final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const double calm =
        shape.rate > 0 ? shape.rate : edits_a_user_second * static_cast<double>(shape.users);
    const std::chrono::duration<double> length = shape.duration;
    return {
        {length * spike_begin, calm}, {length * spike_end, calm * spike_factor}, {length, calm}};
  }

  void perform(Team& team, Moment intended) override {
    User& user = team.random_user();
    edit_something(user, *user.devices[team.random().below(user.devices.size())], intended);
  }

 private:
  const ScenarioSpec spec_{.name = "spike",
                           .about = "as steady, and ten times the rate in the middle fifth",
                           .thresholds = edit_thresholds(),
                           .spacing = Spacing::poisson,
                           .contents_max = worked_with};
};

}  // namespace

std::unique_ptr<Scenario> make_spike() {
  return std::make_unique<Spike>();
}

}  // namespace studiosync::load
