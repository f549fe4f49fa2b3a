#include <algorithm>
#include <cmath>

#include "loadtest/curve.hpp"
#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

constexpr const char* change = "one change";
constexpr const char* push = "a further push";

struct Cost {
  double us = 0;
  double error_us = 0;  // it may be off by so much
};

struct Step {
  const CurvePoint& from;
  const CurvePoint& to;
};

double error_of(const CurvePoint& point, const CurveRule& rule) {
  return point.change_us * rule.noise;
}

Cost change_of(const CurvePoint& point, const CurveRule& rule) {
  return {point.change_us, error_of(point, rule)};
}

// What two runs are off by independently of each other is in their difference.
Cost push_of(const CurvePoint& before, const CurvePoint& point, const CurveRule& rule) {
  return {*point.push_us, std::hypot(error_of(before, rule), error_of(point, rule)) /
                              (point.pushes - before.pushes)};
}

CurveVerdict verdict_on(const Step& step, const Cost& before, const Cost& after,
                        const CurveRule& rule) {
  const double doublings =
      std::log2(static_cast<double>(step.to.size) / static_cast<double>(step.from.size));
  const double allowed = std::pow(1 + rule.growth_max, doublings);
  const double excess = after.us - before.us * allowed;
  if (excess <= 0) return CurveVerdict::ok;
  const bool explained = excess <= std::hypot(after.error_us, before.error_us * allowed);
  return explained ? CurveVerdict::within_noise : CurveVerdict::failed;
}

std::string text_of(const char* what, const Step& step, double before_us, double after_us,
                    const std::optional<double>& growth, const Curve& curve) {
  return std::string(what) + " costs " + duration_of(after_us) + " with " +
         std::to_string(step.to.size) + " " + curve.dimension + ", " + duration_of(before_us) +
         " with " + std::to_string(step.from.size) +
         (growth ? ": " + percent_of(*growth) + " a doubling" : "");
}

CurveVerdict strictly(double growth, const CurveRule& rule) {
  return growth < rule.growth_max ? CurveVerdict::ok : CurveVerdict::failed;
}

void judge_changes(const Curve& curve, const CurveRule& rule, std::vector<CurveFinding>& found) {
  const auto& points = curve.points;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Step step{points[i - 1], points[i]};
    found.push_back(
        {verdict_on(step, change_of(step.from, rule), change_of(step.to, rule), rule),
         text_of(change, step, step.from.change_us, step.to.change_us, step.to.growth, curve)});
  }
  const Step all{points.front(), points.back()};
  found.push_back({strictly(curve.growth, rule), text_of(change, all, all.from.change_us,
                                                         all.to.change_us, curve.growth, curve)});
}

void judge_pushes(const Curve& curve, const CurveRule& rule, std::vector<CurveFinding>& found) {
  const auto& points = curve.points;
  for (std::size_t i = 2; i < points.size(); ++i) {
    const Step step{points[i - 1], points[i]};
    const Cost before = push_of(points[i - 2], points[i - 1], rule);
    const Cost after = push_of(points[i - 1], points[i], rule);
    found.push_back({verdict_on(step, before, after, rule),
                     text_of(push, step, before.us, after.us, step.to.push_growth, curve)});
  }
  if (!curve.push_growth) return;
  const Step all{points[1], points.back()};
  found.push_back(
      {strictly(*curve.push_growth, rule),
       text_of(push, all, *all.from.push_us, *all.to.push_us, curve.push_growth, curve)});
}

void tell_changes(const Curve& curve, const CurveRule& rule, std::vector<CurveFinding>& found) {
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    const Step step{curve.points[i - 1], curve.points[i]};
    if (*step.to.growth < rule.growth_max) continue;
    const std::string text =
        text_of(change, step, step.from.change_us, step.to.change_us, step.to.growth, curve);
    found.push_back({CurveVerdict::told, text + ", not judged: it has more pushes to send"});
  }
}

}  // namespace

std::vector<CurveFinding> judge(const Curve& curve, const CurveRule& rule) {
  std::vector<CurveFinding> found;
  if (curve.dimension == "devices") {
    judge_pushes(curve, rule, found);
    tell_changes(curve, rule, found);
  } else {
    judge_changes(curve, rule, found);
  }
  return found;
}

}  // namespace studiosync::load
