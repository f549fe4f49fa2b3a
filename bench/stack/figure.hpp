// What one measurement found: its headlines, each beside a limit of the same run and a target, and
// the limits themselves.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "bench/stack/percentile.hpp"
#include "core/base/json.hpp"

namespace studiosync::bench {

struct Headline {
  enum class Goal : unsigned char { at_most, at_least };

  std::string name;
  std::string unit;
  double measured = 0;
  double limit = 0;
  std::string limit_meaning;
  double target = 0;
  Goal goal = Goal::at_most;
  double noise = 0;  // as a share of `measured`

  bool met() const noexcept {
    return goal == Goal::at_most ? measured <= target : measured >= target;
  }
  double ratio() const noexcept { return measured / limit; }
};

struct Limit {
  Seconds value{};
  std::string meaning;
};

// A percentile of durations that must not exceed `target`.
Headline at_most(std::string name, const std::vector<Seconds>& samples, double percent,
                 const Limit& limit, Seconds target);

struct Figure {
  std::string name;
  std::vector<Headline> headlines;
  Json limits;           // see LimitProbes
  Json details;          // object: whatever else is worth comparing, and the samples
  std::string remark{};  // a line below the headlines; may be empty
  bool quiet = true;     // else all of it is void
};

enum class Verdict : unsigned char {
  met,
  missed,
  none,  // nothing was missed, but a part is void: F, and targets with it, are not the disk's
};

// A target that was missed on a quiet machine is missed, whatever the other figures are worth.
Verdict verdict(const std::vector<Figure>& figures);
Json to_json(const std::vector<Figure>& figures);
std::string to_table(const std::vector<Figure>& figures);

// As printf does, of at most 200 characters.
template <class... Values>
std::string text_of(const char* format, Values... values) {
  char text[201];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

// An array of microseconds.
Json samples_json(const std::vector<Seconds>& samples);

}  // namespace studiosync::bench
