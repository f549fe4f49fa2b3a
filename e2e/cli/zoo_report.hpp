// What becomes of each bug of the zoo, as lines for people, as JSON lines, or as a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "e2e/cli/bug_hunt.hpp"

namespace studiosync::e2e {

// A scenario that shows a bug, made small.
struct Shrunk {
  std::size_t devices = 0;
  std::size_t steps = 0;
  double seconds = 0;      // of the wall's clock
  bool exhausted = false;  // they were not enough for the smallest
  // Small enough for a person to see at once what happens, and soon enough to wait for it.
  bool small() const noexcept { return devices <= 3 && steps <= 12 && seconds < 60; }
};

enum class ReportStyle : std::uint8_t { text, json, markdown };

// Why a bug is not looked for; empty where it is.
std::string out_of_reach(const Bug& bug);

class ZooReport {
 public:
  explicit ZooReport(ReportStyle style);

  // How far it is, where standard error is a terminal.
  void show_progress(const Bug& bug, const Hunt& hunt) const;
  void skipped(const Bug& bug);
  void hunted(const Bug& bug, const Hunt& hunt, const std::optional<Shrunk>& shrunk);
  // The sum of all, or of those until it was interrupted. Whether no bug was missed.
  bool finish(bool interrupted);

 private:
  struct Row;
  void print(const Row& row) const;
  std::string sum() const;
  Json sum_json() const;
  double median() const;

  const ReportStyle style_;
  const bool live_;
  std::vector<double> seconds_;  // of those that were found
  std::size_t otherwise_ = 0;    // … by rules that the catalog does not expect
  std::size_t missed_ = 0;
  std::size_t skipped_ = 0;
  std::size_t shrunk_ = 0;
  std::size_t small_ = 0;
};

}  // namespace studiosync::e2e
