// The physical limits of one measurement, probed before, during and after it, so that a drifting
// machine moves figure and limit alike.
#pragma once

#include <string>
#include <vector>

#include "bench/stack/probes.hpp"
#include "core/base/json.hpp"

namespace studiosync::bench {

class LimitProbes {
 public:
  // `folder` lies on the disk that is measured.
  explicit LimitProbes(const std::string& folder) : fsync_probe_(folder) {}

  // Some flushes and some hops, taken together.
  void sample();

  Seconds fsync() const { return median(fsyncs_); }
  Seconds hop() const { return median(hops_); }
  // Whether F shows the disk. Where other programs keep the processors busy, the flushing thread
  // waits for its turn (a tick of 4 ms at 250 Hz): F grows, and with it limits and targets.
  bool quiet() const;
  // F before, after and over the whole measurement, and H.
  Json to_json() const;

 private:
  FsyncProbe fsync_probe_;
  HopProbe hop_probe_;
  std::vector<Seconds> fsync_medians_;  // one a call of sample(), in order
  std::vector<Seconds> fsyncs_;
  std::vector<Seconds> hops_;
};

}  // namespace studiosync::bench
