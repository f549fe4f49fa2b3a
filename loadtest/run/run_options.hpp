// What a load run is to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {

struct RunOptions {
  std::string target;          // http(s)://host:port
  std::string permitted_host;  // a host that may be loaded beside this machine
  std::string ca_file;         // of the target's certificate; empty: the system's
  std::string scenario = "steady";
  std::size_t users = 10;
  std::size_t devices = 2;  // of each user
  Contents contents = Contents::mixed;
  std::optional<std::size_t> records;  // that each user has beforehand; nothing: as the scenario
  std::chrono::seconds duration{30};
  std::optional<std::chrono::seconds> ramp;  // all devices connect within it; nothing: by number
  double rate = 0;                           // operations a second; 0: as the scenario
  std::optional<Spacing> spacing;
  std::size_t threads = 1;
  std::uint64_t seed = 1;
  std::string users_file;      // JSON lines of `syncd users create`; empty: registers
  std::size_t users_skip = 0;  // so many lines belong to others
  std::vector<std::string> thresholds;
  std::string objective;  // --find-max: a threshold; empty: one measurement
  bool verify = true;
  std::chrono::seconds settle_patience{30};  // what is unanswered so long after the end is lost
  std::string history_file;                  // of what happened; empty: none is written
  std::string gate;                          // a file: measures once nobody holds its lock
};

// How the run's results are labelled: everything that shaped it.
std::map<std::string, std::string> described(const RunOptions& options);

// The addresses of this machine that its devices connect from: several where the target is on the
// loopback and one has not enough ports; else none, which is the system's choice.
std::vector<std::string> source_addresses(const RunOptions& options);

// The scenario's shape, with its own values where the options name none.
Shape shape_of(const RunOptions& options, const ScenarioSpec& spec);

// `bad_request` with a hint for what cannot be run: a target that is another machine's and not
// permitted, no scenario of that name, too few devices for it, a threshold that is none, more
// devices than this process may have connections.
Result<> check_options(const RunOptions& options);

}  // namespace studiosync::load
