// sanitizer_plant: plants secrets in statements made from the grammars of all dialects, and holds
// that none of them leaves the sanitizer in any form.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <thread>

#include "core/base/check.hpp"
#include "tests/core/sanitizer/plant/planted_statement.hpp"

namespace studiosync::test {
namespace {

struct Options {
  std::string grammars = STUDIOSYNC_FIXTURES "/sanitizer/grammars";
  std::uint64_t statements = 100'000;
  std::uint64_t seed = 1;
  std::uint64_t failures_max = 20;
  unsigned jobs = 2;
  bool print = false;
};

std::vector<Grammar> load_all(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".grammar") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<Grammar> grammars;
  for (const std::string& file : files) grammars.push_back(Grammar::load(file));
  SS_CHECK(!grammars.empty());
  return grammars;
}

class Run {
 public:
  explicit Run(const Options& options) : options_(options), grammars_(load_all(options.grammars)) {}

  int all() {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < options_.jobs; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& thread : threads) thread.join();
    std::cout << options_.statements << " statements, " << failures_ << " failures\n";
    return failures_ == 0 ? 0 : 1;
  }

 private:
  static constexpr std::uint64_t chunk = 1000;

  void work() {
    for (;;) {
      const std::uint64_t first = next_.fetch_add(chunk);
      if (first >= options_.statements || failures_ >= options_.failures_max) return;
      const std::uint64_t end = std::min(first + chunk, options_.statements);
      for (std::uint64_t i = first; i < end; ++i) one(options_.seed + i);
      if (first % 1'000'000 == 0 && first > 0) std::cerr << first << " …\n";
    }
  }

  void one(std::uint64_t seed) {
    const PlantedStatement statement = plant(grammars_, seed);
    const std::string verdict = judge(statement);
    if (verdict.empty() && !options_.print) return;
    const std::lock_guard lock(printing_);
    if (!verdict.empty()) ++failures_;
    std::cout << "seed " << seed << ": " << verdict << "\n" << statement.text << "\n\n";
  }

  const Options& options_;
  const std::vector<Grammar> grammars_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<std::uint64_t> failures_{0};
  std::mutex printing_;  // the only thing that threads share beside the counters
};

}  // namespace
}  // namespace studiosync::test

int main(int argc, char** argv) {
  studiosync::test::Options options;
  CLI::App app("Plants secrets in statements from grammars; none may leave the sanitizer.",
               "sanitizer_plant");
  app.add_option("--statements", options.statements, "How many")->capture_default_str();
  app.add_option("--seed", options.seed, "Of the first; each has the next")->capture_default_str();
  app.add_option("--grammars", options.grammars, "Folder of *.grammar files")
      ->check(CLI::ExistingDirectory);
  app.add_option("--jobs", options.jobs, "Threads")->capture_default_str();
  app.add_option("--failures", options.failures_max, "Stops after so many")->capture_default_str();
  app.add_flag("--print", options.print, "Prints every statement");
  app.footer("A failure is seen again with --seed N --statements 1 --print.");
  CLI11_PARSE(app, argc, argv);
  return studiosync::test::Run(options).all();
}
