#include "e2e/cli/seed_options.hpp"

#include <charconv>
#include <sstream>
#include <thread>

#include "e2e/cli/files.hpp"
#include "e2e/faults/fault.hpp"
#include "e2e/zoo/catalog.hpp"

namespace studiosync::e2e {
namespace {

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<> take_faults(const std::string& list, WorkloadOptions& workload) {
  workload.mixed_faults = list == "all";
  if (list == "all" || list == "none") return {};
  std::istringstream names(list);
  for (std::string name; std::getline(names, name, ',');) {
    if (find_fault(name) == nullptr) {
      return fail(ErrorCode::bad_request,
                  "no fault '" + name + "'; syncsim soak --help names them");
    }
    workload.faults.push_back(name);
  }
  return {};
}

StoreKind store_of(const SoakOptions& options) {
  return options.store == "sqlite" ? StoreKind::sqlite : StoreKind::memory;
}

}  // namespace

Result<WorkloadOptions> workload_of(const SoakOptions& options) {
  WorkloadOptions workload = options.workload;
  SS_TRY(take_faults(options.faults, workload));
  if (options.link == "frames") workload.link = LinkChoice::frames;
  if (options.link == "bytes") workload.link = LinkChoice::bytes;
  workload.store = store_of(options);
  return workload;
}

Result<SeedRange> seeds_of(const SoakOptions& options) {
  SeedRange range;
  range.jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  if (options.seconds > 0) {
    range.until = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  }
  if (options.seeds.empty()) return range;
  const auto dots = options.seeds.find("..");
  const auto first = number_of(options.seeds.substr(0, dots));
  const auto last = dots == std::string::npos ? first : number_of(options.seeds.substr(dots + 2));
  if (!first || !last || *last < *first) {
    return fail(ErrorCode::bad_request, "seeds are 17 or 1..300, not '" + options.seeds + "'");
  }
  range.first = *first;
  range.last = *last;
  return range;
}

Result<Scenario> scenario_of(const std::string& file, const SoakOptions& of_seed) {
  if (!file.empty()) {
    SS_ASSIGN(const std::string text, read_file(file));
    SS_ASSIGN(Scenario scenario, parse_scenario(text));
    if (!of_seed.store.empty()) scenario.store = store_of(of_seed);
    return scenario;
  }
  SS_ASSIGN(const WorkloadOptions workload, workload_of(of_seed));
  SS_ASSIGN(const SeedRange seeds, seeds_of(of_seed));
  if (seeds.first != seeds.last) {
    return fail(ErrorCode::bad_request, "one seed, as 17, not '" + of_seed.seeds + "'");
  }
  return make_scenario(seeds.first, workload);
}

Result<> choose_bug(Scenario& scenario, const std::string& bug) {
  if (!bug.empty()) scenario.bug = bug == "none" ? "" : bug;
  if (scenario.bug.empty() || find_bug(scenario.bug) != nullptr) return {};
  return fail(ErrorCode::bad_request,
              "no bug '" + scenario.bug + "'; syncsim bugzoo --list names them");
}

std::string replay_command(std::uint64_t seed, const SoakOptions& options) {
  const SoakOptions defaults;
  std::string command = "syncsim run --seed " + std::to_string(seed);
  const auto add = [&](const char* name, const auto& value, const auto& standard) {
    if (value == standard) return;
    std::ostringstream text;
    text << " --" << name << " " << value;
    command += text.str();
  };
  add("devices", options.workload.devices, defaults.workload.devices);
  add("users", options.workload.users, defaults.workload.users);
  add("ops", options.workload.operations, defaults.workload.operations);
  if (options.workload.swarm) command += " --swarm";
  add("faults", options.faults, defaults.faults);
  add("link", options.link, defaults.link);
  add("store", options.store, defaults.store);
  return command;
}

}  // namespace studiosync::e2e
