#include "bench/stack/growth_curve.hpp"

#include <algorithm>
#include <cmath>

namespace studiosync::bench {
namespace {

constexpr double growth_max = 0.10;  // a doubling
constexpr double scatter_max = 0.05;

double growth_allowed(const CostAt& from, const CostAt& to) {
  const double doublings =
      std::log2(static_cast<double>(to.records) / static_cast<double>(from.records));
  return std::pow(1 + growth_max, doublings);
}

double scatter_allowed(const CostAt& from, const CostAt& to) {
  return std::min(scatter_max, noise(from.cpu_us) + noise(to.cpu_us));
}

Headline growth(std::string name, const CostAt& from, const CostAt& to, double allowed) {
  const double before = median(from.cpu_us);
  return {.name = std::move(name),
          .unit = "us",
          .measured = median(to.cpu_us),
          .limit = before,
          .limit_meaning = "that at " + std::to_string(from.records),
          .target = before * allowed,
          .noise = noise(to.cpu_us)};
}

}  // namespace

std::vector<Headline> growth_headlines(const std::vector<CostAt>& sizes) {
  std::vector<Headline> headlines;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const CostAt& from = sizes[i - 1];
    const CostAt& to = sizes[i];
    headlines.push_back(growth("server CPU a change at " + std::to_string(to.records), from, to,
                               growth_allowed(from, to) + scatter_allowed(from, to)));
  }
  if (headlines.size() > 1) {
    const CostAt& least = sizes.front();
    const CostAt& most = sizes.back();
    headlines.push_back(
        growth("the same over all doublings", least, most, growth_allowed(least, most)));
  }
  return headlines;
}

}  // namespace studiosync::bench
