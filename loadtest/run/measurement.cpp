#include "loadtest/run/measurement.hpp"

#include "loadtest/run/phases.hpp"

namespace studiosync::load {

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
  scenario_->when_idle(
      [this, done = std::move(done)]() mutable { load::settle(team_, std::move(done)); });
}

Recorded Measurement::finish() {
  team_.each_device([](VirtualDevice& device) { device.give_up(); });
  scenario_->end(team_);
  return team_.recorder().finish();
}

}  // namespace studiosync::load
