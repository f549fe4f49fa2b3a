#include "e2e/sim/world.hpp"

#include <algorithm>
#include <utility>

#include "core/base/duration.hpp"

namespace studiosync::e2e {
namespace {

constexpr WallTime beginning{1'800'000'000'000};
constexpr Millis settle_step_patience{10LL * 60 * 1000};
// How often quiet is looked for: it costs a look at every device.
constexpr Millis glance{250};
constexpr Millis crash_warning{3'000};
// Tasks, for each device.
constexpr std::uint64_t tasks_least = 10'000;
constexpr std::uint64_t tasks_a_step = 100;
constexpr std::uint64_t tasks_a_second = 1;  // heartbeats, while nothing else happens
// Fewer devices may take as many: part of the tasks is the server's.
constexpr std::size_t devices_least = 5;

}  // namespace

std::uint64_t tasks_allowed(const Scenario& scenario) {
  const Millis span = scenario.steps.empty() ? Millis{} : scenario.steps.back().at;
  const auto clones =
      static_cast<std::size_t>(std::ranges::count(scenario.steps, Do::clone, &Step::what));
  return std::max(devices_least, scenario.devices.size() + clones) *
         (tasks_least + tasks_a_step * scenario.steps.size() +
          tasks_a_second * static_cast<std::uint64_t>(span.count / 1000));
}

World::World(const Scenario& scenario, RunOptions options)
    : scenario_(scenario),
      options_(options),
      random_(scenario.seed),
      scheduler_(beginning, options.tasks_max.value_or(tasks_allowed(scenario))),
      recorder_(scheduler_, options.detail, options.hashed),
      gate_([this] { return scheduler_.now(); }),
      server_storage_(make_server_storage(
          scenario.store,
          {scheduler_, random_.next(),
           [this](server::UserRef user, const Record& row, const RowWriter& writer) {
             note_committed(user, row, writer);
           }})),
      server_({scheduler_, recorder_, gate_, *server_storage_, random_.next()}),
      network_(scheduler_, recorder_, server_, scenario.link, random_.next()) {
  server_.start();
  for (const DeviceSpec& spec : scenario.devices) add_device(spec);
  expect_crashes();
}

World::~World() {
  // Connections hold parts of the server.
  if (server_.running()) server_.crash();
  network_.server_died();
}

void World::add_device(const DeviceSpec& spec) {
  users_[gate_.add_user(spec.user)] = spec.user;
  const SimDevice::Parts parts = device_parts();
  devices_.push_back(std::make_unique<SimDevice>(
      parts, spec, make_device_storage(scenario_.store, random_.next())));
}

// Every third device talks in the other encoding.
SimDevice::Parts World::device_parts() {
  const Encoding encoding = devices_.size() % 3 == 2 ? Encoding::cbor : Encoding::json;
  return {scheduler_, recorder_, network_, gate_, random_.next(), encoding};
}

void World::expect_crashes() {
  for (const Step& step : scenario_.steps) {
    if (step.what != Do::crash) continue;
    scheduler_.after(step.at - crash_warning, [this, &step] {
      if (SimDevice* device = find(step.device)) device->expect_crash();
    });
  }
}

// A device that starts has a new store, which nobody told of a crash whose time to be told of has
// come.
void World::expect_near_crashes(SimDevice& device) {
  const Millis near = scheduler_.now() - beginning + crash_warning;
  for (std::size_t i = step_ + 1; i < scenario_.steps.size(); ++i) {
    const Step& step = scenario_.steps[i];
    if (step.at > near) return;
    if (step.what == Do::crash && step.device == device.name()) return device.expect_crash();
  }
}

// Rows that a push wrote have their change's place as origin. So have rows that devices gave back:
// there it says who wrote them once.
void World::note_committed(server::UserRef user, const Record& row, const RowWriter& writer) {
  recorder_.hash(row.seq.value, row.rev.version.value, row.id, row.content);
  recorder_.look_for_leaks("server", "a stored row", row.content);
  ChangeId change = writer.change;
  if (!change.nil()) {
    recorder_.note_written(row, change);
  } else if (writer.pushed) {
    // A record that outlived a delete has an earlier change's place as origin.
    change = recorder_.change_of(row);
  }
  recorder_.note("server", Committed{.user = users_.at(user), .change = change, .row = row});
}

SimDevice* World::find(const std::string& name) {
  const auto found =
      std::ranges::find_if(devices_, [&](const auto& device) { return device->name() == name; });
  return found == devices_.end() ? nullptr : found->get();
}

std::vector<SimDevice*> World::named(const Step& step) {
  std::vector<SimDevice*> found;
  for (const auto& device : devices_) {
    if (step.device.empty() || device->name() == step.device) found.push_back(device.get());
  }
  return found;
}

RunResult World::run() {
  for (step_ = 0; step_ < scenario_.steps.size(); ++step_) {
    const Step& step = scenario_.steps[step_];
    scheduler_.run_until(beginning + step.at + late_);
    perform(step);
    report_exhaustion();
  }
  heal_everything();
  (void)run_until_quiet(options_.settle_max);
  // What a device believes to be the server's head may be old: hints get lost. Its own pull would
  // come within a minute; fixtures/scenarios/lost-notice.json waits for that one.
  sample_heads();
  const bool quiet = run_until_quiet(options_.settle_max);
  report_exhaustion();
  write_states();
  return {.history = recorder_.take_history(),
          .trace_hash = recorder_.trace_hash(),
          .virtual_time = scheduler_.now() - beginning,
          .operations = operations_,
          .quiet = quiet,
          .unmet = std::move(unmet_),
          .remarks = std::move(remarks_)};
}

// What is found at the end is then no work of the devices: it is where they were stopped.
void World::report_exhaustion() {
  if (!scheduler_.gave_up() || std::exchange(exhausted_, true)) return;
  unmet_.push_back({step_,
                    "nothing happens from " + duration_text(*scheduler_.gave_up() - beginning) +
                        " on: the run has taken all the tasks that one like it may take; either "
                        "something goes round for ever, or its devices have more to do than "
                        "expected",
                    recorder_.last_event()});
}

bool World::quiet() const {
  return network_.idle() && server_.idle() &&
         std::ranges::all_of(devices_, [](const auto& device) { return device->at_rest(); });
}

std::set<std::string> World::restless() const {
  std::set<std::string> names;
  for (const auto& device : devices_) {
    if (!device->at_rest()) names.insert(device->name());
  }
  if (!server_.idle()) names.insert("the server");
  return names;
}

bool World::run_until_quiet(Millis patience, const std::function<void()>& at_each_glance) {
  const WallTime deadline = scheduler_.now() + patience;
  while (scheduler_.now() < deadline) {
    scheduler_.run_until(scheduler_.now() + glance);
    if (quiet()) return true;
    if (at_each_glance) at_each_glance();
  }
  return false;
}

void World::settle(const Step& step) {
  const WallTime begun = scheduler_.now();
  (void)run_until_quiet(settle_step_patience);
  sample_heads();
  // Who now and then asks for news is not in the way.
  std::set<std::string> always = restless();
  const auto narrow = [&] {
    const std::set<std::string> now = restless();
    std::erase_if(always, [&](const std::string& name) { return !now.contains(name); });
  };
  if (!run_until_quiet(settle_step_patience, narrow)) {
    remark_unsettled(scheduler_.now() - begun, always);
  }
  late_ = std::max(late_, scheduler_.now() - (beginning + step.at));
}

void World::remark_unsettled(Millis after, const std::set<std::string>& always) {
  std::string names;
  for (const std::string& name : always) names += (names.empty() ? "" : ", ") + name;
  if (names.empty()) names = "now one, now another";
  remarks_.push_back({step_, "not settled after " + duration_text(after) + ": " + names +
                                 " had something left to do"});
}

void World::sample_heads() {
  for (const auto& device : devices_) device->pull_now();
}

void World::heal_everything() {
  server_storage_->set_full(false);
  server_storage_->fail_commits(0);
  server_.start();
  while (!tidied_.empty()) note_collected(*tidied_.begin());
  network_.resume_server();
  for (const auto& device : devices_) {
    LinkConditions& path = device->path();
    path = {.delay = path.delay, .jitter = path.jitter};
    device->set_disk_full(false);
    device->start();
    device->online();
    device->agree_to_everything();
  }
}

}  // namespace studiosync::e2e
