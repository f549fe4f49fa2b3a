#include "loadtest/fleet/pump.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::load {
namespace {

// Answers come in between, however far the generator is behind.
constexpr int starts_in_a_turn_max = 32;

}  // namespace

Pump::Pump(boost::asio::io_context& io, Recorder& recorder, Plan plan)
    : recorder_(recorder), plan_(std::move(plan)), timer_(io) {}

void Pump::run() {
  advance();
  wait_until(std::min(next_.value_or(plan_.end), plan_.end));
}

void Pump::advance() {
  const auto offset = plan_.arrivals.next();
  next_ = offset ? std::optional(plan_.begin + *offset) : std::nullopt;
}

void Pump::wait_until(Moment at) {
  timer_.set(at, [this] { start_due(); });
}

void Pump::start_due() {
  Moment now = Clock::now();
  for (int i = 0; i < starts_in_a_turn_max && now < plan_.end && next_ && *next_ <= now; ++i) {
    start_one(now);
    now = Clock::now();
  }
  if (now >= plan_.end) return finish(now);
  wait_until(std::min(next_.value_or(plan_.end), plan_.end));
}

void Pump::start_one(Moment now) {
  const Moment intended = *next_;
  recorder_.count(&Counts::offered, intended);
  recorder_.count(&Counts::started, now);
  recorder_.time(Timing::generator_lag, intended, now);
  advance();
  plan_.perform(intended);
}

void Pump::finish(Moment now) {
  for (; next_ && *next_ < plan_.end; advance()) {
    recorder_.count(&Counts::offered, *next_);
    recorder_.time(Timing::generator_lag, *next_, now);
  }
  std::exchange(plan_.finished, nullptr)();
}

}  // namespace studiosync::load
