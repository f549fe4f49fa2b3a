#include "loadtest/fleet/recorder.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::load {

void Recorder::start(Moment begin, std::chrono::seconds length, std::chrono::seconds interval) {
  begin_ = begin;
  end_ = begin + length;
  interval_ = interval;
  late_ = {};
  const auto count = (length.count() + interval.count() - 1) / interval.count();
  intervals_.assign(static_cast<std::size_t>(std::max<std::int64_t>(count, 1)), {});
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    intervals_[i].second =
        static_cast<std::uint32_t>(i) * static_cast<std::uint32_t>(interval.count());
  }
}

Recorded Recorder::finish() {
  return {.intervals = std::exchange(intervals_, {}), .late = std::exchange(late_, {})};
}

std::size_t Recorder::index_at(Moment moment) const {
  const auto index = (moment - begin_) / interval_;
  const auto last = static_cast<std::int64_t>(intervals_.size()) - 1;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(index, 0, last));
}

void Recorder::time(Timing timing, Moment intended, Moment end) {
  if (!measuring() || intended < begin_ || intended > end_) return;
  at(intended).timings[static_cast<std::size_t>(timing)].record(micros_between(intended, end));
}

void Recorder::count(std::uint64_t Counts::*what, Moment now, std::uint64_t n) {
  if (!measuring() || now < begin_) return;
  counts_at(now).*what += n;
  if (what == &Counts::applied && now >= end_) {
    late_.rows_until = std::chrono::duration<double>(now - end_).count();
  }
}

void Recorder::count_error(ErrorCode code, Moment now) {
  if (measuring() && now >= begin_) ++counts_at(now).errors[code];
}

void Recorder::moved(LinkState from, LinkState to) {
  removed(from);
  added(to);
}

Interval Recorder::links() const {
  const auto in = [this](LinkState state) { return links_[static_cast<std::size_t>(state)]; };
  Interval interval;
  interval.live = in(LinkState::live) + in(LinkState::recovering);
  interval.connecting = in(LinkState::connecting) + in(LinkState::greeting);
  interval.waiting = in(LinkState::waiting) + in(LinkState::stopped);
  interval.halted = in(LinkState::halted);
  return interval;
}

void Recorder::sample_links(Moment now) {
  if (!measuring()) return;
  const Interval sample = links();
  Interval& interval = at(now - Clock::duration(interval_) / 2);
  interval.live = sample.live;
  interval.connecting = sample.connecting;
  interval.waiting = sample.waiting;
  interval.halted = sample.halted;
}

Counts Recorder::so_far() const {
  Counts sum;
  for (const Interval& interval : intervals_) sum.add(interval.counts);
  sum.add(late_.counts);
  return sum;
}

Interval Recorder::latest(Moment now) const {
  if (!measuring()) return {};
  return intervals_[index_at(now - interval_)];
}

double Recorder::latest_seconds(Moment now) const {
  if (!measuring()) return 0;
  const Moment from = begin_ + interval_ * static_cast<std::int64_t>(index_at(now - interval_));
  const Moment to = std::min({from + interval_, end_, now});
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace studiosync::load
