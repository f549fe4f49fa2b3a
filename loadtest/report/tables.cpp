#include "loadtest/report/tables.hpp"

#include "e2e/draw/escape.hpp"
#include "loadtest/report/run_charts.hpp"
#include "loadtest/thresholds.hpp"
#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

using Row = std::vector<std::string>;

std::string micros(std::uint64_t us) {
  return duration_of(static_cast<double>(us));
}

std::string tile(const std::string& value, std::string_view what, std::string_view mood = "") {
  return "<div class=\"tile\"><b class=\"" + std::string(mood) + "\">" + e2e::escape_html(value) +
         "</b><span>" + e2e::escape_html(what) + "</span></div>\n";
}

std::string cells(const Row& row, std::string_view tag) {
  std::string html = "<tr>";
  for (const std::string& cell : row) {
    html.append("<").append(tag).append(">").append(e2e::escape_html(cell));
    html.append("</").append(tag).append(">");
  }
  return html + "</tr>\n";
}

// `kind` is `words` where the cells are text.
std::string table(std::string_view heading, const Row& head, const std::vector<Row>& rows,
                  std::string_view kind = "") {
  if (rows.empty()) return {};
  std::string html = "<h2>" + std::string(heading) + "</h2>\n<div class=\"table\"><table class=\"" +
                     std::string(kind) + "\">\n";
  if (!head.empty()) html += cells(head, "th");
  for (const Row& row : rows) html += cells(row, "td");
  return html + "</table></div>\n";
}

std::string thresholds(const Results& results) {
  std::vector<Row> rows;
  for (const Threshold& threshold : results.thresholds) {
    rows.push_back(
        {threshold.expression, measured_text(threshold), threshold.met ? "✓ met" : "✗ failed"});
  }
  return table("Thresholds", {"", "measured", ""}, rows);
}

std::string timings(const Results& results) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < timing_count; ++i) {
    const auto timing = static_cast<Timing>(i);
    const Histogram all = results.total(timing);
    if (all.count() == 0) continue;
    rows.push_back(
        {std::string(to_string(timing)), std::to_string(all.count()), duration_of(all.mean()),
         micros(all.percentile(0.5)), micros(all.percentile(0.9)), micros(all.percentile(0.95)),
         micros(all.percentile(0.99)), micros(all.percentile(0.999)), micros(all.max())});
  }
  return table("Timings", {"", "count", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"}, rows);
}

std::string generator(const Results& results) {
  const SelfCheck& self = results.self;
  return table("The generator about itself",
               {"offered", "achieved", "busiest thread", "its busiest second",
                "wait for a processor", "lag p99", "result"},
               {{rate_of(self.offered_per_second), rate_of(self.achieved_per_second),
                 percent_of(self.busiest_thread), percent_of(self.busiest_second),
                 duration_of(self.thread_wait_us), micros(self.lag_p99_us),
                 self.valid ? "valid" : "invalid"}});
}

std::string capacity(const Results& results) {
  if (!results.capacity) return {};
  std::vector<Row> rows;
  for (const Trial& trial : results.capacity->trials) {
    rows.push_back(
        {rate_of(trial.rate), measured_text(*results.capacity, trial), outcome_of(trial)});
  }
  return table("Search: " + e2e::escape_html(finding_of(*results.capacity)),
               {"rate", "measured", ""}, rows);
}

std::string verification(const Results& results) {
  const Verification& found = results.verification;
  if (!found.done) return {};
  std::vector<Row> rows{{"acknowledged records", std::to_string(found.acknowledged)},
                        {"found as acknowledged", std::to_string(found.found)},
                        {"missing", std::to_string(found.missing)},
                        {"another version", std::to_string(found.different)},
                        {"devices apart", std::to_string(found.devices_apart)}};
  for (const std::string& example : found.examples) rows.push_back({"for example", example});
  return table("Read back at the end", {}, rows);
}

std::string settings(const Results& results) {
  std::vector<Row> rows;
  for (const auto& [name, value] : results.options) rows.push_back({name, value});
  return table("How it was run", {}, rows, "words");
}

std::string remarks(const Results& results) {
  std::vector<Row> rows;
  for (const std::string& remark : results.remarks) rows.push_back({remark});
  return table("Remarks", {}, rows, "words");
}

std::string verified_tile(const Verification& found) {
  if (!found.done) return tile("not verified", "acknowledged records", "warn");
  if (found.acknowledged == 0 && found.lossless()) {
    return tile("nothing to verify", "no record was acknowledged", "warn");
  }
  return tile(std::to_string(found.found),
              "of " + std::to_string(found.acknowledged) + " acknowledged records found again",
              found.lossless() ? "good" : "bad");
}

}  // namespace

std::string tiles(const Results& results) {
  const Timing timing = main_timing(results);
  const Histogram all = results.total(timing);
  const Counts counts = results.total();
  const std::string name(to_string(timing));
  std::string html = "<div class=\"tiles\">\n";
  for (const auto& [what, share] : {std::pair{" p50", 0.5}, {" p95", 0.95}, {" p99", 0.99}}) {
    html += tile(all.count() == 0 ? "-" : micros(all.percentile(share)), name + what);
  }
  html += tile(rate_of(results.edits_per_second()), "edits acknowledged");
  html += tile(rate_of(results.rows_per_second()), "rows on other devices");
  html += tile(percent_of(results.error_rate()), "errors", counts.all_errors() > 0 ? "bad" : "");
  html += tile(percent_of(results.conflict_rate()), "conflicts");
  html += verified_tile(results.verification);
  if (results.fill) html += tile(rate_of(results.fill->per_second()), "records written beforehand");
  if (const auto cpu = results.cpu_us_per_change()) {
    html += tile(duration_of(*cpu), "of the server's processors an edit");
  }
  if (const auto growth = results.memory_growth()) {
    html += tile(percent_of(*growth), "growth of the server's memory");
  }
  if (const auto bytes = results.memory_per_device()) {
    html += tile(bytes_of(*bytes), "of the server's memory a device");
  }
  if (results.dollars_per_user_month) {
    char cost[32];
    std::snprintf(cost, sizeof cost, "$%.4f", *results.dollars_per_user_month);
    html += tile(cost, "a user and month at this pace");
  }
  return html + "</div>\n";
}

std::string tables(const Results& results) {
  return thresholds(results) + timings(results) + capacity(results) + generator(results) +
         verification(results) + remarks(results) + settings(results);
}

}  // namespace studiosync::load
