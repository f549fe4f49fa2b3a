// stack_bench: the headline figures of server and devices together, each beside its physical limit
// measured in the same run.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>

#include "bench/stack/batch_push.hpp"
#include "bench/stack/fan_out.hpp"
#include "bench/stack/fetch.hpp"
#include "bench/stack/first_sync.hpp"
#include "bench/stack/growth.hpp"
#include "bench/stack/must.hpp"
#include "bench/stack/push_latency.hpp"

namespace studiosync::bench {
namespace {

constexpr int missed = 1;   // exit codes: a target, or all of a figure that came to nothing
constexpr int is_void = 2;  // nothing was missed, and something says nothing

std::string temporary_folder() {
  std::error_code none;
  return std::filesystem::temp_directory_path(none).string();
}

struct Options {
  std::string syncd = STUDIOSYNC_BIN "/syncd";
  std::string dataset = STUDIOSYNC_FIXTURES "/data/plausible_user.jsonl";
  std::string parent = temporary_folder();
  std::string json_file;
  std::vector<std::string> only;
  std::size_t records = GrowthScale{}.records;
  bool quick = false;
  bool check = false;
};

struct Measurement {
  std::string name;
  std::function<Figure(ServerProcess&)> run;
};

std::vector<Measurement> measurements(const Options& options) {
  const std::string& parent = options.parent;
  const BatchPushScale batches =
      options.quick ? BatchPushScale{.batches = 50, .batches_at_once = 10, .rounds = 1}
                    : BatchPushScale{};
  const FirstSyncScale syncs =
      options.quick ? FirstSyncScale{.many = 2'000, .of_each = 500, .rounds = 1} : FirstSyncScale{};
  const GrowthScale growth = options.quick
                                 ? GrowthScale{.records = 20'000, .users = 20, .changes = 2'000}
                                 : GrowthScale{.records = options.records};
  const std::size_t operations = options.quick ? 100 : 1000;
  return {
      {"W1", [=](ServerProcess& server) { return measure_batch_push(server, parent, batches); }},
      {"W2", [=](ServerProcess& server) { return measure_fetch(server, operations); }},
      {"W3",
       [=, dataset = options.dataset](ServerProcess& server) {
         return measure_first_sync(server, parent, dataset, syncs);
       }},
      {"W4",
       [=](ServerProcess& server) { return measure_push_latency(server, parent, operations); }},
      {"W5", [=](ServerProcess& server) { return measure_fan_out(server, operations); }},
      {"growth", [=](ServerProcess& server) { return measure_growth(server, parent, growth); }},
  };
}

bool wanted(const Options& options, const std::string& name) {
  return options.only.empty() || std::ranges::find(options.only, name) != options.only.end();
}

struct Measured {
  std::vector<Figure> figures;
  bool gave_up = false;  // on one of them: none of its targets is met
};

// A server of its own for each: what one leaves behind is not the next one's load.
Measured measure(const Options& options) {
  Measured all;
  for (const Measurement& measurement : measurements(options)) {
    if (!wanted(options, measurement.name)) continue;
    try {
      ServerProcess server(options.syncd, options.parent);
      all.figures.push_back(measurement.run(server));
      std::fputs(to_table({all.figures.back()}).c_str(), stdout);
    } catch (const GaveUp& reason) {
      all.gave_up = true;
      std::printf("%s: MISSED, %s\n", measurement.name.c_str(), reason.what());
    }
    std::fflush(stdout);
  }
  return all;
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return 0;
    case Verdict::missed:
      return missed;
    case Verdict::none:
      break;
  }
  return is_void;
}

int run(const Options& options) {
  const auto [figures, gave_up] = measure(options);
  if (!options.json_file.empty()) {
    std::ofstream out(options.json_file);
    if (!(out << to_json(figures).pretty() << "\n")) {
      std::fprintf(stderr, "stack_bench: cannot write %s\n", options.json_file.c_str());
      return missed;
    }
  }
  if (gave_up) return missed;
  return options.check ? exit_code(verdict(figures)) : 0;
}

}  // namespace
}  // namespace studiosync::bench

int main(int argc, char** argv) {
  studiosync::bench::Options options;
  CLI::App program{"stack_bench: server and devices together, against the machine's limits"};
  program.add_option("--json", options.json_file, "writes the results there");
  program.add_option("--only", options.only, "only these figures: W1, …, W5, growth")
      ->check(CLI::IsMember({"W1", "W2", "W3", "W4", "W5", "growth"}));
  program.add_flag("--quick", options.quick, "a short pass, too short to compare figures");
  program.add_option("--folder", options.parent, "where the databases lie: whose disk is measured");
  program.add_option("--syncd", options.syncd, "the server's binary");
  program.add_option("--records", options.records, "growth: how many the server has in the end")
      ->check(CLI::Range(studiosync::bench::GrowthScale{}.records, std::size_t{1'000'000'000}))
      ->capture_default_str();
  program.add_flag("--check", options.check,
                   "exit 1 when a target is missed, 2 when the machine was too busy to tell");
  CLI11_PARSE(program, argc, argv);
  return studiosync::bench::run(options);
}
