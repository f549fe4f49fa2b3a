// The highest rate at which an objective holds, and the trials that it was found by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace studiosync::load {

// One measurement on the way to the highest rate.
struct Trial {
  double rate = 0;
  double measured = 0;  // of the objective
  bool met = false;     // the objective, and what else the run must keep
  bool valid = true;    // else the generator was at its end
  std::string missed;   // what else was not kept: the first such threshold; empty: nothing
  bool held() const noexcept { return met && valid; }
};

// What stands above the rate that was found.
enum class CapacityLimit : std::uint8_t {
  server,     // what it does not hold, within the precision
  generator,  // what this generator cannot ask of it: the server's own limit is not known
  trials,     // nothing yet that is near: the search ended before
};
std::string_view to_string(CapacityLimit limit) noexcept;

struct Capacity {
  // Two rates as near as this are one.
  static constexpr double precision = 1.05;

  std::string objective;
  double rate = 0;  // the highest at which it held; 0 = at none
  std::vector<Trial> trials;
  CapacityLimit limited_by() const noexcept;
};

// For people: what became of a trial, and of all of them.
std::string outcome_of(const Trial& trial);
std::string finding_of(const Capacity& capacity);

}  // namespace studiosync::load
