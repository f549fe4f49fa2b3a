#include "loadtest/run/load_run.hpp"

#include "loadtest/cost.hpp"
#include "loadtest/run/account_reader.hpp"
#include "loadtest/run/find_max.hpp"
#include "loadtest/run/phases.hpp"
#include "loadtest/run/server_counters.hpp"
#include "loadtest/self_check.hpp"
#include "os/entropy.hpp"
#include "os/file_lock.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

// So many devices connect a second where nobody says otherwise: below what a server's accept queue
// and its hello need.
constexpr std::size_t connects_a_second = 500;
// All threads are told before it.
constexpr std::chrono::milliseconds notice{50};
// A longer run has longer intervals: of each its histograms are written, and `compare` and
// `workers` read no file of more than 1.5 million values.
constexpr std::int64_t intervals_max = 60;
// Beside the measured time, for what comes before and after it.
constexpr std::chrono::seconds preparation{600};
constexpr double first_trial_rate = 50;
// A device that was cut off may wait so long before it tries again.
const std::chrono::seconds device_absence_max{1 + EngineOptions{}.backoff_largest.count / 1000};
// What a trial left behind takes as long as the trial where its rate was twice what the server can
// do; more than this is a server that answers, and does not take it.
constexpr std::chrono::seconds catch_up_max{600};
constexpr int catch_up_factor = 2;

std::chrono::seconds interval_of(const RunOptions& options) {
  return std::chrono::seconds(1 + (options.duration.count() - 1) / intervals_max);
}

WallTime tokens_needed_until(const RunOptions& options) {
  return os::wall_now() + Millis{std::chrono::milliseconds(options.duration + preparation).count()};
}

// The results at the highest rate that holds; where none does, of the last trial.
Results measure_capacity(LoadRun& run, const ThresholdRule& objective,
                         const std::vector<ThresholdRule>& rules, double first) {
  Results best;
  double best_rate = 0;
  std::string ended;
  const auto trial = [&, first_one = true](double rate) mutable -> std::optional<Trial> {
    if (!std::exchange(first_one, false)) {
      if (const auto rested = run.catch_up(); !rested) {
        ended = rested.error().message;
        return std::nullopt;
      }
    }
    Results results = run.measure(rate);
    const Trial outcome = trial_of(rate, objective, rules, results);
    const bool held = outcome.held();
    if (held ? rate > best_rate : best_rate == 0) best = std::move(results);
    if (held) best_rate = std::max(best_rate, rate);
    return outcome;
  };
  Capacity capacity = find_max(trial, first);
  capacity.objective = objective.expression;
  best.capacity = std::move(capacity);
  if (!ended.empty()) best.remarks.push_back(ended + ": the search ended there");
  return best;
}

}  // namespace

LoadRun::LoadRun(RunOptions options, Watcher& watcher)
    : options_(std::move(options)),
      spec_(make_scenario(options_.scenario)->spec()),
      http_(options_.target, options_.ca_file),
      watcher_(watcher, options_) {}

std::chrono::seconds LoadRun::ramp() const {
  const std::size_t devices = options_.users * options_.devices;
  return options_.ramp.value_or(std::chrono::seconds(1 + devices / connects_a_second));
}

Result<> LoadRun::prepare() {
  if (!options_.history_file.empty()) {
    SS_ASSIGN(history_, HistoryLog::open(options_.history_file));
  }
  SS_TRY(check_health(http_));
  watcher_.entered("accounts");
  SS_ASSIGN(const auto accounts, prepare_accounts(options_, tokens_needed_until(options_),
                                                  [this](std::size_t done, std::size_t all) {
                                                    watcher_.counted("accounts", done, all);
                                                  }));
  SS_ASSIGN(const std::string channel, client::push_channel_url(options_.target));
  const TeamOptions team{.url = channel,
                         .ca_file = options_.ca_file,
                         .run = os::random_uuid().substr(0, 8),
                         .seed = options_.seed,
                         .devices_a_user = options_.devices,
                         .contents_max = history_ ? std::nullopt : spec_.contents_max,
                         .contents = options_.contents,
                         .history = history_.get(),
                         .source_addresses = source_addresses(options_)};
  crew_ = std::make_unique<Crew>(team, accounts, options_.threads, watcher_);
  SS_TRY(fill());
  if (!spec_.all_online) return {};
  return crew_->run("connections",
                    [ramp = ramp()](Team& t, std::size_t, std::function<void()> done) {
                      bring_up(t, ramp, std::move(done));
                    },
                    {});
}

Result<> LoadRun::fill() {
  const std::size_t records = shape_of(options_, spec_).records;
  if (records == 0) return {};
  std::vector<std::shared_ptr<FillPart>> parts;
  for (std::size_t i = 0; i < crew_->size(); ++i) parts.push_back(std::make_shared<FillPart>());
  SS_TRY(crew_->run(filling_phase,
                    [records, parts](Team& team, std::size_t i, std::function<void()> done) {
                      preload(team, records, parts[i], std::move(done));
                    },
                    {}));
  for (const auto& part : parts) {
    if (part->error) return Unexpected(*part->error);
    filling_.raise(part->use);
  }
  return {};
}

Result<> LoadRun::wait_at_gate() {
  if (options_.gate.empty()) return {};
  watcher_.entered(waiting_at_gate);
  SS_TRY(os::FileLock::wait(options_.gate));
  return {};
}

RunOptions LoadRun::with_rate(double rate) const {
  RunOptions options = options_;
  if (rate > 0) options.rate = rate;
  return options;
}

