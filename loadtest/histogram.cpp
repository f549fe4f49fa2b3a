#include "loadtest/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace studiosync::load {
namespace {

constexpr std::uint64_t microseconds_max = 3'600'000'000;
// Each doubling of the value is divided into 1,024: a bucket is at most 0.1 % wide. Below 2,048
// every microsecond has its own.
constexpr unsigned exact_bits = 11;
constexpr std::uint64_t divisions = 1U << (exact_bits - 1);

unsigned shift_of(std::uint64_t value) noexcept {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  return width <= exact_bits ? 0 : width - exact_bits;
}

std::size_t index_of(std::uint64_t value) noexcept {
  const unsigned shift = shift_of(value);
  return shift * divisions + (value >> shift);
}

std::uint64_t largest_of(std::size_t index) noexcept {
  if (index < 2 * divisions) return index;
  const std::size_t shift = index / divisions - 1;
  const std::uint64_t within = index - shift * divisions;
  return ((within + 1) << shift) - 1;
}

}  // namespace

void Histogram::record(std::uint64_t microseconds, std::uint64_t count) {
  if (count == 0) return;
  const std::uint64_t value = std::clamp<std::uint64_t>(microseconds, 1, microseconds_max);
  const std::size_t index = index_of(value);
  if (index >= counts_.size()) counts_.resize(index + 1);
  counts_[index] += count;
  count_ += count;
  sum_ += value * count;
  max_ = std::max(max_, value);
}

void Histogram::merge(const Histogram& other) {
  if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

double Histogram::mean() const noexcept {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

std::uint64_t Histogram::percentile(double p) const noexcept {
  const auto rank = static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= std::max<std::uint64_t>(rank, 1)) return std::min(largest_of(i), max_);
  }
  return max_;
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
  std::vector<Bucket> occupied;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) occupied.push_back({std::min(largest_of(i), max_), counts_[i]});
  }
  return occupied;
}

// Occupied buckets as [value, count, value, count, …]: a run has few of the 30,000.
Json Histogram::to_json() const {
  Json pairs = Json::array();
  for (const Bucket& bucket : buckets()) {
    pairs.push_back(bucket.microseconds);
    pairs.push_back(bucket.count);
  }
  Json json = Json::object();
  json.set("max_us", max_).set("sum_us", sum_).set("buckets", std::move(pairs));
  return json;
}

Result<Histogram> Histogram::from_json(const Json& json, std::string_view path) {
  const auto bad = [&](const char* what) {
    return fail(ErrorCode::validation_error, what, std::string(path));
  };
  const Json* pairs = json.find("buckets");
  const Json* max = json.find("max_us");
  const Json* sum = json.find("sum_us");
  if (pairs == nullptr || !pairs->is_array() || pairs->items().size() % 2 != 0) {
    return bad("a histogram has `buckets`: value and count in turn");
  }
  if (max == nullptr || !max->is_integer() || sum == nullptr || !sum->is_integer()) {
    return bad("a histogram has `max_us` and `sum_us`");
  }
  Histogram read;
  for (std::size_t i = 0; i < pairs->items().size(); i += 2) {
    const Json& value = pairs->items()[i];
    const Json& count = pairs->items()[i + 1];
    if (!value.is_integer() || !count.is_integer()) return bad("buckets hold integers");
    read.record(value.as_uint(), count.as_uint());
  }
  read.max_ = max->as_uint();
  read.sum_ = sum->as_uint();
  return read;
}

}  // namespace studiosync::load
