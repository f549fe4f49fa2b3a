#include "e2e/trace/recording.hpp"

#include <algorithm>
#include <map>

namespace studiosync::e2e {
namespace {

ReplicaId replica_of(const Happening& what) {
  if (const auto* frozen = std::get_if<FrozenEdit>(&what)) return frozen->replica;
  if (const auto* answer = std::get_if<Acknowledged>(&what)) return answer->replica;
  return {};
}

std::string user_of(const Happening& what) {
  if (const auto* edited = std::get_if<Edited>(&what)) return edited->user;
  if (const auto* answer = std::get_if<Acknowledged>(&what)) return answer->user;
  if (const auto* turned = std::get_if<Turned>(&what)) return turned->user;
  return {};
}

bool of_a_device(const Event& event) {
  return event.lane != "server" && event.lane != "network";
}

// Of one lane of one recording.
struct Lane {
  std::string name;
  ReplicaId replica;  // nil where nothing tells it
  std::string user;
};

std::vector<Lane> lanes_of(const Recording& recording) {
  std::vector<Lane> lanes;
  for (const Event& event : recording.history) {
    if (!of_a_device(event)) continue;
    auto lane = std::ranges::find(lanes, event.lane, &Lane::name);
    if (lane == lanes.end()) lane = lanes.insert(lanes.end(), {.name = event.lane});
    if (lane->replica == ReplicaId{}) lane->replica = replica_of(event.what);
    if (lane->user.empty()) lane->user = user_of(event.what);
  }
  return lanes;
}

class Joiner {
 public:
  void take(const Recording& recording) {
    std::map<std::string, std::string> names;
    for (const Lane& lane : lanes_of(recording)) names[lane.name] = device_of(lane, recording);
    std::size_t others = 0;
    for (const Event& event : recording.history) {
      if (of_a_device(event)) {
        together_.events.push_back({names.at(event.lane), &event});
      } else {
        ++others;
      }
    }
    if (others == 0) return;
    note(recording.name + ": " + std::to_string(others) +
         " events of server and network: the scenario has its own");
  }

  Together finish() {
    std::ranges::stable_sort(together_.events, {},
                             [](const DeviceEvent& one) { return one.event->at; });
    return std::move(together_);
  }

 private:
  struct Known {
    Lane lane;
    std::string device;
  };

  void note(std::string line) { together_.notes.push_back(std::move(line)); }

  std::string device_of(const Lane& lane, const Recording& recording) {
    std::size_t namesakes = 0;
    for (Known& known : known_) {
      if (known.lane.name != lane.name) continue;
      ++namesakes;
      const bool told = known.lane.replica != ReplicaId{} && lane.replica != ReplicaId{};
      if (told && known.lane.replica != lane.replica) continue;
      if (!told && known.lane.replica == ReplicaId{}) known.lane.replica = lane.replica;
      return known.device;
    }
    std::string device = lane.name;
    if (namesakes > 0) {
      device += "-" + std::to_string(namesakes + 1);
      note(recording.name + ": another database than the first '" + lane.name +
           "': taken as the device '" + device + "'");
    }
    known_.push_back({lane, device});
    together_.devices.push_back({.name = device, .user = user_name(lane.user)});
    return device;
  }

  // An account's id is nobody's business.
  std::string user_name(const std::string& user) {
    auto place = std::ranges::find(users_, user);
    if (place == users_.end()) place = users_.insert(users_.end(), user);
    const auto number = place - users_.begin() + 1;
    return number == 1 ? "user" : "user-" + std::to_string(number);
  }

  Together together_;
  std::vector<Known> known_;
  std::vector<std::string> users_;
};

}  // namespace

Together put_together(std::span<const Recording> recordings) {
  Joiner joiner;
  for (const Recording& recording : recordings) joiner.take(recording);
  return joiner.finish();
}

}  // namespace studiosync::e2e
