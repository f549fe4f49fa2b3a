// The users and devices of one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "loadtest/fleet/pump.hpp"
#include "loadtest/fleet/thin_link.hpp"
#include "loadtest/fleet/virtual_device.hpp"
#include "loadtest/fleet/window.hpp"

namespace studiosync::load {

struct TeamOptions {
  std::string url;      // of the push channel
  std::string ca_file;  // empty: the system's
  std::string run;      // goes into device ids: each run's devices are new ones
  std::uint64_t seed = 0;
  std::size_t devices_a_user = 1;
  std::optional<std::size_t> contents_max;  // of a device's store
  Contents contents = Contents::mixed;
  e2e::HistorySink* history = nullptr;        // outlives the team; nothing: none is written
  std::vector<std::string> source_addresses;  // devices take turns; empty: the system's choice
};

// On the io_context's one thread.
class Team {
 public:
  // `first_user` is the number of the first of `accounts` among all of the run.
  Team(boost::asio::io_context& io, TeamOptions options, const std::vector<Account>& accounts,
       std::size_t first_user);

  World& world() noexcept { return world_; }
  Recorder& recorder() noexcept { return world_.recorder; }
  Random& random() noexcept { return world_.random; }

  std::vector<std::unique_ptr<User>>& users() noexcept { return users_; }
  User& random_user() { return *users_[world_.random.below(users_.size())]; }
  std::size_t devices_a_user() const noexcept { return options_.devices_a_user; }
  std::size_t device_count() const noexcept { return users_.size() * options_.devices_a_user; }
  VirtualDevice& device(std::size_t index);
  void each_device(const std::function<void(VirtualDevice&)>& visit);

  // Puts a device that knows nothing in the place of this one, which is gone; offline.
  VirtualDevice& renew(User& user, std::size_t place);
  // A further device of the user, outside its places, that forgets all contents; offline.
  std::unique_ptr<VirtualDevice> make_reader(User& user);
  // The connection of a further device of the user.
  std::unique_ptr<ThinLink> make_link(User& user);

  // Calls `work` in a later turn, at that moment.
  void at(Moment moment, std::function<void()> work);

 private:
  std::unique_ptr<VirtualDevice> make_device(User& user, std::size_t place,
                                             std::optional<std::size_t> contents_max,
                                             bool in_history);

  // Of a device that does not exist yet.
  ThinLink::Options next_device();

  TeamOptions options_;
  World world_;
  std::uint64_t devices_made_ = 0;
  const std::size_t first_user_;
  std::vector<std::unique_ptr<User>> users_;
};

}  // namespace studiosync::load
