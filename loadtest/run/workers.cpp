#include "loadtest/run/workers.hpp"

#include "loadtest/results_file.hpp"
#include "loadtest/run/scratch_folder.hpp"
#include "loadtest/run/verdict.hpp"
#include "os/child_process.hpp"
#include "os/file_lock.hpp"

namespace studiosync::load {
namespace {

// Accounts, records and connections of each; and reading everything back.
constexpr Millis preparation{30LL * 60 * 1000};

Unexpected gave_up(os::ChildProcess& worker) {
  const auto code = worker.wait(Millis{5'000});
  const bool unreachable = code && *code == 3;
  return fail(unreachable ? ErrorCode::network_error : ErrorCode::bad_request,
              "a worker could not prepare its part of the run");
}

Result<std::vector<os::ChildProcess>> start_workers(const RunOptions& options, std::size_t count,
                                                    const std::string& program,
                                                    const ScratchFolder& scratch) {
  std::vector<os::ChildProcess> workers;
  for (std::size_t i = 0; i < count; ++i) {
    SS_ASSIGN(auto worker,
              os::ChildProcess::start(worker_command(options, count, i, program,
                                                     scratch.file(std::to_string(i) + ".json"))));
    workers.push_back(std::move(worker));
  }
  return workers;
}

// All are ready before any begins.
Result<> open_gate(std::vector<os::ChildProcess>& workers, os::FileLock gate) {
  for (os::ChildProcess& worker : workers) {
    if (!worker.read_line(preparation)) return gave_up(worker);
  }
  const os::FileLock open = std::move(gate);
  return {};
}

Result<Results> collect(std::vector<os::ChildProcess>& workers, const RunOptions& options,
                        const ScratchFolder& scratch) {
  const Millis patience = preparation + Millis{std::chrono::milliseconds(options.duration).count()};
  std::optional<Results> all;
  for (std::size_t i = 0; i < workers.size(); ++i) {
    SS_ASSIGN(const int code, workers[i].wait(patience));
    if (code != 0 && code != 1 && code != 4) {
      return fail(ErrorCode::server_error,
                  "a worker came to no result (exit code " + std::to_string(code) + ")");
    }
    SS_ASSIGN(Results part, read_results(scratch.file(std::to_string(i) + ".json")));
    if (all) {
      all->merge(part);
    } else {
      all = std::move(part);
    }
  }
  return std::move(*all);
}

}  // namespace

std::vector<std::string> worker_command(const RunOptions& options, std::size_t count,
                                        std::size_t number, const std::string& program,
                                        const std::string& json_file) {
  const std::size_t from = options.users * number / count;
  const std::size_t users = options.users * (number + 1) / count - from;
  std::vector<std::string> command{program, "run", "--quiet"};
  const auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    command.emplace_back(name);
    command.push_back(value);
  };
  add("--target", options.target);
  add("--scenario", options.scenario);
  add("--users", std::to_string(users));
  add("--devices", std::to_string(options.devices));
  add("--duration", std::to_string(options.duration.count()) + "s");
  add("--threads", std::to_string(options.threads));
  add("--seed", std::to_string(options.seed + number));
  add("--contents", std::string(to_string(options.contents)));
  if (options.records) add("--records", std::to_string(*options.records));
  if (options.ramp) add("--ramp", std::to_string(options.ramp->count()) + "s");
  if (options.spacing) add("--arrivals", std::string(to_string(*options.spacing)));
  const double share = static_cast<double>(users) / static_cast<double>(options.users);
  if (options.rate > 0) add("--rate", Json(options.rate * share).dump());
  add("--users-file", options.users_file);
  if (!options.users_file.empty()) {
    add("--users-skip", std::to_string(options.users_skip + from));
  }
  add("--ca-file", options.ca_file);
  add("--i-may-load", options.permitted_host);
  if (!options.verify) command.emplace_back("--no-verify");
  add("--gate", options.gate);
  add("--json", json_file);
  return command;
}

Result<Results> run_in_workers(const RunOptions& options, std::size_t count,
                               const std::string& program) {
  if (count > options.users) {
    return fail(ErrorCode::bad_request, "each worker needs a user of its own");
  }
  SS_ASSIGN(const auto rules, rules_of(options));
  SS_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
  RunOptions gated = options;
  gated.gate = scratch.file("gate");
  SS_ASSIGN(os::FileLock gate, os::FileLock::take(gated.gate));
  SS_ASSIGN(auto workers, start_workers(gated, count, program, scratch));
  SS_TRY(open_gate(workers, std::move(gate)));
  SS_ASSIGN(Results results, collect(workers, options, scratch));
  results.options["workers"] = std::to_string(count);
  results.options["users"] = std::to_string(options.users);
  results.options["seed"] = std::to_string(options.seed);
  if (options.rate > 0) results.options["rate"] = Json(options.rate).dump();
  conclude(rules, options.verify, results);
  return results;
}

}  // namespace studiosync::load
