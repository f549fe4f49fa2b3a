#include "e2e/trace/replayer.hpp"

#include <algorithm>
#include <utility>

#include "core/schema/registry.hpp"
#include "core/sync/rebase.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {
namespace {

constexpr Millis setting_up{60'000};  // until the first recorded event

std::string name_of(const OwnedKey& key) {
  return std::string(to_string(key.type)) + " " + key.id;
}

// What a put has to name: fields that differ, null for those that went.
Json change_between(const std::string& before, const std::string& after) {
  const Fields from = fields_of(before);
  const Fields to = fields_of(after);
  Json data = Json::object();
  for (const std::string& field : changed_keys(from, to)) {
    const std::string_view value = value_of(to, field);
    data.set(field, value.empty() ? Json() : parse_json(value).value_or(Json()));
  }
  return data;
}

std::vector<std::string> names_of(const Json& data) {
  std::vector<std::string> names;
  for (const Json::Member& member : data.members()) names.push_back(member.key);
  std::ranges::sort(names);
  return names;
}

Step step_of(const std::string& device, const Edited& edited) {
  Step step{.device = device, .type = edited.type, .id = edited.id};
  step.what = edited.after.empty() ? Do::remove : Do::put;
  if (!edited.after.empty()) step.data = change_between(edited.before, edited.after);
  return step;
}

}  // namespace

Replayer::Replayer(const Together& together) : together_(together) {
  for (const DeviceSpec& device : together.devices) {
    devices_[device.name].user = device.user;
    script_.add_device(device);
  }
}

OwnedKey Replayer::key_of(const std::string& device, EntityType type, const std::string& id) const {
  return {devices_.at(device).user, type, id};
}

Scenario Replayer::run() {
  look_ahead();
  prepare();
  const WallTime first = together_.events.front().event->at;
  for (const DeviceEvent& one : together_.events) {
    script_.move_to(setting_up + (one.event->at - first));
    visit(one);
  }
  finish();
  return script_.take();
}

// An edit is based on what the next change of its record on that device says.
void Replayer::look_ahead() {
  std::map<std::pair<std::string, OwnedKey>, std::uint64_t> next;
  for (auto one = together_.events.rbegin(); one != together_.events.rend(); ++one) {
    const Happening& what = one->event->what;
    if (const auto* frozen = std::get_if<FrozenEdit>(&what)) {
      next[{one->device, key_of(one->device, frozen->type, frozen->id)}] =
          frozen->base.version.value;
    } else if (const auto* edited = std::get_if<Edited>(&what)) {
      bases_[edited] = next[{one->device, key_of(one->device, edited->type, edited->id)}];
    } else if (const auto* answer = std::get_if<Acknowledged>(&what)) {
      answers_.emplace(answer->change, answer);
    }
  }
}

// Records that were there before.
void Replayer::prepare() {
  std::set<OwnedKey> met;
  for (const DeviceEvent& one : together_.events) {
    const auto* edited = std::get_if<Edited>(&one.event->what);
    if (edited == nullptr || edited->local_only) continue;
    if (!met.insert(key_of(one.device, edited->type, edited->id)).second) continue;
    if (!edited->before.empty()) put_what_was_there(*edited, one.device);
  }
  script_.move_to({1'000});
  script_.add(Do::settle);
  for (const auto& [name, device] : devices_) {
    versions_.read_all(name, device.user);
    script_.add(Do::offline, name);
  }
}

void Replayer::put_what_was_there(const Edited& edited, const std::string& device) {
  Step step{.what = Do::put, .device = device, .type = edited.type, .id = edited.id};
  step.data = change_between({}, edited.before);
  script_.add(std::move(step));
  versions_.stored(key_of(device, edited.type, edited.id),
                   std::max<std::uint64_t>(bases_.at(&edited), 1));
}

void Replayer::visit(const DeviceEvent& one) {
  const Happening& what = one.event->what;
  if (const auto* edited = std::get_if<Edited>(&what)) return take(one.device, *edited);
  if (const auto* frozen = std::get_if<FrozenEdit>(&what)) return take(one.device, *frozen);
  if (const auto* answer = std::get_if<Acknowledged>(&what)) return take(one.device, *answer);
  if (const auto* turned = std::get_if<Turned>(&what)) return take(one.device, *turned);
  if (const auto* decided = std::get_if<Decided>(&what)) return take(one.device, *decided);
}

void Replayer::take(const std::string& name, const Edited& edited) {
  Device& device = devices_.at(name);
  const OwnedKey key = key_of(name, edited.type, edited.id);
  Step step = step_of(name, edited);
  if (edited.local_only && edited.after == "{}") {
    return note(name + ": private " + name_of(key) + ": its content was not recorded");
  }
  if (step.what == Do::put && step.data.members().empty()) {
    return note(name + ": an edit of " + name_of(key) +
                " that changed nothing but what was redacted");
  }
  read_base(name, edited);
  std::vector<std::string>& unsent = device.unsent[key];
  if (step.what == Do::put) unsent = join(unsent, names_of(step.data));
  if (device.uploads.empty()) return script_.add(std::move(step));
  note(name + ": " + name_of(key) +
       " was edited while a change was under way; here that comes behind the answer");
  device.later.push_back(std::move(step));
}

// The device has read the version that it edited.
void Replayer::read_base(const std::string& name, const Edited& edited) {
  const OwnedKey key = key_of(name, edited.type, edited.id);
  const std::uint64_t base = bases_.at(&edited);
  if (base <= versions_.read_by(name, key) || !devices_.at(name).uploads.empty()) return;
  if (versions_.at_server(key) < base) {
    note(name + ": version " + std::to_string(base) + " of " + name_of(key) +
         " came from a device that was not recorded: 'elsewhere' writes it");
    write_elsewhere(key, change_between({}, edited.before));
    versions_.stored(key, base);
  }
  script_.sync(name);
  versions_.read_all(name, key.user);
}

void Replayer::take(const std::string& name, const FrozenEdit& frozen) {
  Device& device = devices_.at(name);
  const OwnedKey key = key_of(name, frozen.type, frozen.id);
  Upload upload{.key = key, .base = frozen.base.version.value};
  upload.fields = std::move(device.unsent[key]);
  device.unsent.erase(key);
  if (!answers_.contains(frozen.change)) {
    return note(name + ": the answer for " + name_of(key) + " was not recorded");
  }
  device.uploads.emplace(frozen.change, std::move(upload));
}

void Replayer::take(const std::string& name, const Acknowledged& answer) {
  Device& device = devices_.at(name);
  const OwnedKey key = key_of(name, answer.type, answer.id);
  const auto found = device.uploads.find(answer.change);
  if (found == device.uploads.end()) {
    return note(name + ": an answer for " + name_of(key) + " whose change was not recorded");
  }
  if (!device.uploaded) upload(name);
  device.uploaded = true;
  device.uploads.erase(found);
  versions_.stored(key, answer.rev.version.value);
  versions_.read_all(name, device.user);
  const auto policy = policies_.find({key.user, key.type});
  const Strategy strategy = policy == policies_.end() ? spec_of(key.type).strategy : policy->second;
  const bool conflict = answer.first_status.value_or(answer.status) == Status::conflict;
  if (conflict && strategy == Strategy::user_choice) left_open_.insert(key);
  if (!device.uploads.empty()) return;
  device.uploaded = false;
  flush_later(device);
}

void Replayer::upload(const std::string& name) {
  const Device& device = devices_.at(name);
  for (const auto& [change, upload] : device.uploads) {
    const Acknowledged& answer = *answers_.at(change);
    const Status status = answer.first_status.value_or(answer.status);
    const bool met = status == Status::conflict || status == Status::merged;
    if (met && versions_.at_server(upload.key) <= upload.base) play_other_side(upload);
  }
  script_.sync(name);
}

// Texts only: a number or a choice that is made up may be refused.
void Replayer::play_other_side(const Upload& upload) {
  const EntitySpec& spec = spec_of(upload.key.type);
  Json data = Json::object();
  for (const std::string& name : upload.fields) {
    const FieldSpec* field = find_field(spec, name);
    const bool text = field != nullptr && field->kind == Kind::text && field->choices.empty();
    if (text && name != spec.parent_field) data.set(name, "written elsewhere");
  }
  if (data.members().empty()) {
    return note("what " + name_of(upload.key) + " met was not recorded, and cannot be made up");
  }
  note("what " + name_of(upload.key) + " met was not recorded: 'elsewhere' writes a placeholder");
  write_elsewhere(upload.key, std::move(data));
  versions_.stored(upload.key, upload.base + 1);
}

void Replayer::write_elsewhere(const OwnedKey& key, Json data) {
  const std::string device = key.user == "user" ? "elsewhere" : "elsewhere-" + key.user;
  if (!script_.has_device(device)) script_.add_device({.name = device, .user = key.user});
  script_.add(Do::online, device);
  script_.add(Do::settle);
  script_.add(
      {.what = Do::put, .device = device, .type = key.type, .id = key.id, .data = std::move(data)});
  script_.sync(device);
}

void Replayer::flush_later(Device& device) {
  for (Step& step : device.later) script_.add(std::move(step));
  device.later.clear();
}

void Replayer::take(const std::string& name, const Turned& turned) {
  using What = Turned::What;
  switch (turned.what) {
    case What::started:
    case What::stopped:
    case What::went_online:
    case What::went_offline:
      return;  // the scenario's devices go online when they upload
    case What::policy_chosen:
      return choose_policy(name, turned.detail);
    case What::logged_in:
      return script_.add(Do::login, name);
    case What::revoked:
      return script_.add(Do::revoke, name);
    default:
      note(name + ": '" + std::string(to_string(turned.what)) + "' is not in the scenario");
  }
}

// What was refused there need not be refused here.
void Replayer::take(const std::string& name, const Decided& decided) {
  note(name + ": that a refused change of " + name_of(key_of(name, decided.type, decided.id)) +
       " was " + std::string(to_string(decided.what)) + " is not in the scenario");
}

// Nothing where that one is in force: each recording begins with what is.
void Replayer::choose_policy(const std::string& name, const std::string& detail) {
  const auto space = std::min(detail.find(' '), detail.size());
  const auto type = parse_entity_type(detail.substr(0, space));
  const auto strategy = parse_strategy(detail.substr(std::min(space + 1, detail.size())));
  if (!type || !strategy) return note(name + ": no policy: '" + detail + "'");
  const auto [known, fresh] = policies_.try_emplace({devices_.at(name).user, *type}, *strategy);
  if (!fresh && std::exchange(known->second, *strategy) == *strategy) return;
  Step step{.what = Do::policy, .device = name, .type = *type};
  step.text = to_string(*strategy);
  script_.add(Do::online, name);
  script_.add(Do::settle);
  script_.add(std::move(step));
  script_.add(Do::offline, name);
}

// Everybody sees the end.
void Replayer::finish() {
  for (auto& [name, device] : devices_) {
    flush_later(device);
    if (!device.unsent.empty()) note(name + ": the last edits were not uploaded in the recording");
  }
  for (const auto& [name, device] : devices_) script_.add(Do::online, name);
  script_.add(Do::settle);
  if (left_open_.empty()) return;
  Step step{.what = Do::expect};
  step.expectation = Expectation{.open_conflicts = left_open_.size()};
  script_.add(std::move(step));
}

}  // namespace studiosync::e2e
