// What the sanitizer promises, as figures that a build may not fall below.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/sanitizer/evaluate/tally.hpp"

namespace studiosync::testing {

// Formats that grammar or prefix give away: there is no excuse for missing one.
inline constexpr std::array<std::string_view, 5> hard_classes = {"provider", "uri", "pem", "jwt",
                                                                 "sql_clause"};
inline constexpr double class_recall_min = 0.99;
inline constexpr double precision_min = 0.995;

// Fewer fixtures than this prove nothing: an empty corpus must not hold.
inline constexpr std::size_t positives_min = 1'800;
inline constexpr std::size_t sql_negatives_min = 3'000;

// The promises that the figures break, a sentence each; empty when all hold.
std::vector<std::string> broken_bounds(const Tallies& tallies);

}  // namespace studiosync::testing
