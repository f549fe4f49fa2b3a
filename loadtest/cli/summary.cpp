#include "loadtest/cli/summary.hpp"

#include "client/cli/output.hpp"
#include "loadtest/thresholds.hpp"
#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string indented(const std::string& text) {
  std::string lines = "  ";
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += "  ";
  }
  return lines + "\n";
}

std::string head(const Results& results) {
  return results.scenario + " on " + results.target + ": " + std::to_string(results.users) +
         " users, " + std::to_string(results.devices) + " devices, " +
         std::to_string(results.seconds) + " s\n";
}

std::string latencies(const Results& results) {
  Rows rows{{"", "count", "p50", "p95", "p99", "max"}};
  for (std::size_t i = 0; i < timing_count; ++i) {
    const Histogram all = results.total(static_cast<Timing>(i));
    if (all.count() == 0) continue;
    const auto text = [](std::uint64_t us) { return duration_of(static_cast<double>(us)); };
    rows.push_back({std::string(to_string(static_cast<Timing>(i))), std::to_string(all.count()),
                    text(all.percentile(0.5)), text(all.percentile(0.95)),
                    text(all.percentile(0.99)), text(all.max())});
  }
  return rows.size() == 1 ? "" : indented(client::table(rows));
}

// The server's, once a minute: whether it stays. Too long for a table's cell.
std::string memory(const Results& results) {
  const auto growth = results.memory_growth();
  if (!growth) return {};
  std::string text;
  double due = 0;
  for (const MemorySample& sample : results.memory) {
    if (sample.seconds < due) continue;
    text += (text.empty() ? "" : ", ") + bytes_of(static_cast<double>(sample.bytes));
    due += 60;
  }
  return "  memory  " + text + " of the server, a minute each: " + percent_of(*growth) +
         " growth\n";
}

// What a server that did not keep up with the schedule had still to do.
std::string behind(const Results& results) {
  const std::uint64_t edits = results.late.counts.acknowledged;
  return edits == 0 ? "" : ", and " + std::to_string(edits) + " edits after the measured time";
}

std::string throughput(const Results& results) {
  const Counts counts = results.total();
  const double seconds = std::max(1U, results.seconds);
  const auto rate = [&](std::uint64_t n) { return rate_of(static_cast<double>(n) / seconds); };
  Rows rows{{"operations", rate(counts.offered) + " offered, " + rate(counts.started) + " started"},
            {"edits", rate_of(results.edits_per_second()) + " acknowledged" + behind(results)},
            {"rows", rate_of(results.rows_per_second()) +
                         " applied on other devices until the last one came"},
            {"bytes", bytes_of(static_cast<double>(counts.bytes_sent)) + " sent, " +
                          bytes_of(static_cast<double>(counts.bytes_received)) + " received"},
            {"conflicts", std::to_string(counts.conflicts)},
            {"reconnects", std::to_string(counts.reconnects)}};
  if (const auto cpu = results.cpu_us_per_change()) {
    rows.push_back({"server", duration_of(*cpu) + " of the processors for an edit and its pushes"});
  }
  if (const auto bytes = results.memory_per_device()) {
    rows.push_back({"memory", bytes_of(*bytes) + " of the server for each further device"});
  }
  for (const auto& [code, count] : counts.errors) {
    rows.push_back({"errors", std::to_string(count) + " " + std::string(to_string(code))});
  }
  if (results.dollars_per_user_month) {
    char cost[96];
    std::snprintf(cost, sizeof cost, "$%.4f a user and month at this pace%s",
                  *results.dollars_per_user_month,
                  results.usage && results.usage->estimated ? " (estimated)" : "");
    rows.push_back({"cost", cost});
  }
  return indented(client::table(rows));
}

std::string fill(const Results& results) {
  if (!results.fill) return {};
  char line[200];
  std::snprintf(line, sizeof line,
                "  beforehand  %llu records in %.1f s: %s, the last quarter %s; the generator's "
                "busiest second %s\n",
                static_cast<unsigned long long>(results.fill->records), results.fill->seconds,
                rate_of(results.fill->per_second()).c_str(),
                rate_of(results.fill->per_second_at_end()).c_str(),
                percent_of(results.fill->busiest_second).c_str());
  return line;
}

std::string thresholds(const Results& results) {
  Rows rows;
  for (const Threshold& threshold : results.thresholds) {
    rows.push_back(
        {threshold.met ? "ok" : "FAILED", threshold.expression, measured_text(threshold)});
  }
  return rows.empty() ? "" : indented(client::table(rows));
}

std::string verification(const Results& results) {
  const Verification& found = results.verification;
  if (!found.done) return "  not verified\n";
  std::string text = "  ";
  if (!found.lossless()) text += "FAILED  ";
  if (found.acknowledged == 0) {
    text += "nothing to verify: the server acknowledged no record of this run";
  } else {
    if (found.lossless()) text += "ok  ";
    text += std::to_string(found.found) + " of " + std::to_string(found.acknowledged) +
            " acknowledged records are there as acknowledged";
  }
  if (found.devices_apart > 0) text += "; devices apart: " + std::to_string(found.devices_apart);
  text += "\n";
  for (const std::string& example : found.examples) text += "    " + example + "\n";
  return text;
}

std::string capacity(const Results& results) {
  if (!results.capacity) return {};
  Rows rows{{"rate", "measured", ""}};
  for (const Trial& trial : results.capacity->trials) {
    rows.push_back(
        {rate_of(trial.rate), measured_text(*results.capacity, trial), outcome_of(trial)});
  }
  return indented(client::table(rows)) + "  " + finding_of(*results.capacity) + "\n";
}

std::string verdict(const Results& results) {
  if (const std::string flaw = results.flaw(); !flaw.empty()) return "INVALID: " + flaw + "\n";
  return results.passed ? "passed\n" : "FAILED\n";
}

}  // namespace

std::string summary(const Results& results) {
  std::string text = head(results) + fill(results) + latencies(results) + throughput(results) +
                     memory(results) + capacity(results) + thresholds(results) +
                     verification(results);
  for (const std::string& remark : results.remarks) text += "  note: " + remark + "\n";
  return text + verdict(results);
}

}  // namespace studiosync::load
