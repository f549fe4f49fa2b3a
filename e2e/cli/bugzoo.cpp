#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "e2e/cli/bug_hunt.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/smaller.hpp"

namespace studiosync::e2e {
namespace {

// Why a bug is not looked for; empty where it is.
std::string out_of_reach(const Bug& bug) {
  if (bug.habitat == Habitat::invisible) return "judged by " + std::string(bug.where);
  if (bug.habitat == Habitat::sqlite) return "shows in stores on a disk only";
  return {};
}

std::string text_of(const std::vector<std::string>& rules) {
  std::string text;
  for (const std::string& rule : rules) text += (text.empty() ? "" : " ") + rule;
  return text;
}

bool as_expected(const Bug& bug, const Hunt& hunt) {
  return std::ranges::any_of(hunt.rules,
                             [&](const std::string& rule) { return expects(bug, rule); });
}

void list(const std::span<const Bug>& chosen, bool json) {
  for (const Bug& bug : chosen) {
    if (json) {
      Json line = Json::object().set("bug", bug.name).set("defect", bug.defect);
      line.set("rules", bug.rules).set("faults", bug.faults).set("not_run", out_of_reach(bug));
      std::printf("%s\n", line.dump().c_str());
    } else {
      std::printf("%-34.*s %.*s\n", static_cast<int>(bug.name.size()), bug.name.data(),
                  static_cast<int>(bug.defect.size()), bug.defect.data());
    }
  }
}

class Report {
 public:
  explicit Report(bool json) : json_(json) {}

  void skipped(const Bug& bug, const std::string& why) {
    ++skipped_;
    print(bug, Json::object().set("verdict", "not run").set("why", why), "not run: " + why);
  }

  void hunted(const Bug& bug, const Hunt& hunt) {
    ++(hunt.found() ? found_ : missed_);
    Json json = Json::object().set("verdict", hunt.found() ? "found" : "missed");
    json.set("seeds", hunt.seeds).set("seconds", hunt.seconds).set("unclean", hunt.unclean);
    json.set("seed", hunt.seed).set("rules", text_of(hunt.rules));
    json.set("expected", as_expected(bug, hunt));
    char figures[64];
    std::snprintf(figures, sizeof figures, "%llu seeds, %.2f s",
                  static_cast<unsigned long long>(hunt.seeds), hunt.seconds);
    std::string text = "MISSED after " + std::string(figures);
    if (hunt.found()) {
      text = text_of(hunt.rules) + " (seed " + std::to_string(hunt.seed) + ", " + figures + ")";
      if (!as_expected(bug, hunt)) text += "; expected " + std::string(bug.rules);
    } else if (hunt.unclean > 0) {
      text += "; " + std::to_string(hunt.unclean) + " seeds break a rule without it, too";
    }
    print(bug, std::move(json), text);
  }

  int finish() const {
    std::fprintf(json_ ? stderr : stdout, "%d found, %d missed, %d not run\n", found_, missed_,
                 skipped_);
    return missed_ == 0 ? exit_fine : exit_violation;
  }

 private:
  void print(const Bug& bug, Json json, const std::string& text) const {
    const std::string line =
        json_ ? json.set("bug", bug.name).dump() : std::string(bug.name) + ": " + text;
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  }

  const bool json_;
  int found_ = 0;
  int missed_ = 0;
  int skipped_ = 0;
};

// The scenario that shows the bug, as small as it gets, under the bug's name.
Result<> write_shrunk(const Bug& bug, const Hunt& hunt, const BugzooOptions& options) {
  if (hunt.rules.front() == rule_crashed) return {};  // a candidate would end this process, too
  const auto expected =
      std::ranges::find_if(hunt.rules, [&](const std::string& rule) { return expects(bug, rule); });
  const std::string& rule = expected == hunt.rules.end() ? hunt.rules.front() : *expected;
  Scenario failing = make_scenario(hunt.seed, workload_of(bug, options.workload));
  failing.bug = bug.name;
  failing.breaks = rule;
  Scenario small = smaller(failing);
  small.name = bug.name;
  small.about = bug.defect;
  std::error_code error;
  std::filesystem::create_directories(options.shrink_folder, error);
  const auto file = std::filesystem::path(options.shrink_folder) / (small.name + ".json");
  return write_file(file.string(), to_json_text(small));
}

}  // namespace

int run_bugzoo(const BugzooOptions& options) {
  std::span<const Bug> chosen = bugs();
  if (!options.bug.empty()) {
    const Bug* bug = find_bug(options.bug);
    if (bug == nullptr) {
      std::fprintf(stderr, "syncsim: no bug '%s'; syncsim bugzoo --list names them\n",
                   options.bug.c_str());
      return exit_usage;
    }
    chosen = {bug, 1};
  }
  if (options.list) {
    list(chosen, options.json);
    return exit_fine;
  }
  const std::size_t jobs =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  Report report(options.json);
  for (const Bug& bug : chosen) {
    if (const std::string why = out_of_reach(bug); !why.empty()) {
      report.skipped(bug, why);
      continue;
    }
    const Hunt found = hunt(bug, options.workload, options.seeds_max, jobs);
    report.hunted(bug, found);
    if (options.shrink_folder.empty() || !found.found()) continue;
    if (const auto written = write_shrunk(bug, found, options); !written) {
      std::fprintf(stderr, "syncsim: %s\n", written.error().message.c_str());
      return exit_bad_file;
    }
  }
  return report.finish();
}

}  // namespace studiosync::e2e