Results LoadRun::empty_results(const RunOptions& options) const {
  Results results;
  results.scenario = options.scenario;
  results.target = options.target;
  results.options = described(options);
  results.started = os::wall_now();
  results.seconds = static_cast<std::uint32_t>(options.duration.count());
  results.users = options.users;
  results.devices = options.users * options.devices;
  results.fill = watcher_.fill();
  if (results.fill) results.fill->busiest_second = filling_.busiest_second;
  results.interval_seconds = static_cast<std::uint32_t>(interval_of(options).count());
  return results;
}

std::vector<std::shared_ptr<Measurement>> LoadRun::begin_parts(const RunOptions& options) {
  const Moment begin = Clock::now() + notice;
  std::vector<std::shared_ptr<Measurement>> parts;
  for (std::size_t i = 0; i < crew_->size(); ++i) {
    const MeasurementPlan plan{
        .shape = shape_of(options, spec_),
        .spacing = options.spacing.value_or(spec_.spacing),
        .begin = begin,
        .interval = interval_of(options),
        .share = crew_->share(i),
        .first = (static_cast<double>(i) + 0.5) / static_cast<double>(crew_->size()),
        .seed = options.seed * crew_->size() + i};
    parts.push_back(crew_->worker(i).ask([&](Team& team) {
      return std::make_shared<Measurement>(team, make_scenario(options.scenario), plan);
    }));
  }
  return parts;
}

void LoadRun::finish_parts(std::vector<std::shared_ptr<Measurement>> parts, Results& results) {
  ThreadUse most;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // What it has on its thread's loop goes there.
    const Recorded recorded =
        crew_->worker(i).ask([&most, part = std::move(parts[i])](Team&) mutable {
          most.raise(part->use());
          Recorded all = part->finish();
          part.reset();
          return all;
        });
    results.add_intervals(recorded.intervals);
    results.late.add(recorded.late);
  }
  results.self = check_generator(results, most);
}

Results LoadRun::measure(double rate) {
  const RunOptions options = with_rate(rate);
  Results results = empty_results(options);
  if (auto open = wait_at_gate(); !open) results.remarks.push_back(open.error().message);
  const auto before = read_usage(http_);
  auto parts = begin_parts(options);
  // Each is its worker's to free: it has timers on that one's loop, and what is posted may outlast
  // the last answer.
  std::vector<Measurement*> of_worker;
  for (const auto& part : parts) of_worker.push_back(part.get());
  const auto measured = crew_->run(
      measuring_phase,
      [of_worker](Team&, std::size_t i, std::function<void()> done) {
        of_worker[i]->run(std::move(done));
      },
      {.silence = options.duration + options.settle_patience},
      static_cast<double>(options.duration.count()));
  const auto settled = crew_->run("settling",
                                  [of_worker](Team&, std::size_t i, std::function<void()> done) {
                                    of_worker[i]->settle(std::move(done));
                                  },
                                  {.in_all = options.settle_patience});
  if (!settled) results.remarks.push_back("not everything was answered after the end");
  finish_parts(std::move(parts), results);
  results.memory = watcher_.memory();
  const auto after = read_usage(http_);
  results.usage = before && after ? between(*before, *after) : estimated_usage(results);
  return results;
}

Result<> LoadRun::catch_up() {
  return crew_->run(
      "catching up",
      [](Team& team, std::size_t, std::function<void()> done) { settle(team, std::move(done)); },
      {.silence = options_.settle_patience + device_absence_max,
       .in_all = catch_up_max + catch_up_factor * options_.duration});
}

void LoadRun::verify(Results& results) {
  std::vector<std::shared_ptr<Verification>> found;
  for (std::size_t i = 0; i < crew_->size(); ++i) {
    found.push_back(std::make_shared<Verification>(Verification{.done = true}));
  }
  const auto done = crew_->run("verifying",
                               [found](Team& team, std::size_t i, std::function<void()> ready) {
                                 load::verify(team, found[i], std::move(ready));
                               },
                               {});
  results.verification = {.done = done.has_value()};
  for (std::size_t i = 0; i < crew_->size(); ++i) {
    results.verification.add(crew_->worker(i).ask([&](Team&) { return *found[i]; }));
  }
  if (!done) results.remarks.push_back(done.error().message);
}

Result<> LoadRun::end_history() {
  if (!history_) return {};
  std::vector<std::shared_ptr<Result<>>> failed;
  for (std::size_t i = 0; i < crew_->size(); ++i) failed.push_back(std::make_shared<Result<>>());
  SS_TRY(crew_->run("history",
                    [failed](Team& team, std::size_t i, std::function<void()> ready) {
                      note_ends(team, failed[i], std::move(ready));
                    },
                    {}));
  for (const auto& part : failed) SS_TRY(*part);
  return history_->finish();
}

Result<Results> run_load(const RunOptions& options, Watcher& watcher) {
  SS_ASSIGN(const auto rules, rules_of(options));
  LoadRun run(options, watcher);
  SS_TRY(run.prepare());
  Results results;
  if (options.objective.empty()) {
    results = run.measure(options.rate);
  } else {
    SS_ASSIGN(const ThresholdRule objective, parse_threshold(options.objective));
    results =
        measure_capacity(run, objective, rules, options.rate > 0 ? options.rate : first_trial_rate);
  }
  if (options.verify) run.verify(results);
  const auto whole = run.end_history();
  conclude(rules, options.verify, results);
  if (!whole) {
    results.passed = false;
    results.remarks.push_back("the history is not whole: " + whole.error().message);
  }
  return results;
}

}  // namespace studiosync::load
