#include "e2e/scenario/check.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/schema/json_path.hpp"
#include "e2e/scenario/step_kind.hpp"

namespace studiosync::e2e {
namespace {

// Lanes of a history that are nobody's device.
constexpr std::array<std::string_view, 2> taken_names{"server", "network"};

// As an engine calls its states.
constexpr std::array<std::string_view, 7> link_states{
    "stopped", "waiting", "connecting", "greeting", "recovering", "live", "halted"};

// Goes through a scenario in its order and knows what exists by then.
class Checker {
 public:
  Result<> check(const Scenario& scenario) {
    if (scenario.name.empty()) return refuse("$.name", "must not be empty");
    if (scenario.devices.empty()) return refuse("$.devices", "must name a device");
    for (std::size_t i = 0; i < scenario.devices.size(); ++i) {
      SS_TRY(check_device(scenario.devices[i], element_path("$.devices", i)));
      SS_TRY(check_neighbour(scenario, i));
    }
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
      SS_TRY(check_step(scenario.steps[i], element_path("$.steps", i)));
    }
    return {};
  }

 private:
  static Unexpected refuse(std::string path, std::string message) {
    return fail(ErrorCode::validation_error, std::move(message), std::move(path));
  }

  Result<> check_device(const DeviceSpec& device, const std::string& path) {
    SS_TRY(add_device(device.name, path + ".name"));
    if (device.user.empty()) return refuse(path + ".user", "must not be empty");
    return {};
  }

  static Result<> check_neighbour(const Scenario& scenario, std::size_t i) {
    const DeviceSpec& device = scenario.devices[i];
    if (device.beside.empty()) return {};
    const std::string path = element_path("$.devices", i) + ".beside";
    const auto end = scenario.devices.begin() + static_cast<std::ptrdiff_t>(i);
    const auto found = std::find_if(scenario.devices.begin(), end, [&](const DeviceSpec& other) {
      return other.name == device.beside;
    });
    if (found == end) return refuse(path, "must name a device in front of it");
    if (found->user == device.user) return refuse(path, "is of the same account");
    return {};
  }

  Result<> add_device(const std::string& name, const std::string& path) {
    if (name.empty()) return refuse(path, "must not be empty");
    if (std::ranges::count(taken_names, name) > 0) return refuse(path, "is no device's name");
    if (!devices_.insert(name).second) return refuse(path, "is another device's name");
    return {};
  }

  Result<> check_step(const Step& step, const std::string& path) {
    if (step.at < last_) return refuse(path + ".at", "is before the step in front of it");
    last_ = step.at;
    SS_TRY(check_members(step, path));
    switch (step.what) {
      case Do::clone:
        return add_device(step.text, path + ".as");
      case Do::backup:
        backups_.insert(step.device);
        return {};
      case Do::restore:
        if (!backups_.contains(step.device)) return refuse(path, "has no backup before it");
        return {};
      case Do::server_backup:
        server_backup_ = true;
        return {};
      case Do::server_restore:
        if (!server_backup_) return refuse(path, "has no server_backup before it");
        return {};
      case Do::expect:
        return check_expectation(step, path);
      default:
        return {};
    }
  }

  Result<> check_members(const Step& step, const std::string& path) {
    const StepKind& kind = kind_of(step.what);
    if (step.device.empty() && kind.device == Need::required) {
      return refuse(path + ".device", "must name a device");
    }
    if (!step.device.empty() && !devices_.contains(step.device)) {
      return refuse(path + ".device", "there is no such device by then");
    }
    if (kind.type == Need::required && std::ranges::count(user_entity_types, step.type) == 0) {
      return refuse(path + ".type", "must be a type that a user edits");
    }
    if (kind.id == Need::required && step.id.empty()) {
      return refuse(path + ".id", "must not be empty");
    }
    if (kind.data && !step.data.is_object()) return refuse(path + ".data", "must be an object");
    if (!kind.choices.empty() && std::ranges::count(kind.choices, step.text) == 0) {
      return refuse(member_path(path, kind.text), "must be one of " + listed(kind.choices));
    }
    return check_amounts(step, kind, path);
  }

  static Result<> check_amounts(const Step& step, const StepKind& kind, const std::string& path) {
    if (step.number < 0) return refuse(member_path(path, kind.number), "must not be negative");
    if (step.ms.count < 0 && !kind.may_be_negative) {
      return refuse(member_path(path, kind.ms), "must not be negative");
    }
    return {};
  }

  static Result<> check_expectation(const Step& step, const std::string& path) {
    if (!step.expectation || *step.expectation == Expectation{}) {
      return refuse(path, "expects nothing");
    }
    const Expectation& expected = *step.expectation;
    const bool of_record = expected.exists || expected.data;
    if ((of_record || expected.count) && step.type == EntityType{}) {
      return refuse(path + ".type", "must be a type");
    }
    if (of_record && step.id.empty()) return refuse(path + ".id", "must not be empty");
    if (expected.data && !expected.data->is_object()) {
      return refuse(path + ".data", "must be an object");
    }
    return check_of_device(expected, step, path);
  }

  // What only a device has.
  static Result<> check_of_device(const Expectation& expected, const Step& step,
                                  const std::string& path) {
    if (expected.link && step.device.empty()) {
      return refuse(path + ".device", "must name the device whose link it is");
    }
    if (expected.rejected && step.device.empty()) {
      return refuse(path + ".device", "must name the device whose rejected changes they are");
    }
    if (expected.link && std::ranges::count(link_states, *expected.link) == 0) {
      return refuse(path + ".link", "must be one of " + listed(link_states));
    }
    return {};
  }

  static std::string listed(std::span<const std::string_view> choices) {
    std::string out;
    for (const std::string_view choice : choices) {
      out.append(out.empty() ? "" : ", ").append(choice);
    }
    return out;
  }

  std::set<std::string> devices_;
  std::set<std::string> backups_;
  bool server_backup_ = false;
  Millis last_{};
};

}  // namespace

Result<> check_scenario(const Scenario& scenario) {
  return Checker().check(scenario);
}

}  // namespace studiosync::e2e
