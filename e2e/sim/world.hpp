// A scenario's devices, server and network in virtual time: performs its steps, heals everything,
// waits until it is quiet, and says what is then there. One scenario gives one run, bit for bit.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "e2e/history/expectation.hpp"
#include "e2e/scenario/scenario.hpp"
#include "e2e/sim/sim_device.hpp"
#include "e2e/sim/sim_server.hpp"

namespace studiosync::e2e {

struct RunOptions {
  Detail detail = Detail::outcomes;
  bool hashed = true;  // whether the trace hash is worked out: a quarter of a run's time
  // Of virtual time, after everything has healed.
  Millis settle_max{30LL * 60 * 1000};
  std::optional<std::uint64_t> tasks_max;  // instead of tasks_allowed
};

// Of the scheduler, in a run of this scenario: several times what runs have been seen to take.
std::uint64_t tasks_allowed(const Scenario& scenario);

// What a step asked for and did not bring about, though no rule is broken: edits that a device
// refused are in many random runs, and whoever wrote the scenario may have meant something else.
struct Remark {
  std::size_t step = 0;  // its place in the scenario
  std::string message;
};

struct RunResult {
  History history;
  std::optional<std::uint64_t> trace_hash;  // of a hashed run
  Millis virtual_time{};
  std::uint64_t operations = 0;  // of users, that came to be
  bool quiet = false;            // in the end nothing was under way any more
  std::vector<Unmet> unmet;
  std::vector<Remark> remarks;
};

class World {
 public:
  World(const Scenario& scenario, RunOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  RunResult run();

 private:
  using Perform = void (World::*)(const Step& step);
  struct Performed;
  static const Performed table[];
  void perform(const Step& step);

  // Steps, by whom they belong to.
  void put(const Step& step);
  void remove(const Step& step);
  void resolve(const Step& step);
  void policy(const Step& step);
  void retry_rejected(const Step& step);
  void discard_rejected(const Step& step);
  void confirm(const Step& step);
  void online(const Step& step);
  void offline(const Step& step);
  void crash(const Step& step);
  void start(const Step& step);
  void backup(const Step& step);
  void restore(const Step& step);
  void clone(const Step& step);
  void clock(const Step& step);
  void expire_token(const Step& step);
  void expire_login(const Step& step);
  void login(const Step& step);
  void revoke(const Step& step);
  void slow(const Step& step);
  void disk_full(const Step& step);
  void disk_free(const Step& step);
  void partition(const Step& step);
  void heal(const Step& step);
  void cut(const Step& step);
  void repeat(const Step& step);
  void delay(const Step& step);
  void server_crash(const Step& step);
  void server_start(const Step& step);
  void server_backup(const Step& step);
  void server_restore(const Step& step);
  void server_drain(const Step& step);
  void server_pause(const Step& step);
  void server_resume(const Step& step);
  void server_disk_full(const Step& step);
  void server_disk_free(const Step& step);
  void commit_fails(const Step& step);
  void quota(const Step& step);
  void expire(const Step& step);
  void reset(const Step& step);
  void settle(const Step& step);
  void expect(const Step& step);

  void add_device(const DeviceSpec& spec);
  void count_edit(const Result<>& done);
  void note_committed(server::UserRef user, const Record& row, const RowWriter& writer);
  void expect_crashes();
  void expect_near_crashes(SimDevice& device);
  SimDevice* find(const std::string& name);
  std::vector<SimDevice*> named(const Step& step);  // the one, or all
  SimDevice::Parts device_parts();
  void tidy(server::UserRef user, const RetentionRules& rules, RetentionPlace place);
  void note_collected(server::UserRef user);
  void end_live(const SimDevice& device, const Message& farewell, std::uint16_t close_code);
  std::string look(const Step& step);  // what is not as expected; empty when all is

  bool quiet() const;
  std::set<std::string> restless() const;  // who has something left to do
  bool run_until_quiet(Millis patience, const std::function<void()>& at_each_glance = {});
  void remark_unsettled(Millis after, const std::set<std::string>& always);
  void heal_everything();
  void report_exhaustion();
  void sample_heads();
  void write_states();
  ServerState server_state(server::UserRef ref, const std::string& user);
  void write_server_state(server::UserRef ref, const std::string& user);

  const Scenario& scenario_;
  const RunOptions options_;
  Random random_;
  Scheduler scheduler_;
  Recorder recorder_;
  SimGate gate_;
  std::unique_ptr<ServerStorage> server_storage_;
  SimServer server_;
  Network network_;
  std::map<server::UserRef, std::string> users_;
  // Whose tombstones may be collected without an answer: the server died over it.
  std::set<server::UserRef> tidied_;
  std::vector<std::unique_ptr<SimDevice>> devices_;
  std::vector<Unmet> unmet_;
  std::vector<Remark> remarks_;
  Millis late_{};  // how far steps are behind their times
  std::size_t step_ = 0;
  bool exhausted_ = false;
  std::uint64_t operations_ = 0;
};

inline RunResult run_scenario(const Scenario& scenario, RunOptions options = {}) {
  return World(scenario, options).run();
}

}  // namespace studiosync::e2e
