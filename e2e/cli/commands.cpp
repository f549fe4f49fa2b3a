#include "e2e/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/crash/verb.hpp"
#include "e2e/faults/fault.hpp"
#include "e2e/real/real_workload.hpp"
#include "os/standard_output.hpp"

namespace studiosync::e2e {
namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 fine, 1 an invariant was broken, 2 usage, 3 a file that cannot be read,\n"
    "4 syncd or syncctl did not start, 5 none of a scenario's expectations was judged (real),\n"
    "130 interrupted (128 and the signal).\n";

constexpr const char* examples =
    "Examples:\n"
    "  syncsim soak --seeds 1..300                 # many runs, some kinds of faults each\n"
    "  syncsim soak --seconds 60 --faults cut,crash --json\n"
    "  syncsim soak --seeds 1..300 --store sqlite  # on SQLite over disks that fail\n"
    "  syncsim run --seed 17 --html run.html       # one of them, as a picture\n"
    "  syncsim run fixtures/scenarios/disjoint-fields.json\n"
    "  syncsim check history.jsonl\n"
    "  syncsim from-trace laptop.jsonl phone.jsonl --out conflict.json\n"
    "  syncsim real fixtures/scenarios/disjoint-fields.json\n"
    "  syncsim real --seeds 1..100 --keep failed   # through a fault proxy, with kill -9\n"
    "  syncsim crashpoints --side device --stride 10\n"
    "  syncsim bugzoo --seeds-max 300              # is each planted bug found?\n"
    "  syncsim shrink --seed 17 --out small.json";

// More than any machine has cores; far fewer than a user may have processes.
constexpr int jobs_max = 256;

// For `crashpoints`: of 0, and again of 2^31 - 1, no seed for SQLite can be made.
constexpr int crash_numbers_max = 1'000'000'000;

constexpr const char* shrink_codes =
    "Exit codes: 0 it is small now, 2 usage, or it breaks no rule, 3 a file that cannot be read\n"
    "or written, 130 interrupted (128 and the signal): the smallest so far is written.\n";

constexpr const char* zoo_codes =
    "Exit codes: 0 some rule found each bug that a history can show, be it another one than the\n"
    "catalog expects (the line says so then), 1 one was missed, 2 usage, 3 the folder cannot be\n"
    "written, 130 interrupted (128 and the signal). Bugs that a test of their own judges are not\n"
    "run, and count for neither.\n";

std::string one_example(const char* command) {
  return std::string("Example: ") + command;
}

std::string fault_list(bool of_real_processes = false) {
  std::string text = "Faults:\n";
  for (const Fault& fault : all_faults()) {
    if (of_real_processes && !real_processes_can(fault.name)) continue;
    std::string name(fault.name);
    name.resize(std::max<std::size_t>(name.size(), 16), ' ');
    text += "  " + name + " " + std::string(fault.about) + "\n";
  }
  return text + "\n";
}

// Declares verbs; the parsed one leaves itself in `chosen`.
class CommandLine {
 public:
  CommandLine() : app_("syncsim: simulated devices, one server, virtual time") {
    app_.set_version_flag("--version", std::string("syncsim ") + STUDIOSYNC_VERSION);
    app_.require_subcommand(1);
    app_.footer(std::string(exit_codes) + examples);
    add_soak();
    add_run();
    add_list();
    add_check();
    add_from_trace();
    add_real();
    add_crash_points();
    add_shrink();
    add_bugzoo();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? exit_fine : exit_usage;
    }
    return chosen_();
  }

 private:
  CLI::App* verb(const char* name, const char* help, std::function<int()> run) {
    CLI::App* command = app_.add_subcommand(name, help);
    command->callback([this, run = std::move(run)] { chosen_ = run; });
    return command;
  }

  static CLI::Option* add_jobs(CLI::App* command, std::size_t& jobs, const char* help) {
    return command->add_option("--jobs", jobs, help)->check(CLI::Range(1, jobs_max));
  }

  static void add_size_and_faults(CLI::App* command, SoakOptions& options) {
    WorkloadOptions& workload = options.workload;
    command->add_option("--devices", workload.devices, "devices in all")
        ->check(CLI::Range(1, 50))
        ->capture_default_str();
    command->add_option("--users", workload.users, "accounts that share the devices")
        ->check(CLI::Range(1, 50))
        ->capture_default_str();
    command->add_option("--ops", workload.operations, "what users do, in all")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_flag("--swarm", workload.swarm, "few kinds of work a run, as bugzoo has it");
    command
        ->add_option("--faults", options.faults,
                     "all (each in a third of the seeds), none, or a list")
        ->capture_default_str();
  }

  static void add_workload(CLI::App* command, SoakOptions& options) {
    add_size_and_faults(command, options);
    command->add_option("--store", options.store, "memory (the default) or sqlite on a faulty disk")
        ->check(CLI::IsMember({"memory", "sqlite"}));
    command->add_option("--link", options.link, "frames, bytes (through WebSockets) or mixed")
        ->check(CLI::IsMember({"frames", "bytes", "mixed"}))
        ->capture_default_str();
  }

