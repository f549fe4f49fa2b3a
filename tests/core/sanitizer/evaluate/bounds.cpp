#include "tests/core/sanitizer/evaluate/bounds.hpp"

#include <algorithm>

#include "tests/core/sanitizer/evaluate/report.hpp"

namespace studiosync::testing {
namespace {

bool is_hard(std::string_view group) {
  return std::ranges::find(hard_classes, group) != hard_classes.end();
}

void check_recall(const Tallies& tallies, std::vector<std::string>& broken) {
  for (const auto& [group, tally] : tallies.by_class) {
    const double least = is_hard(group) ? 1 : class_recall_min;
    if (tally.recall() < least) {
      broken.push_back("recall of " + group + " is " + percent(tally.recall()) + ", below " +
                       percent(least));
    }
  }
  for (const std::string_view group : hard_classes) {
    if (!tallies.by_class.contains(std::string(group))) {
      broken.push_back("no fixture of " + std::string(group));
    }
  }
}

void check_none(std::size_t count, std::string_view what, std::vector<std::string>& broken) {
  if (count > 0) broken.push_back(std::to_string(count) + " " + std::string(what));
}

void check_size(std::size_t count, std::size_t least, std::string_view what,
                std::vector<std::string>& broken) {
  if (count < least) {
    broken.push_back(std::to_string(count) + " " + std::string(what) + ", fewer than " +
                     std::to_string(least));
  }
}

}  // namespace

std::vector<std::string> broken_bounds(const Tallies& tallies) {
  std::vector<std::string> broken;
  check_size(tallies.all.positives, positives_min, "positives", broken);
  check_size(tallies.sql_negatives.negatives, sql_negatives_min, "negatives of SQL", broken);
  check_recall(tallies, broken);
  if (tallies.all.precision() < precision_min) {
    broken.push_back("precision is " + percent(tallies.all.precision()) + ", below " +
                     percent(precision_min));
  }
  check_none(tallies.sql_negatives.wrong_hits, "findings in ordinary SQL", broken);
  check_none(tallies.all.not_accepted, "redacted texts refused by the validator", broken);
  check_none(tallies.all.not_idempotent, "redacted texts redacted again", broken);
  return broken;
}

}  // namespace studiosync::testing
