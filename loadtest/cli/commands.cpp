#include "loadtest/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <thread>

#include "core/base/duration.hpp"
#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/verbs.hpp"
#include "loadtest/thresholds.hpp"
#include "os/standard_output.hpp"

namespace studiosync::load {
namespace {

constexpr const char* footer =
    "Exit codes: 0 passed, 1 a threshold or the verification failed, 2 usage, 3 the target cannot "
    "be\n"
    "            reached, 4 the result is invalid: the generator was the bottleneck, or the end "
    "of\n"
    "            what --find-max found.\n"
    "Examples:\n"
    "  syncload run --target http://127.0.0.1:8080 --users 50 --rate 200 --duration 60s\n"
    "  syncload run --target http://127.0.0.1:8080 --users-file users.jsonl --users 1000 \\\n"
    "    --scenario initial --records 10000 --threshold 'first_sync.p95<10s' --json run.json\n"
    "  syncload run --target http://127.0.0.1:8080 --find-max 'sync_latency.p95<200ms'\n"
    "  syncload workers 4 --target http://127.0.0.1:8080 --users 4000 --rate 2000\n"
    "  syncload compare before.json after.json --tolerance 10\n"
    "  syncload curve users-500.json users-1000.json users-2000.json\n"
    "  syncload linked --devices 100000 --sockets 50000";

constexpr const char* run_footer =
    "The server counts requests for each user and address. Before a load test switch off:\n"
    "  limits.ws_changes_per_second=0   else a user gets rate_limited above 2,000 changes a "
    "second\n"
    "  limits.logins_per_minute=0       else registering many users is refused\n"
    "  limits.bytes_per_user            raise it for more than 1 GiB a user\n"
    "and for accounts: auth.bcrypt_cost=4, or make them beforehand, while no server runs on the "
    "folder:\n"
    "  syncd users create --data DIR --count 1000 --out users.jsonl\n"
    "Registering takes a fifth of a second of the server's processor for each user otherwise.\n"
    "One device is one connection: raise `ulimit -n` on both sides.";

std::string scenario_list() {
  std::string text = "Scenarios:\n";
  for (const ScenarioSpec& spec : all_scenarios()) {
    std::string name(spec.name);
    name.resize(12, ' ');
    text += "  " + name + std::string(spec.about) + "\n";
    text += "  " + std::string(12, ' ') + "thresholds:";
    for (const std::string& threshold : spec.thresholds) text += " " + threshold;
    RunOptions standard;
    standard.scenario = spec.name;
    text += "\n  " + std::string(12, ' ') + "--records " + std::to_string(spec.records) +
            ", and with as many users and devices as by default --rate " +
            described(standard).at("rate") + "\n";
  }
  return text;
}

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const ScenarioSpec& spec : all_scenarios()) names.emplace_back(spec.name);
  return names;
}

