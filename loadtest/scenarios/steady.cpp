// Edits at one rate, by users and devices at random.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

constexpr double edits_a_user_second = 0.1;  // a person who types all the time

class Steady final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const double own = edits_a_user_second * static_cast<double>(shape.users);
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void perform(Team& team, Moment intended) override {
    User& user = team.random_user();
    edit_something(user, *user.devices[team.random().below(user.devices.size())], intended);
  }

 private:
  const ScenarioSpec spec_{.name = "steady",
                           .about = "edits at one rate, by users and devices at random",
                           .thresholds = edit_thresholds(),
                           .contents_max = worked_with};
};

}  // namespace

std::unique_ptr<Scenario> make_steady() {
  return std::make_unique<Steady>();
}

}  // namespace studiosync::load
