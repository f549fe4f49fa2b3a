// All connections break at once, as when a server is started anew, while edits go on.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

constexpr double edits_a_user_second = 0.05;
// Moments of the cuts, of the run's length.
constexpr double cuts[] = {0.2, 0.6};

class Reconnect final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const double own = edits_a_user_second * static_cast<double>(shape.users);
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void begin(Team& team, Moment begin, const Shape& shape) override {
    for (const double cut : cuts) {
      const auto after = std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(shape.duration) * cut);
      team.at(begin + after,
              [&team] { team.each_device([](VirtualDevice& device) { device.cut(); }); });
    }
  }

  void perform(Team& team, Moment intended) override {
    User& user = team.random_user();
    edit_something(user, *user.devices[team.random().below(user.devices.size())], intended);
  }

 private:
  const ScenarioSpec spec_{.name = "reconnect",
                           .about = "all connections break at once, twice, while edits go on",
                           .thresholds = {"connect.p95<10s", "sync_latency.p95<10s",
                                          "error_rate<1%", "conflict_rate<5%"},
                           .contents_max = worked_with};
};

}  // namespace

std::unique_ptr<Scenario> make_reconnect() {
  return std::make_unique<Reconnect>();
}

}  // namespace studiosync::load
