// stack_bench: the headline figures of server and devices together, each beside its physical limit
// measured in the same run.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "bench/stack/must.hpp"
#include "bench/stack/probes.hpp"
#include "bench/stack/report.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t fsync_rounds = 200;

struct Options {
  std::string syncd = STUDIOSYNC_BIN "/syncd";
  std::string dataset = STUDIOSYNC_FIXTURES "/data/plausible_user.jsonl";
  std::string parent = std::filesystem::temp_directory_path().string();
  std::string json_file;
  std::size_t edits = 1000;
  std::size_t records = 10'000;
  std::size_t rounds = 3;
  bool check = false;
};

Findings measure(const Options& options) {
  Findings found;
  ServerProcess server(options.syncd, options.parent);
  found.fsync_before = median(FsyncProbe(server.folder()).sample(fsync_rounds));
  found.push = measure_push_latency(server, options.parent, options.edits);
  const auto records = repeat_dataset(options.dataset, options.records);
  found.records = records.size();
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const std::string account = "first-sync-" + std::to_string(round);
    found.first_syncs.push_back(measure_first_sync(server, options.parent, account, records));
  }
  found.fsync_after = median(FsyncProbe(server.folder()).sample(fsync_rounds));
  return found;
}

int run(const Options& options) {
  const Findings found = measure(options);
  std::fputs(to_table(found).c_str(), stdout);
  if (!options.json_file.empty()) {
    std::ofstream out(options.json_file);
    if (!(out << to_json(found).pretty() << "\n")) {
      give_up("writing the results", {.message = options.json_file});
    }
  }
  return options.check && !targets_met(found) ? 1 : 0;
}

}  // namespace
}  // namespace studiosync::bench

int main(int argc, char** argv) {
  studiosync::bench::Options options;
  CLI::App program{"stack_bench: server and devices together, against the machine's limits"};
  program.add_option("--json", options.json_file, "writes the results there");
  program.add_option("--edits", options.edits, "edits measured for the push latency")
      ->check(CLI::PositiveNumber);
  program.add_option("--records", options.records, "records of a first sync")
      ->check(CLI::PositiveNumber);
  program.add_option("--rounds", options.rounds, "first syncs; the median counts")
      ->check(CLI::PositiveNumber);
  program.add_option("--folder", options.parent, "where the databases lie: whose disk is measured");
  program.add_option("--syncd", options.syncd, "the server's binary");
  program.add_flag("--check", options.check, "exit 1 when a target is missed");
  CLI11_PARSE(program, argc, argv);
  return studiosync::bench::run(options);
}
