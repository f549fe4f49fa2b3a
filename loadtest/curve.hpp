// How the cost of one change grows with the number of users, of records or of devices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

struct CurvePoint {
  std::uint64_t size = 0;
  double cost_us = 0;            // of one change: the median of its sync_latency
  std::optional<double> growth;  // a doubling, from the point before: 0.1 = ten percent
};

struct Curve {
  std::string dimension;           // users, devices (of a user) or records (of a user)
  std::vector<CurvePoint> points;  // rising
  double growth = 0;               // a doubling, from the first to the last
};

// Of at least two runs that differ in one dimension and in nothing else that shaped them.
// `bad_request` says what else does, or which of them cannot be used: invalid ones, and those
// without an edit.
Result<Curve> curve_of(const std::vector<Results>& runs);

}  // namespace studiosync::load
