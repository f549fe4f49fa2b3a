#include "loadtest/fleet/team.hpp"

#include <boost/asio/io_context.hpp>

#include "os/wall_clock.hpp"

namespace studiosync::load {

Team::Team(boost::asio::io_context& io, TeamOptions options, const std::vector<Account>& accounts,
           std::size_t first_user)
    : options_(std::move(options)),
      world_{.io = io,
             .recorder = {},
             .alarms = Alarms(io),
             .url = options_.url,
             .ca_file = options_.ca_file,
             .random = Random(options_.seed + first_user),
             .history = options_.history},
      first_user_(first_user) {
  const WallTime now = os::wall_now();
  for (const Account& account : accounts) {
    users_.push_back(std::make_unique<User>(
        account, User::Nature{world_.random.next(), now, options_.contents}));
    User& user = *users_.back();
    for (std::size_t place = 0; place < options_.devices_a_user; ++place) {
      user.devices.push_back(make_device(user, place, options_.contents_max, true));
    }
  }
}

ThinLink::Options Team::next_device() {
  const auto& sources = options_.source_addresses;
  const std::uint64_t number = ++devices_made_;
  return {.id = "load-" + options_.run + "-" + std::to_string(first_user_) + "-" +
                std::to_string(number),
          .source_address = sources.empty() ? "" : sources[number % sources.size()]};
}

std::unique_ptr<VirtualDevice> Team::make_device(User& user, std::size_t place,
                                                 std::optional<std::size_t> contents_max,
                                                 bool in_history) {
  ThinLink::Options next = next_device();
  return std::make_unique<VirtualDevice>(
      world_, user,
      VirtualDevice::Options{.id = std::move(next.id),
                             .place = place,
                             .contents_max = contents_max,
                             .source_address = std::move(next.source_address),
                             .in_history = in_history});
}

std::unique_ptr<ThinLink> Team::make_link(User& user) {
  return std::make_unique<ThinLink>(world_, user.account, next_device());
}

VirtualDevice& Team::device(std::size_t index) {
  User& user = *users_[index / options_.devices_a_user];
  return *user.devices[index % options_.devices_a_user];
}

void Team::each_device(const std::function<void(VirtualDevice&)>& visit) {
  for (const auto& user : users_) {
    for (const auto& device : user->devices) visit(*device);
  }
}

VirtualDevice& Team::renew(User& user, std::size_t place) {
  auto& device = user.devices[place];
  device.reset();
  device = make_device(user, place, options_.contents_max, true);
  return *device;
}

std::unique_ptr<VirtualDevice> Team::make_reader(User& user) {
  return make_device(user, devices_a_user_max - 1, 0, false);
}

void Team::at(Moment moment, std::function<void()> work) {
  auto timer = std::make_shared<boost::asio::steady_timer>(world_.io, moment);
  timer->async_wait([timer, work = std::move(work)](const boost::system::error_code& failed) {
    if (!failed) work();
  });
}

}  // namespace studiosync::load
