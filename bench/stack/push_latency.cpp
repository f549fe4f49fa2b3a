#include "bench/stack/push_latency.hpp"

#include "bench/stack/device.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/must.hpp"
#include "bench/stack/records.hpp"

namespace studiosync::bench {
namespace {

constexpr Millis patience{30'000};
constexpr double median_factor = 2.5;
constexpr double tail_factor = 10;

// Creations first, then changes of the same records: both are what a user does.
constexpr std::size_t records = 100;

// Unmeasured: statements are compiled and files grow for the first time.
constexpr std::size_t warm_up = 50;
constexpr std::size_t probe_interval = 50;

struct Latencies {
  std::vector<Seconds> push;       // one an edit, in order
  std::vector<Seconds> local_put;  // how long the same edits' calls took on the writing device
};

Latencies write_edits(Device& writer, Device& reader, LimitProbes& limits, std::size_t edits) {
  Latencies measured;
  for (std::size_t edit = 0; edit < warm_up + edits; ++edit) {
    if (edit % probe_interval == 0) limits.sample();
    const std::string id = "query-" + std::to_string(edit % records);
    reader.watch({EntityType::saved_query, id});
    Json data = data_of(EntityType::saved_query, edit);
    const auto start = Clock::now();
    must(writer.host().put(EntityType::saved_query, id, std::move(data)), "an edit");
    const auto stored = Clock::now();
    const auto seen = reader.seen();
    if (edit < warm_up) continue;
    measured.push.push_back(seen - start);
    measured.local_put.push_back(stored - start);
  }
  limits.sample();
  return measured;
}

}  // namespace

Figure measure_push_latency(ServerProcess& server, const std::string& parent, std::size_t edits) {
  Device writer(parent, "writer", server.log_in("push-latency"));
  Device reader(parent, "reader", server.log_in("push-latency"));
  for (Device* device : {&writer, &reader}) {
    device->host().go_online();
    must(device->host().wait_synced(patience), "connecting a device");
  }
  LimitProbes limits(server.folder());
  const Latencies measured = write_edits(writer, reader, limits, edits);
  const Limit limit{limits.fsync() + 2 * limits.hop(), "F + 2 H"};
  const Seconds target = median_factor * limit.value;
  return {
      .name = "W4 one edit to another device",
      .headlines = {at_most("edit to applied p50", measured.push, 50, limit, target),
                    at_most("edit to applied p99", measured.push, 99, limit, tail_factor * target)},
      .limits = limits.to_json(),
      .details = Json::object()
                     .set("local_put_p50_us", micros(percentile(measured.local_put, 50)))
                     .set("latencies_us", samples_json(measured.push)),
      .quiet = limits.quiet()};
}

}  // namespace studiosync::bench
