#include "bench/stack/limits.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t fsyncs_at_once = 10;
constexpr std::size_t hops_at_once = 50;
constexpr double quiet_factor = 3;  // between the median flush and the fast ones

void append(std::vector<Seconds>& all, const std::vector<Seconds>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

void LimitProbes::sample() {
  const auto fsyncs = fsync_probe_.sample(fsyncs_at_once);
  fsync_medians_.push_back(median(fsyncs));
  append(fsyncs_, fsyncs);
  append(hops_, hop_probe_.sample(hops_at_once));
}

bool LimitProbes::quiet() const {
  return fsync() <= quiet_factor * percentile(fsyncs_, 10);
}

Json LimitProbes::to_json() const {
  return Json::object()
      .set("fsync_before_us", micros(fsync_medians_.front()))
      .set("fsync_after_us", micros(fsync_medians_.back()))
      .set("fsync_us", micros(fsync()))
      .set("fsync_p10_us", micros(percentile(fsyncs_, 10)))
      .set("hop_us", micros(hop()))
      .set("quiet", quiet());
}

}  // namespace studiosync::bench
