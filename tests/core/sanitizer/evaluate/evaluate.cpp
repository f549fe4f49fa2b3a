// sanitizer_evaluate: recall and precision of the credential firewall over a corpus of fixtures.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "tests/core/sanitizer/evaluate/bounds.hpp"
#include "tests/core/sanitizer/evaluate/report.hpp"

namespace {

using namespace studiosync;
using namespace studiosync::testing;

struct Options {
  std::string corpus = STUDIOSYNC_FIXTURES "/sanitizer";
  std::string json;
  bool misses = false;
  bool hold = false;
};

void declare(CLI::App& app, Options& options) {
  app.add_option("--corpus", options.corpus, "Folder of positives.jsonl and negatives.jsonl");
  app.add_option("--json", options.json, "Write the figures to this file too");
  app.add_flag("--misses", options.misses, "List what was missed, found wrongly or refused");
  app.add_flag("--hold", options.hold, "Exit 1 when a figure is below its bound");
}

Result<> evaluate(const std::string& path, bool misses, Tallies& tallies) {
  SS_ASSIGN(const std::vector<SanitizerFixture> fixtures, read_fixtures(path));
  for (const SanitizerFixture& fixture : fixtures) {
    const Verdict verdict = judge(fixture);
    tallies.add(fixture, verdict);
    if (misses) print_misses(std::cout, fixture, verdict);
  }
  return {};
}

bool write_json(const std::string& path, const Tallies& tallies) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << to_json(tallies).pretty() << "\n" << std::flush;
  return file.good();
}

int usage_error(const std::string& message) {
  std::cerr << "sanitizer_evaluate: " << message << "\n";
  return 2;
}

bool print_broken(const Tallies& tallies) {
  const std::vector<std::string> broken = broken_bounds(tallies);
  for (const std::string& sentence : broken) std::cout << "\nbroken: " << sentence;
  std::cout << (broken.empty() ? "\nall bounds hold\n" : "\n");
  return !broken.empty();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Recall and precision of the credential firewall. Exits 0, 1 when --hold fails, 2.",
               "sanitizer_evaluate");
  declare(app, options);
  CLI11_PARSE(app, argc, argv);

  Tallies tallies;
  for (const char* side : {"positives", "negatives"}) {
    const std::string path = options.corpus + "/" + side + ".jsonl";
    const Result<> done = evaluate(path, options.misses, tallies);
    if (!done) return usage_error(done.error().message);
  }
  print_tables(std::cout, tallies);
  if (!options.json.empty() && !write_json(options.json, tallies)) {
    return usage_error("cannot write " + options.json);
  }
  const bool broken = print_broken(tallies);
  return options.hold && broken ? 1 : 0;
}
