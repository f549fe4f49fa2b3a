// Devices with sockets beside the linked ones: another process, so that their own ends cost the
// server neither memory nor descriptors.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "loadtest/results.hpp"
#include "loadtest/run/scratch_folder.hpp"
#include "os/child_process.hpp"

namespace studiosync::load {

// A run of the scenario `idle` by two devices a user: all connect in the first half of it, and in
// the second one any of them pushes now and then. Not thread-safe.
class SocketCrowd {
 public:
  struct Plan {
    std::string program;  // syncload
    std::string target;
    std::size_t devices = 0;     // an even number
    std::size_t first_user = 1;  // by its number; those behind it are theirs, too
  };
  // `store_error` where its files cannot be written, or what kept the process from starting.
  static Result<SocketCrowd> start(const Plan& plan);

  // Once it is over: its results, or why there are none.
  std::optional<Result<Results>> take_results();

 private:
  SocketCrowd(ScratchFolder scratch, os::ChildProcess process);

  ScratchFolder scratch_;
  os::ChildProcess process_;
};

// How many of `asked` devices can have a socket on a server in a process of this kind. More than
// that is allowed where less stands in the way.
struct SocketRoom {
  std::size_t devices = 0;
  std::string remark;  // what stopped more; empty: nothing did
};
SocketRoom room_for_sockets(std::size_t asked, std::size_t descriptors_max);

}  // namespace studiosync::load