std::size_t default_threads() {
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

std::chrono::seconds parse_seconds(const std::string& option, const std::string& text) {
  const auto span = parse_duration(text);
  if (!span || span->count < 1000 || span->count % 1000 != 0) {
    throw CLI::ValidationError(option, "'" + text + "' is no time in seconds, as 60s or 1h30m");
  }
  return std::chrono::seconds(span->count / 1000);
}

// Declares verbs; the parsed one leaves itself in `chosen_`.
class CommandLine {
 public:
  CommandLine() : app_("syncload: load for a sync server, and what became of it") {
    app_.set_version_flag("--version", std::string("syncload ") + STUDIOSYNC_VERSION);
    app_.require_subcommand(1);
    app_.footer(footer);
    add_run();
    add_workers();
    add_compare();
    add_curve();
    add_linked();
    add_null_server();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? exit_passed : exit_usage;
    }
    return chosen_();
  }

 private:
  static void add_load_options(CLI::App* command, RunVerb& verb) {
    RunOptions& options = verb.options;
    options.threads = default_threads();
    command->add_option("--target", options.target, "http(s)://host:port of the server")
        ->required();
    command->add_option("--scenario", options.scenario, "what the users do")
        ->check(CLI::IsMember(scenario_names()))
        ->capture_default_str();
    command->add_option("--users", options.users, "accounts")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--devices", options.devices, "devices of each user")
        ->check(CLI::Range(std::size_t{1}, devices_a_user_max - 1))
        ->capture_default_str();
    command->add_option("--records", options.records, "records of each user beforehand (100)");
    command
        ->add_option_function<std::string>(
            "--contents",
            [&options](const std::string& text) { options.contents = *parse_contents(text); },
            "mixed, as in the product; or small: records of 300 to 500 bytes (mixed)")
        ->check(CLI::IsMember({"mixed", "small"}));
    command->add_option("--rate", options.rate, "operations a second, of all (by the scenario)")
        ->check(CLI::NonNegativeNumber);
    command->add_option_function<std::string>(
        "--duration",
        [&options](const std::string& text) {
          options.duration = parse_seconds("--duration", text);
        },
        "measured time, as 60s or 1h (30s)");
    command->add_option_function<std::string>(
        "--ramp",
        [&options](const std::string& text) { options.ramp = parse_seconds("--ramp", text); },
        "all devices connect within it (500 a second)");
    command
        ->add_option_function<std::string>(
            "--arrivals",
            [&options](const std::string& text) { options.spacing = parse_spacing(text); },
            "even or poisson gaps between operations, or at-once (by the scenario)")
        ->check(CLI::IsMember({"even", "poisson", "at-once"}));
    command->add_option("--threads", options.threads, "threads of the generator")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command->add_option("--seed", options.seed, "of what is written, by whom and when")
        ->capture_default_str();
    add_target_options(command, verb);
    add_output_options(command, verb);
    command->footer(scenario_list() + "\n" + threshold_help() + "\n" + run_footer + "\n" + footer);
  }

  static void add_target_options(CLI::App* command, RunVerb& verb) {
    RunOptions& options = verb.options;
    command->add_option("--users-file", options.users_file,
                        "accounts of `syncd users create`, JSON lines (registers new ones)");
    command->add_option("--users-skip", options.users_skip, "lines of that file left to others");
    command->add_option("--ca-file", options.ca_file, "certificate authority of the server, PEM");
    command->add_option("--i-may-load", options.permitted_host,
                        "a host, other than this one, that you are allowed to load");
    command->add_option("--gate", options.gate,
                        "a file whose lock another process holds, as `workers` does: says `ready` "
                        "when all devices are connected, measures once the lock is free, and "
                        "prints no summary");
  }

  static void add_output_options(CLI::App* command, RunVerb& verb) {
    RunOptions& options = verb.options;
    command->add_option("--threshold", options.thresholds,
                        "what must hold, as sync_latency.p95<2s; any number of them");
    command->add_flag_callback(
        "--no-verify", [&options] { options.verify = false; },
        "does not read everything back at the end");
    command->add_option("--json", verb.json_file, "writes the results there; - is standard output");
    command->add_option("--html", verb.html_file, "writes the report there");
    command->add_flag("--quiet", verb.quiet, "no live view");
  }

  void add_run() {
    auto* run = app_.add_subcommand("run", "Loads a server, and judges what happened");
    add_load_options(run, run_);
    run->add_option("--history", run_.options.history_file,
                    "writes what happened, as JSON lines that `syncsim check` judges; all contents "
                    "stay in memory");
    run->add_option("--find-max", run_.options.objective,
                    "looks for the highest rate at which this threshold and the others hold, but "
                    "for those with > (they are judged at that rate)");
    run->callback([this] { chosen_ = [this] { return run_run(run_); }; });
  }

  void add_workers() {
    auto* workers =
        app_.add_subcommand("workers", "One run by several processes, and one merged result");
    workers->add_option("count", workers_.count, "processes")
        ->required()
        ->check(CLI::Range(1, 256));
    add_load_options(workers, workers_.run);
    workers->callback([this] { chosen_ = [this] { return run_workers(workers_); }; });
  }

  void add_compare() {
    auto* compare = app_.add_subcommand("compare", "Two results side by side");
    compare->add_option("before", compare_.before, "JSON of a run")->required();
    compare->add_option("after", compare_.after, "JSON of a later run")->required();
    compare
        ->add_option("--tolerance", compare_.tolerance_percent,
                     "percent by which a figure may be worse")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    compare->add_flag("--json", compare_.json, "as one JSON object");
    compare->footer(
        "Exit codes: 0 no figure that both have is worse, 1 one is, or the later run lost more, "
        "2 usage,\n"
        "            4 one of the runs was invalid.\n"
        "Notes tell what else the two differ in, and what only one of them has.\n"
        "Example: syncload compare before.json after.json --tolerance 10");
    compare->callback([this] { chosen_ = [this] { return run_compare(compare_); }; });
  }

  void add_curve() {
    auto* curve =
        app_.add_subcommand("curve", "How one change's cost grows, by runs of doubled size");
    curve->add_option("runs", curve_.files, "JSON of runs that differ in one of them alone")
        ->required()
        ->expected(2, 64)
        ->option_text("FILE FILE ... REQUIRED");
    curve
        ->add_option("--growth", curve_.growth_percent_max,
                     "percent by which a doubling may make it dearer")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    curve
        ->add_option("--noise", curve_.noise_percent,
                     "percent within which a run's cost is right: a step may be so much dearer")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    curve->footer(
        "The cost is the server's time on the processors; the generator's is not among it. Runs "
        "differ in\n"
        "--users, --records or --devices alone. Of users and records the cost of one change is "
        "judged: it\n"
        "has the same to do. Of devices (three runs at least) the cost of a further push is: a "
        "change has\n"
        "twice as many to send, so that its whole cost, which is shown, must grow with them. Each "
        "run is\n"
        "judged against the one before, with the allowance for noise, and the last against the "
        "first, of\n"
        "devices the first that has further pushes, without.\n"
        "Exit codes: 0 within --growth, 1 a step is dearer, 2 usage, or runs that differ in more.");
    curve->callback([this] { chosen_ = [this] { return run_curve(curve_); }; });
  }

  void add_linked() {
    auto* linked = app_.add_subcommand(
        "linked", "Idle devices by sockets and beyond them: what each costs one server");
    linked->add_option("--devices", linked_.options.devices, "all idle but for the pushes")
        ->check(CLI::Range(std::size_t{8}, std::size_t{10'000'000}))
        ->capture_default_str();
    linked->add_option("--sockets", linked_.options.sockets,
                       "so many of them by sockets, if the descriptor limit allows it (0)");
    linked->add_option("--pushes", linked_.options.pushes, "one after another, once all are there")
        ->capture_default_str();
    linked->add_option("--threshold", linked_.options.thresholds,
                       "what must hold, as memory_per_device<12288 or propagation.p99<10ms");
    linked->add_option("--json", linked_.json_file,
                       "writes the results there; - is standard output");
    linked->add_option("--html", linked_.html_file, "writes the report there");
    linked->callback([this] { chosen_ = [this] { return run_linked(linked_); }; });
  }

  void add_null_server() {
    auto* null_server = app_.add_subcommand(
        "null-server", "Answers a run at once and keeps nothing: what the generator can do alone");
    null_server->add_option("--port", null_server_.port, "0 takes a free one")
        ->check(CLI::Range(0, 65535));
    null_server->footer(
        "A run against it needs --no-verify, and its own accounts (no --users-file).\n"
        "Example: syncload null-server --port 8081 &\n"
        "         syncload run --target http://127.0.0.1:8081 --no-verify --rate 5000");
    null_server->callback([this] { chosen_ = [this] { return run_null_server(null_server_); }; });
  }

  CLI::App app_;
  std::function<int()> chosen_;
  RunVerb run_;
  WorkersVerb workers_;
  CompareVerb compare_;
  CurveVerb curve_;
  LinkedVerb linked_;
  NullServerVerb null_server_;
};

}  // namespace

int run_command(int argc, char** argv) {
  const int code = CommandLine().run(argc, argv);
  const auto written = os::finish_standard_output();
  if (written) return code;
  complain(written.error());
  return code == exit_passed ? exit_usage : code;
}

}  // namespace studiosync::load
