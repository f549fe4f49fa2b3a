// What a scenario expects at a point, and what is there at its end.
#include <limits>

#include "e2e/sim/world.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
constexpr UserReader::PageLimits everything{all, all};

}  // namespace

void World::expect(const Step& step) {
  if (!step.expectation) return;
  if (auto text = look(step); !text.empty()) {
    unmet_.push_back({step_, std::move(text), recorder_.last_event()});
  }
}

std::string World::look(const Step& step) {
  if (!step.device.empty()) {
    SimDevice* device = find(step.device);
    if (device == nullptr || !device->running()) return step.device + " does not run";
    return mismatch(step, device->state());
  }
  if (!server_.running()) return "the server does not run";
  std::vector<ServerState> users;
  for (const auto& [ref, name] : users_) users.push_back(server_state(ref, name));
  return mismatch(step, users);
}

void World::write_states() {
  for (const auto& device : devices_) recorder_.note(device->name(), device->state());
  for (const auto& [ref, name] : users_) write_server_state(ref, name);
}

ServerState World::server_state(server::UserRef ref, const std::string& user) {
  ServerState state{.user = user, .archive = server_storage_->archive(ref)};
  (void)server_.store()->read(ref, [&](UserReader& log) {
    state.numbers = log.state();
    state.rows = log.page({}, everything);
  });
  return state;
}

void World::write_server_state(server::UserRef ref, const std::string& user) {
  ServerState state = server_state(ref, user);
  for (const ArchiveRow& row : state.archive) {
    for (const std::string& text :
         {row.conflict.local.content, row.conflict.remote.content, row.result}) {
      recorder_.look_for_leaks("server", "the archive", text);
    }
  }
  recorder_.note("server", std::move(state));
}

}  // namespace studiosync::e2e
