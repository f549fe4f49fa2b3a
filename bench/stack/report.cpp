#include "bench/stack/report.hpp"

#include <algorithm>
#include <cstdio>

namespace studiosync::bench {
namespace {

constexpr Seconds push_floor{0.002};  // faster than this nobody can tell
constexpr double push_factor = 4;
constexpr double tail_factor = 10;
constexpr Seconds first_sync_target{2};  // for up to so many records, more take their share more:
constexpr double first_sync_records = 10'000;
constexpr double quiet_factor = 3;  // between the median flush and the fast ones

double micros(Seconds seconds) {
  return seconds.count() * 1e6;
}

Seconds median_of(const std::vector<FirstSync>& rounds, Seconds FirstSync::*member) {
  std::vector<Seconds> values;
  for (const FirstSync& round : rounds) values.push_back(round.*member);
  return median(values);
}

// One flush of the server's disk and two hops: no change can be safe and arrive sooner.
Seconds push_limit(const Findings& found) {
  return median(found.push.fsyncs) + 2 * median(found.push.hops);
}

double rows_per_second(const Findings& found, Seconds FirstSync::*member) {
  return static_cast<double>(found.records) / median_of(found.first_syncs, member).count();
}

Json to_json(const Headline& headline) {
  return Json::object()
      .set("name", headline.name)
      .set("measured_us", micros(headline.measured))
      .set("limit", headline.limit_meaning)
      .set("limit_us", micros(headline.limit))
      .set("ratio", headline.ratio())
      .set("target_us", micros(headline.target))
      .set("met", headline.met());
}

Json to_json(const FirstSync& round) {
  return Json::object()
      .set("upload_us", micros(round.upload))
      .set("download_us", micros(round.download))
      .set("bare_insert_us", micros(round.bare_insert));
}

template <class... Values>
void append_line(std::string& text, const char* format, Values... values) {
  char line[160];
  std::snprintf(line, sizeof line, format, values...);
  text.append(line).append("\n");
}

}  // namespace

std::vector<Headline> headlines(const Findings& found) {
  const Seconds limit = push_limit(found);
  const Seconds target = std::max(push_floor, push_factor * limit);
  const Seconds tail = tail_factor * target;
  const auto push = [&](double percent) { return percentile(found.push.latencies, percent); };
  const std::string hops = "F + 2 H";
  const Seconds download = median_of(found.first_syncs, &FirstSync::download);
  const Seconds bare = median_of(found.first_syncs, &FirstSync::bare_insert);
  const double share = std::max(1.0, static_cast<double>(found.records) / first_sync_records);
  return {{"push latency p50", push(50), limit, hops, target},
          {"push latency p95", push(95), limit, hops, tail},
          {"push latency p99", push(99), limit, hops, tail},
          {"first sync", download, bare, "bare SQLite insert", share * first_sync_target}};
}

bool machine_was_quiet(const Findings& found) {
  return median(found.push.fsyncs) <= quiet_factor * percentile(found.push.fsyncs, 10);
}

bool targets_met(const Findings& found) {
  return std::ranges::all_of(headlines(found), &Headline::met);
}

Json to_json(const Findings& found) {
  Json all = Json::array();
  for (const Headline& headline : headlines(found)) all.push_back(to_json(headline));
  Json rounds = Json::array();
  for (const FirstSync& round : found.first_syncs) rounds.push_back(to_json(round));
  Json latencies = Json::array();
  for (const Seconds latency : found.push.latencies) latencies.push_back(micros(latency));
  return Json::object()
      .set("fsync_before_us", micros(found.fsync_before))
      .set("fsync_after_us", micros(found.fsync_after))
      .set("fsync_us", micros(median(found.push.fsyncs)))
      .set("hop_us", micros(median(found.push.hops)))
      .set("fsync_p10_us", micros(percentile(found.push.fsyncs, 10)))
      .set("quiet", machine_was_quiet(found))
      .set("edits", std::uint64_t{found.push.latencies.size()})
      .set("local_put_p50_us", micros(percentile(found.push.local_puts, 50)))
      .set("records", std::uint64_t{found.records})
      .set("upload_records_per_s", rows_per_second(found, &FirstSync::upload))
      .set("download_records_per_s", rows_per_second(found, &FirstSync::download))
      .set("headlines", std::move(all))
      .set("first_syncs", std::move(rounds))
      .set("push_latencies_us", std::move(latencies));
}

std::string to_table(const Findings& found) {
  std::string text;
  append_line(text, "F, one flush of 4 KiB          %8.0f us (before the run %.0f, after it %.0f)",
              micros(median(found.push.fsyncs)), micros(found.fsync_before),
              micros(found.fsync_after));
  append_line(text, "H, one bare WebSocket hop      %8.1f us", micros(median(found.push.hops)));
  append_line(text, "%zu edits; put() returns after %8.0f us (p50)", found.push.latencies.size(),
              micros(percentile(found.push.local_puts, 50)));
  append_line(text, "%zu records, %zu rounds; up     %8.0f records/s, down %.0f records/s\n",
              found.records, found.first_syncs.size(), rows_per_second(found, &FirstSync::upload),
              rows_per_second(found, &FirstSync::download));
  append_line(text, "%-18s %11s %11s  %-20s %7s %11s", "", "measured", "limit", "", "ratio",
              "target");
  for (const Headline& line : headlines(found)) {
    append_line(text, "%-18s %8.2f ms %8.2f ms  %-20s %6.1fx %8.2f ms  %s", line.name.c_str(),
                micros(line.measured) / 1e3, micros(line.limit) / 1e3, line.limit_meaning.c_str(),
                line.ratio(), micros(line.target) / 1e3, line.met() ? "met" : "MISSED");
  }
  if (!machine_was_quiet(found)) {
    append_line(
        text, "\nThe machine was busy (F is %.0f us when left alone): the ratios flatter, repeat.",
        micros(percentile(found.push.fsyncs, 10)));
  }
  return text;
}

}  // namespace studiosync::bench
