// Every verb's options and entry. Each returns the exit code.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "e2e/workloads/workload.hpp"

namespace studiosync::e2e {

struct SoakOptions {
  std::string seeds;         // `17` or `1..300`
  std::int64_t seconds = 0;  // in place of a last seed
  std::string faults = "all";
  std::string link = "mixed";
  std::string store;  // empty: memory, or what a scenario's file says
  WorkloadOptions workload;
  std::size_t jobs = 0;  // processes; 0 = as many as there are cores
  bool json = false;
  std::chrono::milliseconds progress_every{60'000};  // where standard error is no terminal
};
int run_soak(const SoakOptions& options);

struct RunVerbOptions {
  std::string file;
  SoakOptions of_seed;  // in place of a file: one seed with its workload
  std::string history_file;
  std::string html_file;
  std::string scenario_file;  // where the scenario of a seed is written to
  std::string bug;            // that is planted in place of the file's own; `none`
  bool json = false;
};
int run_one(const RunVerbOptions& options);

struct ListOptions {
  std::string folder = "fixtures/scenarios";
  bool json = false;
};
int run_list(const ListOptions& options);

struct CheckOptions {
  std::string file;
  bool json = false;
};
int run_check(const CheckOptions& options);

struct RealVerbOptions {
  std::string file;
  SoakOptions of_seeds;  // in place of a file
  std::string programs;  // the folder of syncd and syncctl; empty: that of this program
  std::string history_file;
  std::string keep_folder;  // where what is left of runs that fail goes to; empty: nowhere
};
int run_real_verb(const RealVerbOptions& options);

struct ShrinkVerbOptions {
  std::string file;
  SoakOptions of_seed;   // in place of a file: one seed with its workload
  std::string bug;       // as in RunVerbOptions
  std::string out_file;  // empty: standard output
  Millis time_max{300'000};
};
int run_shrink(const ShrinkVerbOptions& options);

struct FromTraceOptions {
  std::vector<std::string> files;  // recordings of one device or several
  std::string name = "from-trace";
  std::string out_file;  // empty: standard output
};
int run_from_trace(const FromTraceOptions& options);

struct BugzooOptions {
  std::string bug;  // empty: all
  std::uint64_t seeds_max = 10'000;
  std::size_t jobs = 0;       // as in SoakOptions
  WorkloadOptions workload;   // the faults are the bug's own
  std::string shrink_folder;  // where small scenarios are written to; empty: none are made
  bool list = false;
  bool json = false;
  bool markdown = false;  // a table
};
int run_bugzoo(const BugzooOptions& options);

}  // namespace studiosync::e2e
