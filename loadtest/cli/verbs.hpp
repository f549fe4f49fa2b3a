// One function a verb; each returns the exit code.
#pragma once

#include <string>
#include <vector>

#include "loadtest/linked/run.hpp"
#include "loadtest/run/run_options.hpp"

namespace studiosync::load {

// For those that are several processes.
inline constexpr const char* this_program = "/proc/self/exe";

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

struct CurveVerb {
  std::vector<std::string> files;  // JSON of runs
  double growth_percent_max = 10;
  double noise_percent = 2;
};
int run_curve(const CurveVerb& verb);

struct WorkersVerb {
  std::size_t count = 2;
  RunVerb run;
};
int run_workers(const WorkersVerb& verb);

struct LinkedVerb {
  LinkedOptions options;
  std::string json_file;
  std::string html_file;
};
int run_linked(const LinkedVerb& verb);

struct NullServerVerb {
  std::uint16_t port = 0;
};
// Until SIGTERM or SIGINT.
int run_null_server(const NullServerVerb& verb);

}  // namespace studiosync::load
