#include "e2e/cli/zoo_report.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace studiosync::e2e {
namespace {

std::string text_of(const std::vector<std::string>& rules) {
  std::string text;
  for (const std::string& rule : rules) text += (text.empty() ? "" : " ") + rule;
  return text;
}

std::string with_decimals(double number, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return text;
}

bool as_expected(const Bug& bug, const Hunt& hunt) {
  return std::ranges::any_of(hunt.rules,
                             [&](const std::string& rule) { return expects(bug, rule); });
}

// With a mark where the cause was none of the rules that the catalog has for it.
std::string found_by(const Bug& bug, const Hunt& hunt) {
  const std::string text = text_of(hunt.rules);
  return as_expected(bug, hunt) ? text : text + " (other than expected)";
}

std::string effort(const Hunt& hunt) {
  return std::to_string(hunt.seeds) + " seeds, " + with_decimals(hunt.seconds, 2) + " s";
}

std::string text_of(const Bug& bug, const Hunt& hunt) {
  if (hunt.found()) {
    const std::string text =
        found_by(bug, hunt) + " (seed " + std::to_string(hunt.seed) + ", " + effort(hunt) + ")";
    return as_expected(bug, hunt) ? text : text + "; expected " + std::string(bug.rules);
  }
  const std::string text = "MISSED after " + effort(hunt);
  if (hunt.unclean == 0) return text;
  return text + "; " + std::to_string(hunt.unclean) + " seeds break a rule without it, too";
}

std::string text_of(const Shrunk& shrunk) {
  return "; shrunk to " + std::to_string(shrunk.devices) + " devices and " +
         std::to_string(shrunk.steps) + " steps in " + with_decimals(shrunk.seconds, 1) + " s" +
         (shrunk.exhausted ? ", not to the end" : "");
}

Json to_json(const Bug& bug, const Hunt& hunt) {
  Json json = Json::object().set("verdict", hunt.found() ? "found" : "missed");
  json.set("rules", text_of(hunt.rules)).set("expected", as_expected(bug, hunt));
  json.set("expected_rules", bug.rules);
  json.set("seed", hunt.seed).set("seeds", hunt.seeds).set("unclean", hunt.unclean);
  return json.set("seconds", hunt.seconds);
}

Json to_json(const Shrunk& shrunk) {
  Json json = Json::object().set("devices", static_cast<std::uint64_t>(shrunk.devices));
  json.set("steps", static_cast<std::uint64_t>(shrunk.steps)).set("seconds", shrunk.seconds);
  return json.set("small", shrunk.small()).set("exhausted", shrunk.exhausted);
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::string out_of_reach(const Bug& bug) {
  return bug.habitat == Habitat::invisible ? "judged by " + std::string(bug.where) : std::string();
}

struct ZooReport::Row {
  const Bug& bug;
  Json json;
  std::string text;
  std::string cells;  // of the table, beyond the bug's own
};

ZooReport::ZooReport(ReportStyle style) : style_(style), live_(::isatty(STDERR_FILENO) == 1) {
  if (style_ != ReportStyle::markdown) return;
  std::printf(
      "# Which rule finds which planted bug\n\nWritten by `syncsim bugzoo --markdown`.\n\n");
  std::printf("| bug | what is wrong | found by | seeds | s |\n|---|---|---|---|---|\n");
}

void ZooReport::show_progress(const Bug& bug, const Hunt& hunt) const {
  constexpr std::uint64_t every = 16;
  if (!live_ || hunt.seeds % every != 0) return;
  std::fprintf(stderr, "\r\033[K%s: %llu seeds", std::string(bug.name).c_str(),
               static_cast<unsigned long long>(hunt.seeds));
}

void ZooReport::skipped(const Bug& bug) {
  ++skipped_;
  const std::string why = out_of_reach(bug);
  print({bug, Json::object().set("verdict", "not run").set("why", why), "not run: " + why,
         why + " | | |"});
}

void ZooReport::hunted(const Bug& bug, const Hunt& hunt, const std::optional<Shrunk>& shrunk) {
  if (hunt.found()) {
    seconds_.push_back(hunt.seconds);
    if (!as_expected(bug, hunt)) ++otherwise_;
  } else {
    ++missed_;
  }
  Row row{bug, to_json(bug, hunt), text_of(bug, hunt), {}};
  row.cells = (hunt.found() ? found_by(bug, hunt) : "**missed**") + " | " +
              std::to_string(hunt.seeds) + " | " + with_decimals(hunt.seconds, 2) + " |";
  if (shrunk) {
    ++shrunk_;
    if (shrunk->small()) ++small_;
    row.json.set("shrunk", to_json(*shrunk));
    row.text += text_of(*shrunk);
  }
  print(row);
}

void ZooReport::print(const Row& row) const {
  if (live_) std::fprintf(stderr, "\r\033[K");
  const std::string name(row.bug.name);
  std::string line = name + ": " + row.text;
  if (style_ == ReportStyle::json) line = Json(row.json).set("bug", row.bug.name).dump();
  if (style_ == ReportStyle::markdown) {
    line = "| " + name + " | " + std::string(row.bug.defect) + " | " + row.cells;
  }
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

double ZooReport::median() const {
  if (seconds_.empty()) return 0;
  std::vector<double> sorted = seconds_;
  std::ranges::sort(sorted);
  return sorted[sorted.size() / 2];
}

std::string ZooReport::sum() const {
  const std::size_t found = seconds_.size();
  const std::size_t shown = found + missed_;
  const std::size_t all = shown + skipped_;
  std::string text = std::to_string(all) + (all == 1 ? " bug: of " : " bugs: of ") +
                     std::to_string(shown) + " that a history can show " + std::to_string(found) +
                     " found (" + with_decimals(percent(found, shown), 1) + " %";
  if (otherwise_ != 0) text += ", " + std::to_string(otherwise_) + " by other rules than expected";
  text += "), " + std::to_string(missed_) + " missed;\n" + std::to_string(skipped_) +
          " judged by a test of their own, not run; median " + with_decimals(median(), 2) +
          " s of one core";
  if (shrunk_ == 0) return text;
  return text + "; " + std::to_string(small_) + " of " + std::to_string(shrunk_) +
         " shrunk to at most 3 devices and 12 steps in under 60 s";
}

Json ZooReport::sum_json() const {
  const auto count = [](std::size_t number) { return static_cast<std::uint64_t>(number); };
  Json json = Json::object().set("bugs", count(seconds_.size() + missed_ + skipped_));
  json.set("found", count(seconds_.size())).set("found_otherwise", count(otherwise_));
  json.set("missed", count(missed_)).set("not_run", count(skipped_));
  json.set("found_percent", percent(seconds_.size(), seconds_.size() + missed_));
  json.set("median_seconds", median());
  return json.set("shrunk", count(shrunk_)).set("shrunk_small", count(small_));
}

bool ZooReport::finish(bool interrupted) {
  if (style_ == ReportStyle::json) {
    std::printf("%s\n", sum_json().set("interrupted", interrupted).dump().c_str());
  } else {
    std::printf("%s%s%s\n", style_ == ReportStyle::markdown ? "\n" : "",
                interrupted ? "interrupted: " : "", sum().c_str());
  }
  return missed_ == 0;
}

}  // namespace studiosync::e2e
