// Counts durations at a fixed relative precision over the whole range, so that the slowest one of a
// million is as exact as the median (Tene's HdrHistogram: buckets that double, each divided
// evenly).
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace studiosync::load {

// Microseconds from 1 to 3,600,000,000 (an hour; longer ones count as that), within 0.1 %.
// Not thread-safe: each thread has its own; merge them afterwards.
class Histogram {
 public:
  void record(std::uint64_t microseconds, std::uint64_t count = 1);
  // As if everything of `other` had been recorded here. Exact: no precision is lost.
  void merge(const Histogram& other);

  std::uint64_t count() const noexcept { return count_; }
  std::uint64_t max() const noexcept { return max_; }
  double mean() const noexcept;
  // The smallest value that at least the share `p` in (0, 1] does not exceed, rounded up within the
  // precision; 0 when empty.
  std::uint64_t percentile(double p) const noexcept;
  // The values of the occupied buckets with their counts, rising.
  struct Bucket {
    std::uint64_t microseconds;  // the largest that counts as this one
    std::uint64_t count;
  };
  std::vector<Bucket> buckets() const;

  // What a report keeps and another process merges.
  Json to_json() const;
  static Result<Histogram> from_json(const Json& json, std::string_view path);

 private:
  std::vector<std::uint64_t> counts_;  // as far as anything was recorded
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace studiosync::load