  // A file says itself what a seed is made of; of these options it has those that the verb has.
  static void exclude_of_a_seed(CLI::App* command, CLI::Option* file) {
    for (const char* name : {"--devices", "--users", "--ops", "--swarm", "--faults", "--link"}) {
      if (CLI::Option* option = command->get_option_no_throw(name)) file->excludes(option);
    }
  }

  void add_soak() {
    auto* soak =
        verb("soak", "Runs many seeds and checks each", [this] { return run_soak(soak_); });
    soak->add_option("--seeds", soak_.seeds,
                     "17 or 1..300; from 1 on where only --seconds is given");
    soak->add_option("--seconds", soak_.seconds, "no seed begins after that; this or --seeds");
    add_jobs(soak, soak_.jobs, "processes (as many as there are cores)");
    soak->add_flag("--json", soak_.json,
                   "one JSON line a seed, with its trace hash, which takes a fourth of its time");
    add_workload(soak, soak_);
    soak->footer(fault_list() + exit_codes +
                 one_example("syncsim soak --seeds 1..10000 --faults server_restore,crash,cut"));
  }

  void add_run() {
    auto* run = verb("run", "Runs one scenario or seed", [this] { return run_one(run_); });
    auto* file = run->add_option("file", run_.file, "a scenario; - is standard input");
    auto* seed = run->add_option("--seed", run_.of_seed.seeds, "in place of a file");
    file->excludes(seed);
    run->add_option("--history", run_.history_file, "writes what happened, as JSON lines");
    run->add_option("--html", run_.html_file, "draws what happened");
    run->add_option("--scenario", run_.scenario_file, "writes the seed's scenario");
    run->add_option("--bug", run_.bug, "plants a bug of the zoo, in place of the file's; or none");
    run->add_flag("--json", run_.json, "the verdict as one JSON line");
    add_workload(run, run_.of_seed);
    exclude_of_a_seed(run, file);
    run->footer(fault_list() + exit_codes +
                one_example("syncsim run --seed 17 --html run.html --history run.jsonl"));
    run->callback([this, file, seed] {
      if (file->count() + seed->count() == 0) throw CLI::RequiredError("a file or --seed");
      chosen_ = [this] { return run_one(run_); };
    });
  }

  void add_list() {
    auto* list = verb("list", "Lists scenario files", [this] { return run_list(list_); });
    list->add_option("folder", list_.folder, "where they are")->capture_default_str();
    list->add_flag("--json", list_.json, "one JSON line a file");
    list->footer("Exit codes: 0 fine, 2 usage, 3 a file that cannot be read.\n" +
                 one_example("syncsim list fixtures/scenarios"));
  }

  void add_check() {
    auto* check = verb("check", "Judges a history", [this] { return run_check(check_); });
    check->add_option("file", check_.file, "JSON lines; - is standard input")->required();
    check->add_flag("--json", check_.json, "one JSON line a violation");
    check->footer(exit_codes + one_example("syncsim run --seed 17 --history run.jsonl && "
                                           "syncsim check run.jsonl"));
  }

  void add_from_trace() {
    auto* trace = verb("from-trace", "Makes a scenario of recordings (`syncctl record`)",
                       [this] { return run_from_trace(from_trace_); });
    trace->add_option("file", from_trace_.files, "JSON lines, one file a device or several")
        ->required();
    trace->add_option("--out", from_trace_.out_file, "in place of standard output");
    trace->add_option("--name", from_trace_.name, "of the scenario")->capture_default_str();
    trace->footer(
        "What happens otherwise than it was recorded is told. The scenario is run once.\n"
        "Exit codes: 0 fine, 1 changes meet something else in it than they did in the recording,\n"
        "2 usage, 3 a file that cannot be read or written.\n"
        "Example: syncsim from-trace laptop.jsonl phone.jsonl --out conflict.json");
  }

  void add_real() {
    SoakOptions& seeds = real_.of_seeds;
    seeds.jobs = 1;
    seeds.workload = {.devices = 3, .users = 2, .operations = 60};
    auto* real = verb("real", "Runs scenarios with real syncd and syncctl processes", {});
    auto* file = real->add_option("file", real_.file, "a scenario; - is standard input");
    auto* range = real->add_option("--seeds", seeds.seeds, "17 or 1..100, in place of a file");
    file->excludes(range);
    real->add_option("--programs", real_.programs, "the folder of syncd and syncctl");
    real->add_option("--history", real_.history_file, "writes what happened, as JSON lines")
        ->excludes(range);
    real->add_option("--keep", real_.keep_folder, "keeps there what is left of runs that fail");
    add_jobs(real, seeds.jobs, "seeds at a time")->capture_default_str();
    real->add_flag("--json", seeds.json, "one JSON line a run");
    add_size_and_faults(real, seeds);
    exclude_of_a_seed(real, file);
    real->footer(fault_list(true) + exit_codes +
                 one_example("syncsim real --seeds 1..100 --keep failed"));
    real->callback([this, file, range] {
      if (file->count() + range->count() == 0) throw CLI::RequiredError("a file or --seeds");
      chosen_ = [this] { return run_real_verb(real_); };
    });
  }

