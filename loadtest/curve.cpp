#include "loadtest/curve.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace studiosync::load {
namespace {

constexpr std::array<std::string_view, 3> dimensions{"users", "devices", "records"};

// Fewer are no device more, but one that was late.
constexpr double further_pushes_min = 0.5;

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

// A doubling of the size.
double growth(const CurvePoint& from, const CurvePoint& to, double from_us, double to_us) {
  const double doublings = std::log2(static_cast<double>(to.size) / static_cast<double>(from.size));
  return std::pow(to_us / from_us, 1 / doublings) - 1;
}

// The further pushes of a point lie between it and the one before: where the point is twice as far,
// so are they.
std::optional<double> push_growth(const CurvePoint& from, const CurvePoint& to) {
  if (from.push_us.value_or(0) <= 0 || to.push_us.value_or(0) <= 0) return std::nullopt;
  return growth(from, to, *from.push_us, *to.push_us);
}

Result<std::uint64_t> size_of(const Results& run, const std::string& dimension) {
  std::uint64_t size = 0;
  const std::string text = option(run, dimension);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
  if (read.ec == std::errc() && size > 0) return size;
  return fail(ErrorCode::bad_request, "a run does not say its number of " + dimension);
}

// Why nothing can be learned from it; empty: something can.
std::string flaw_of(const Results& run) {
  if (!run.self.valid) return "is invalid: " + run.self.reason;
  if (run.total(Timing::sync_latency).count() == 0) return "has no edits";
  if (!run.cpu_us_per_change()) return "does not know the server's time on the processors";
  return {};
}

Result<CurvePoint> point_of(const Results& run, const std::string& dimension) {
  CurvePoint point;
  SS_ASSIGN(point.size, size_of(run, dimension));
  if (const std::string flaw = flaw_of(run); !flaw.empty()) {
    return fail(ErrorCode::bad_request,
                "the run with " + std::to_string(point.size) + " " + dimension + " " + flaw);
  }
  point.pushes = run.pushes_per_change();
  point.change_us = *run.cpu_us_per_change();
  point.latency_us = static_cast<double>(run.total(Timing::sync_latency).percentile(0.5));
  return point;
}

void compare_with(const CurvePoint& before, CurvePoint& point) {
  point.growth = growth(before, point, before.change_us, point.change_us);
  const double further = point.pushes - before.pushes;
  if (further < further_pushes_min) return;
  point.push_us = (point.change_us - before.change_us) / further;
  point.push_growth = push_growth(before, point);
}

// Two runs tell what a push costs, and a third whether that grows.
Result<> check_pushes(const Curve& curve) {
  if (curve.dimension != "devices") return {};
  if (curve.points.size() < 3) {
    return fail(ErrorCode::bad_request, "a curve of devices needs three runs at least");
  }
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    if (curve.points[i].push_us) continue;
    return fail(ErrorCode::bad_request, "with " + std::to_string(curve.points[i].size) +
                                            " devices a change reached no more of them than with " +
                                            std::to_string(curve.points[i - 1].size));
  }
  return {};
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
    compare_with(curve.points[i - 1], curve.points[i]);
  }
  SS_TRY(check_pushes(curve));
  const CurvePoint& first = curve.points.front();
  const CurvePoint& last = curve.points.back();
  curve.growth = growth(first, last, first.change_us, last.change_us);
  if (curve.points.size() > 2) curve.push_growth = push_growth(curve.points[1], last);
  return curve;
}

}  // namespace studiosync::load
