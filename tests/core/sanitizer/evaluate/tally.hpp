// Figures over many fixtures: in all, by class and by dialect.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "tests/core/sanitizer/evaluate/judge.hpp"

namespace studiosync::testing {

struct Tally {
  std::size_t positives = 0;
  std::size_t recalled = 0;
  std::size_t exact = 0;
  std::size_t negatives = 0;
  std::size_t clean_negatives = 0;  // without a wrong hit
  std::size_t right_hits = 0;
  std::size_t wrong_hits = 0;
  std::size_t not_idempotent = 0;
  std::size_t not_accepted = 0;
  std::size_t refused_raw = 0;  // positives that the validator alone would have stopped

  void add(const SanitizerFixture& fixture, const Verdict& verdict);

  // Rates from 0 to 1; 1 where there is nothing to count.
  double recall() const;
  double exactness() const;
  double precision() const;
  double refusal() const;  // of positives, by the validator alone
};

struct Tallies {
  Tally all;
  Tally sql_negatives;
  std::map<std::string, Tally> by_class;
  std::map<std::string, Tally> by_dialect;

  void add(const SanitizerFixture& fixture, const Verdict& verdict);
};

}  // namespace studiosync::testing
