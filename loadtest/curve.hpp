// How the cost of one change grows with the number of users, of records or of devices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

// Costs are microseconds that the server spent on the processors, the generator's not among them.
struct CurvePoint {
  std::uint64_t size = 0;
  double pushes = 0;     // of one change
  double change_us = 0;  // one change with its pushes
  // Of each push that the point before had not; below nothing where the runs' noise makes it so;
  // nothing where it had as many.
  std::optional<double> push_us;
  double latency_us = 0;  // the median of sync_latency
  // From the point before, a doubling: 0.1 = 10 percent. Of a push where both have cost anything.
  std::optional<double> growth;
  std::optional<double> push_growth;
};

struct Curve {
  std::string dimension;              // users, devices (of a user) or records (of a user)
  std::vector<CurvePoint> points;     // rising
  double growth = 0;                  // of one change, a doubling, from the first to the last
  std::optional<double> push_growth;  // of a further push, likewise
};

// Of at least two runs, of devices three, that differ in one dimension and in nothing else that
// shaped them. `bad_request` says what else does, or which of them cannot be used: invalid ones,
// those without an edit, those whose server did not tell its time on the processors, and of devices
// those whose changes reached no more of them.
Result<Curve> curve_of(const std::vector<Results>& runs);

struct CurveRule {
  double growth_max = 0.10;  // a doubling
  double noise = 0.02;       // a run's cost is right within this share
};

enum class CurveVerdict : std::uint8_t {
  ok,
  within_noise,  // dearer than the rule has it, and no more than the runs' noise explains
  failed,
  told,  // not judged
};

struct CurveFinding {
  CurveVerdict verdict{};
  std::string text;
};

// With more users or records a change has the same to do: what is judged is its whole cost. With
// more devices it has so many more pushes to send, at whatever price one has, and its whole cost
// grows with them: what is judged is that price, and the whole cost is told where it grows beyond
// the rule. Each step is judged against the point before, with an allowance for noise: a run's cost
// is as precise as the rule says, and the price of a push, a difference of two, by so much less.
// From the first point to the last there is no allowance.
std::vector<CurveFinding> judge(const Curve& curve, const CurveRule& rule);

}  // namespace studiosync::load
