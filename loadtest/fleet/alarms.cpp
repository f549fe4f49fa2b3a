#include "loadtest/fleet/alarms.hpp"

#include "os/wall_clock.hpp"

namespace studiosync::load {

std::size_t Alarms::add(std::function<void()> ring) {
  if (free_.empty()) {
    ring_.push_back(std::move(ring));
    return ring_.size() - 1;
  }
  const std::size_t place = free_.back();
  free_.pop_back();
  ring_[place] = std::move(ring);
  return place;
}

void Alarms::remove(std::size_t place) {
  queue_.set(place, std::nullopt);
  ring_[place] = nullptr;
  free_.push_back(place);
}

void Alarms::set(std::size_t place, std::optional<WallTime> at) {
  queue_.set(place, at);
  if (at && (!armed_for_ || *at < *armed_for_)) arm();
}

void Alarms::arm() {
  armed_for_ = queue_.earliest();
  if (!armed_for_) return;
  const std::int64_t wait = std::max<std::int64_t>(0, (*armed_for_ - os::wall_now()).count);
  timer_.set(Clock::now() + std::chrono::milliseconds(wait), [this] { ring_due(); });
}

void Alarms::ring_due() {
  // While it rings nothing is armed early: each device sets its next alarm.
  armed_for_ = WallTime{0};
  while (const auto place = queue_.take_due(os::wall_now())) {
    if (ring_[*place]) ring_[*place]();
  }
  arm();
}

}  // namespace studiosync::load
