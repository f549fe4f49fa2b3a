// Where rules put what they find.
#pragma once

#include <utility>

#include "e2e/checkers/check.hpp"
#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

class Report {
 public:
  // The facts must outlive it. `rule` names what is added.
  Report(const Facts& facts, std::string_view rule, std::vector<Violation>& found)
      : facts_(facts), rule_(rule), found_(found) {}

  void add(Index event, RecordNo record, std::string message);
  // Of no record.
  void add(Index event, std::string_view user, std::string message);

 private:
  const Facts& facts_;
  std::string_view rule_;
  std::vector<Violation>& found_;
};

// For messages: a value, cut to a length that people read.
std::string shown(const Facts& facts, ValueNo value);
std::string shown(const Rev& rev);

}  // namespace studiosync::e2e::judging
