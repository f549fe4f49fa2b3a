// One function a verb; each returns the exit code.
#pragma once

#include <string>

#include "loadtest/run/run_options.hpp"

namespace studiosync::load {

struct RunVerb {
  RunOptions options;
  std::string json_file;  // `-` is standard output
  std::string html_file;
  bool quiet = false;
};
int run_run(const RunVerb& verb);

struct CompareVerb {
  std::string before;
  std::string after;
  double tolerance_percent = 10;
  bool json = false;
};
int run_compare(const CompareVerb& verb);

struct WorkersVerb {
  std::size_t count = 2;
  RunVerb run;
};
int run_workers(const WorkersVerb& verb);

}  // namespace studiosync::load
