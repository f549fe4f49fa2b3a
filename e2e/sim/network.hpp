// All connections of a run. Each device has a path with conditions of its own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/protocol/codec.hpp"
#include "e2e/scenario/scenario.hpp"
#include "e2e/sim/link.hpp"

namespace studiosync::e2e {

class Network {
 public:
  Network(Scheduler& scheduler, Recorder& recorder, ServerDoor& door, LinkKind kind,
          std::uint64_t seed);

  // A device's place in the network; valid as long as the network.
  struct Path {
    LinkUser* user;
    std::string lane;
    Encoding encoding;
    LinkConditions conditions{};
    std::uint64_t link = 0;  // the newest one; 0 = none
  };
  Path& add(LinkUser& user, const std::string& lane, Encoding encoding);

  void open(Path& path, Connection connection);
  void send(Path& path, const Frame& frame);
  void close(Path& path);  // also when the device dies
  void server_died();
  // From a backup, which takes an operator longer than a request can be on its way: none that was
  // sent before comes again.
  void server_restored() { ++restores_; }
  // Its process stands still: what comes to it waits until it goes on.
  void pause_server() { server_paused_ = true; }
  void resume_server();

  // Whether a request of its own would reach the server (a login, a policy).
  bool reaches(const Path& path) const;
  bool idle() const;  // nothing is on its way

 private:
  class Ghost;

  Link* find(const Path& path);
  void arrived(std::uint64_t link, LinkWay way);
  void collect();
  void repeat_over_another_connection(const Path& path, std::string push);

  Scheduler& scheduler_;
  Recorder& recorder_;
  ServerDoor& door_;
  const LinkKind kind_;
  Random random_;
  std::vector<std::unique_ptr<Path>> paths_;
  std::map<std::uint64_t, std::unique_ptr<Link>> links_;
  std::map<const Path*, std::string> hellos_;  // of each path's newest connection
  std::vector<std::shared_ptr<Ghost>> ghosts_;
  std::uint64_t restores_ = 0;
  std::uint64_t last_link_ = 0;
  std::uint64_t in_flight_ = 0;
  std::uint64_t running_ = 0;  // the link that is being told of an arrival
  bool server_paused_ = false;
  std::vector<std::uint64_t> waiting_;  // links, once for each arrival at a server that is paused
};

}  // namespace studiosync::e2e
