// How the cost of one change grows with the number of users, of records or of devices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

// Costs are microseconds that the server spent on the processors, the generator's not among them.
//
// A change has to be answered and to be pushed to each other device of its user. With twice the
// devices there is so much more to send, at whatever price a message has: a change's whole cost
// grows with them, and what must not grow is the cost of a message. With more users or records the
// number of messages is the same, and both grow alike.
struct CurvePoint {
  std::uint64_t size = 0;
  double pushes = 0;      // of one change
  double change_us = 0;   // one change with its pushes
  double message_us = 0;  // the same, for each message: the answer and the pushes
  // Of each push that the point before had not; nothing where there was none.
  std::optional<double> push_us;
  double latency_us = 0;  // the median of sync_latency
  std::optional<double>
      growth;  // of a message, a doubling, from the point before: 0.1 = 10 percent
};

struct Curve {
  std::string dimension;           // users, devices (of a user) or records (of a user)
  std::vector<CurvePoint> points;  // rising
  double growth = 0;               // of a message, a doubling, from the first to the last
  // Of a further push, a doubling; where three points or more have different numbers of devices.
  std::optional<double> push_growth;
};

// Of at least two runs that differ in one dimension and in nothing else that shaped them.
// `bad_request` says what else does, or which of them cannot be used: invalid ones, those without
// an edit, and those whose server did not tell its time on the processors.
Result<Curve> curve_of(const std::vector<Results>& runs);

}  // namespace studiosync::load
