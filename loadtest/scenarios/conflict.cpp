// Two devices of a user change the same field of the same record in the same moment.
#include "loadtest/scenarios/edits.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

constexpr double pairs_a_user_second = 0.2;
// So many records of each user are fought over.
constexpr std::size_t contested_records = 4;

class Conflict final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  RateProfile rate(const Shape& shape) const override {
    const double own = pairs_a_user_second * static_cast<double>(shape.users);
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void perform(Team& team, Moment intended) override {
    User& user = team.random_user();
    const std::size_t first = team.random().below(user.devices.size());
    VirtualDevice& one = *user.devices[first];
    VirtualDevice& other = *user.devices[(first + 1) % user.devices.size()];
    if (user.recent.size() < contested_records) {
      Sample sample = user.sampler.next(EntityType::saved_query);
      user.recent.push_back({sample.type, sample.id});
      (void)one.put(sample.type, sample.id, std::move(sample.data), intended);
      return;
    }
    const RecordKey key = user.recent[team.random().below(user.recent.size())];
    // Neither hears of the other's before it has sent its own.
    change_record(user, one, key, intended);
    change_record(user, other, key, intended);
  }

 private:
  const ScenarioSpec spec_{.name = "conflict",
                           .about = "two devices change the same field in the same moment",
                           .thresholds = {"sync_latency.p95<2s", "error_rate<1%"},
                           .contents_max = std::nullopt,
                           .devices_a_user_min = 2};
};

}  // namespace

std::unique_ptr<Scenario> make_conflict() {
  return std::make_unique<Conflict>();
}

}  // namespace studiosync::load
