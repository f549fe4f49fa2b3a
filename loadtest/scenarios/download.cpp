// New devices as in `initial`, reduced to what they ask of the server: its own part of first syncs.
#include <map>

#include "loadtest/fleet/thin_reader.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

class Download final : public Scenario {
 public:
  const ScenarioSpec& spec() const noexcept override { return spec_; }

  // Each device once within the run.
  RateProfile rate(const Shape& shape) const override {
    const double devices = static_cast<double>(shape.users * shape.devices_a_user);
    const double own = devices / static_cast<double>(shape.duration.count());
    return constant_rate(shape.duration, shape.rate > 0 ? shape.rate : own);
  }

  void begin(Team&, Moment, const Shape&) override {
    readers_.clear();
    reading_.clear();
    next_ = 0;
  }

  void perform(Team& team, Moment intended) override {
    const std::size_t number = next_++;
    User& user = *team.users()[number % team.users().size()];
    readers_.push_back(std::make_unique<ThinReader>(team.world(), team.make_link(user)));
    reading_[number] = intended;
    readers_.back()->start(
        intended, [this, &team, &user, number](auto read) { ended(team, user, number, read); });
  }

  void when_idle(std::function<void()> idle) override {
    idle_ = std::move(idle);
    tell_if_idle();
  }

  void end(Team& team) override {
    const Moment now = Clock::now();
    for (const auto& [number, intended] : reading_) {
      team.recorder().time(Timing::first_sync, intended, now);
      team.recorder().count_error(ErrorCode::timeout, now);
    }
    readers_.clear();
  }

 private:
  // One that failed took its time, too: without it a server that cuts the slow ones were the
  // faster.
  void ended(Team& team, User& user, std::size_t number, std::optional<ReadOut> read) {
    const Moment now = Clock::now();
    team.recorder().time(Timing::first_sync, reading_.extract(number).mapped(), now);
    if (read) {
      if (read->rows < user.ledger.size()) {
        team.recorder().count_error(ErrorCode::server_error, now);
      }
      if (!user.least_read || read->rows < user.least_read->rows) user.least_read = read;
    }
    tell_if_idle();
  }

  void tell_if_idle() {
    if (idle_ && reading_.empty()) std::exchange(idle_, nullptr)();
  }

  const ScenarioSpec spec_{
      .name = "download",
      .about = "as initial, by devices that keep nothing: the server's part of a first sync",
      .thresholds = {"first_sync.p95<10s", "error_rate<1%"},
      .contents_max = 0,
      .all_online = false};
  std::size_t next_ = 0;
  std::vector<std::unique_ptr<ThinReader>> readers_;
  std::map<std::size_t, Moment> reading_;  // by number of the reader
  std::function<void()> idle_;
};

}  // namespace

std::unique_ptr<Scenario> make_download() {
  return std::make_unique<Download>();
}

}  // namespace studiosync::load
