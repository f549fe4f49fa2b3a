// Two runs side by side: what became slower, rarer or worse.
#pragma once

#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

struct ComparedFigure {
  std::string name;
  std::string before;  // as people write it
  std::string after;
  double ratio = 1;  // after ÷ before; 1 where both are nothing
  bool regressed = false;
};

struct Comparison {
  std::vector<ComparedFigure> figures;
  std::vector<std::string> remarks;  // why the two may not be comparable
  bool regressed = false;
  bool lost = false;  // the second run lost more
  bool valid = true;  // both say something about the server
};

// Figures that both have; a remark names those that only one has.
//
// `tolerance` is the share by which a figure may be worse: 0.1 = ten percent. Differences that no
// user notices (below a millisecond, a tenth of a percent) are none.
Comparison compare(const Results& before, const Results& after, double tolerance);

}  // namespace studiosync::load
