#include "loadtest/curve.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace studiosync::load {
namespace {

constexpr std::array<std::string_view, 3> dimensions{"users", "devices", "records"};

std::string option(const Results& run, const std::string& name) {
  const auto at = run.options.find(name);
  return at == run.options.end() ? std::string() : at->second;
}

std::set<std::string> differing_options(const std::vector<Results>& runs) {
  std::set<std::string> names;
  for (const Results& run : runs) {
    for (const auto& [name, value] : run.options) {
      if (value != option(runs.front(), name)) names.insert(name);
    }
    for (const auto& [name, value] : runs.front().options) {
      if (value != option(run, name)) names.insert(name);
    }
    if (run.scenario != runs.front().scenario) names.insert("scenario");
  }
  return names;
}

Result<std::string> dimension_of(const std::vector<Results>& runs) {
  const auto names = differing_options(runs);
  if (names.empty()) return fail(ErrorCode::bad_request, "the runs do not differ");
  if (names.size() == 1 && std::ranges::find(dimensions, *names.begin()) != dimensions.end()) {
    return *names.begin();
  }
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return fail(ErrorCode::bad_request,
              "the runs must differ in users, devices or records alone, and differ in " + all);
}

double growth(const CurvePoint& from, const CurvePoint& to) {
  const double doublings = std::log2(static_cast<double>(to.size) / static_cast<double>(from.size));
  return std::pow(to.cost_us / from.cost_us, 1 / doublings) - 1;
}

Result<CurvePoint> point_of(const Results& run, const std::string& dimension) {
  CurvePoint point;
  const std::string size = option(run, dimension);
  const auto read = std::from_chars(size.data(), size.data() + size.size(), point.size);
  if (read.ec != std::errc() || point.size == 0) {
    return fail(ErrorCode::bad_request, "a run does not say its number of " + dimension);
  }
  const Histogram all = run.total(Timing::sync_latency);
  if (all.count() == 0 || !run.self.valid) {
    return fail(ErrorCode::bad_request,
                "the run with " + size + " " + dimension +
                    (run.self.valid ? " has no edits" : " is invalid: " + run.self.reason));
  }
  point.cost_us = static_cast<double>(all.percentile(0.5));
  return point;
}

}  // namespace

Result<Curve> curve_of(const std::vector<Results>& runs) {
  if (runs.size() < 2) return fail(ErrorCode::bad_request, "a curve needs two runs at least");
  Curve curve;
  SS_ASSIGN(curve.dimension, dimension_of(runs));
  for (const Results& run : runs) {
    SS_ASSIGN(const CurvePoint point, point_of(run, curve.dimension));
    curve.points.push_back(point);
  }
  std::ranges::sort(curve.points, {}, &CurvePoint::size);
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    if (curve.points[i].size == curve.points[i - 1].size) {
      return fail(ErrorCode::bad_request, "two runs are of the same size");
    }
    curve.points[i].growth = growth(curve.points[i - 1], curve.points[i]);
  }
  curve.growth = growth(curve.points.front(), curve.points.back());
  return curve;
}

}  // namespace studiosync::load
