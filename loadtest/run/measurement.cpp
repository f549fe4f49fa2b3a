#include "loadtest/run/measurement.hpp"

#include <algorithm>

#include "loadtest/run/phases.hpp"

namespace studiosync::load {
namespace {

constexpr std::chrono::seconds arrival_patience{5};
constexpr std::chrono::milliseconds arrival_look{20};

}  // namespace

Measurement::Measurement(Team& team, std::unique_ptr<Scenario> scenario,
                         const MeasurementPlan& plan)
    : team_(team), scenario_(std::move(scenario)), plan_(plan) {}

void Measurement::run(std::function<void()> done) {
  for (const auto& user : team_.users()) user->propagation.clear();
  team_.recorder().start(plan_.begin, plan_.shape.duration, plan_.interval);
  scenario_->begin(team_, plan_.begin, plan_.shape);
  Pump::Plan plan{.arrivals = Arrivals(scaled(scenario_->rate(plan_.shape), plan_.share),
                                       plan_.spacing, Random(plan_.seed), plan_.first),
                  .begin = plan_.begin,
                  .end = plan_.begin + plan_.shape.duration,
                  .perform = [this](Moment intended) { scenario_->perform(team_, intended); },
                  .finished = [this, done = std::move(done)] { ended(done); }};
  pump_ = std::make_unique<Pump>(team_.world().io, team_.recorder(), std::move(plan));
  pump_->run();
  team_.at(plan_.begin, [self = shared_from_this()] { self->begun(); });
}

void Measurement::begun() {
  watch_.emplace(team_.world().io);
  sample_links(1);
}

void Measurement::sample_links(std::size_t interval) {
  const Moment end = plan_.begin + plan_.interval * static_cast<std::int64_t>(interval);
  if (end > plan_.begin + plan_.shape.duration) return;
  team_.at(end, [self = shared_from_this(), interval, end] {
    self->team_.recorder().sample_links(end);
    self->sample_links(interval + 1);
  });
}

void Measurement::ended(const std::function<void()>& done) {
  if (watch_) busy_ = watch_->use().busy;
  done();
}

ThreadUse Measurement::use() {
  if (!watch_) return {};
  ThreadUse use = watch_->use();
  use.busy = busy_;
  return use;
}

void Measurement::settle(std::function<void()> done) {
  scenario_->when_idle([this, done = std::move(done)]() mutable {
    load::settle(team_, [self = shared_from_this(), done = std::move(done)]() mutable {
      self->await_arrivals(Clock::now() + arrival_patience, std::move(done));
    });
  });
}

// A device is in sync with what it has heard of: of a push that is still to be sent it knows
// nothing.
void Measurement::await_arrivals(Moment until, std::function<void()> done) {
  const bool all = std::ranges::all_of(
      team_.users(), [](const auto& user) { return user->propagation.outstanding().empty(); });
  if (all || Clock::now() >= until) return done();
  team_.at(Clock::now() + arrival_look, [self = shared_from_this(), until, done = std::move(done)] {
    self->await_arrivals(until, done);
  });
}

// What never arrived took at least so long.
void Measurement::give_up_arrivals() {
  const Moment now = Clock::now();
  for (const auto& user : team_.users()) {
    for (const Moment intended : user->propagation.outstanding()) {
      team_.recorder().time(Timing::propagation, intended, now);
      team_.recorder().count_error(ErrorCode::timeout, now);
    }
  }
}

Recorded Measurement::finish() {
  team_.each_device([](VirtualDevice& device) { device.give_up(); });
  give_up_arrivals();
  scenario_->end(team_);
  return team_.recorder().finish();
}

}  // namespace studiosync::load
