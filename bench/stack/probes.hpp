// The two physical limits of a push, measured with nothing of the product's logic in the way.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/stack/percentile.hpp"

namespace studiosync::bench {

// F: appending 4 KiB to a file in `folder` and flushing it (fdatasync).
class FsyncProbe {
 public:
  explicit FsyncProbe(const std::string& folder);
  ~FsyncProbe();
  FsyncProbe(const FsyncProbe&) = delete;
  FsyncProbe& operator=(const FsyncProbe&) = delete;

  std::vector<Seconds> sample(std::size_t rounds);

 private:
  std::string path_;
  int file_;
};

// H: half of the round trip of a 300-byte message over loopback, between our server's listener with
// an echoing handler and our client's WebSocket connection.
class HopProbe {
 public:
  HopProbe();
  ~HopProbe();
  HopProbe(const HopProbe&) = delete;
  HopProbe& operator=(const HopProbe&) = delete;

  std::vector<Seconds> sample(std::size_t rounds);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::bench