  void add_crash_points() {
    auto* points = verb("crashpoints",
                        "Ends the stores at every write, or lets their calls fail; reopens them",
                        [this] { return run_crash_points(crash_points_); });
    points->add_option("--side", crash_points_.side, "whose store")
        ->check(CLI::IsMember(crash_side_names()))
        ->capture_default_str();
    points->add_option("--ops", crash_points_.ops, "steps of the workload")->capture_default_str();
    points
        ->add_option("--stride", crash_points_.stride,
                     "visits one moment in so many; with --faults one call of a visited step")
        ->check(CLI::Range(1, crash_numbers_max))
        ->capture_default_str();
    auto* mode = points
                     ->add_option("--mode", crash_points_.mode,
                                  "what a crash does to writes that were not flushed; turns: each "
                                  "moment has another one of these")
                     ->check(CLI::IsMember(crash_mode_names()))
                     ->capture_default_str();
    points->add_option("--seed", crash_points_.seed, "of the workload")
        ->check(CLI::Range(1, crash_numbers_max))
        ->capture_default_str();
    auto* faults = points->add_flag("--faults", crash_points_.faults,
                                    "failing calls in place of crashes: each call of each visited "
                                    "step, unless --stride leaves some out");
    faults->excludes(mode);
    points
        ->add_option("--fault", crash_points_.fault,
                     "how calls fail; all: in each of these ways, one after another")
        ->check(CLI::IsMember(store_fault_names()))
        ->capture_default_str()
        ->needs(faults);
    points
        ->add_option("--visit-every", crash_points_.visit_every,
                     "visits one step in so many, and the others not at all; 1: each step")
        ->check(CLI::Range(1, crash_numbers_max))
        ->capture_default_str()
        ->needs(faults);
    points->add_flag("--json", crash_points_.json, "one JSON line a side");
    points->footer(exit_codes + one_example("syncsim crashpoints --side server --stride 20"));
  }

  void add_shrink() {
    auto* shrink = verb("shrink", "Makes a failing scenario or seed small", {});
    auto* file = shrink->add_option("file", shrink_.file, "a scenario; - is standard input");
    auto* seed = shrink->add_option("--seed", shrink_.of_seed.seeds, "in place of a file");
    file->excludes(seed);
    shrink->add_option("--bug", shrink_.bug,
                       "plants a bug of the zoo, in place of the file's; or none");
    shrink->add_option("--out", shrink_.out_file, "in place of standard output");
    add_workload(shrink, shrink_.of_seed);
    exclude_of_a_seed(shrink, file);
    shrink->footer(
        fault_list() + shrink_codes +
        one_example("syncsim shrink --seed 17 --bug cursor_is_a_second --out small.json"));
    shrink->callback([this, file, seed] {
      if (file->count() + seed->count() == 0) throw CLI::RequiredError("a file or --seed");
      chosen_ = [this] { return run_shrink(shrink_); };
    });
  }

  void add_bugzoo() {
    auto* zoo = verb("bugzoo", "Plants bugs, and sees each found by a rule",
                     [this] { return run_bugzoo(bugzoo_); });
    zoo->add_option("--bug", bugzoo_.bug, "this one only");
    zoo->add_option("--seeds-max", bugzoo_.seeds_max, "how long to look for a bug")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    zoo->add_option("--ops", bugzoo_.workload.operations, "what users do in a run")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    add_jobs(zoo, bugzoo_.jobs, "processes (as many as there are cores)");
    zoo->add_flag("--markdown", bugzoo_.markdown, "as a table");
    zoo->add_option("--shrink", bugzoo_.shrink_folder, "writes a small scenario a bug there");
    zoo->add_flag("--list", bugzoo_.list, "names them, and runs nothing");
    zoo->add_flag("--json", bugzoo_.json, "one JSON line a bug");
    zoo->footer(zoo_codes + one_example("syncsim bugzoo --markdown --shrink small"));
  }

  CLI::App app_;
  std::function<int()> chosen_;
  SoakOptions soak_;
  RunVerbOptions run_;
  ListOptions list_;
  CheckOptions check_;
  FromTraceOptions from_trace_;
  RealVerbOptions real_;
  CrashPointsOptions crash_points_;
  ShrinkVerbOptions shrink_;
  BugzooOptions bugzoo_;
};

}  // namespace

int run_command(int argc, char** argv) {
  const int code = CommandLine().run(argc, argv);
  const auto written = os::finish_standard_output();
  if (written) return code;
  std::fprintf(stderr, "syncsim: %s\n", written.error().message.c_str());
  return code == exit_fine ? exit_bad_file : code;
}

}  // namespace studiosync::e2e
