#include "bench/stack/push_latency.hpp"

#include "bench/stack/device.hpp"
#include "bench/stack/must.hpp"
#include "bench/stack/probes.hpp"

namespace studiosync::bench {
namespace {

constexpr Millis patience{30'000};

// Creations first, then changes of the same records: both are what a user does.
constexpr std::size_t records = 100;

// Unmeasured: statements are compiled and files grow for the first time.
constexpr std::size_t warm_up = 50;

// The limits are probed after so many edits: for 1,000 edits 200 flushes and 1,000 hops.
constexpr std::size_t probe_interval = 50;
constexpr std::size_t fsyncs_at_once = 10;
constexpr std::size_t hops_at_once = 50;

void append(std::vector<Seconds>& all, const std::vector<Seconds>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// About 300 bytes, as a usual query has.
Json saved_query(std::size_t edit) {
  const std::string number = std::to_string(edit);
  return Json::object()
      .set("name", "Orders by region " + std::to_string(edit % records))
      .set("query",
           "SELECT region, count(*) AS orders, sum(total) AS revenue FROM orders JOIN customers "
           "USING (customer_id) WHERE placed_at > now() - interval '" +
               number + " days' GROUP BY region ORDER BY revenue DESC LIMIT 50")
      .set("folder", "Reports")
      .set("favorite", edit % 2 == 0);
}

}  // namespace

PushLatency measure_push_latency(ServerProcess& server, const std::string& parent,
                                 std::size_t edits) {
  Device writer(parent, "writer", server.log_in("push-latency"));
  Device reader(parent, "reader", server.log_in("push-latency"));
  for (Device* device : {&writer, &reader}) {
    device->host().go_online();
    must(device->host().wait_synced(patience), "connecting a device");
  }
  FsyncProbe fsync(server.folder());
  HopProbe hop;
  PushLatency measured;
  for (std::size_t edit = 0; edit < warm_up + edits; ++edit) {
    if (edit >= warm_up && edit % probe_interval == 0) {
      append(measured.fsyncs, fsync.sample(fsyncs_at_once));
      append(measured.hops, hop.sample(hops_at_once));
    }
    const std::string id = "query-" + std::to_string(edit % records);
    reader.watch({EntityType::saved_query, id});
    Json data = saved_query(edit);
    const auto start = Clock::now();
    must(writer.host().put(EntityType::saved_query, id, std::move(data)), "an edit");
    const auto stored = Clock::now();
    const auto seen = reader.seen();
    if (edit < warm_up) continue;
    measured.latencies.push_back(seen - start);
    measured.local_puts.push_back(stored - start);
  }
  return measured;
}

}  // namespace studiosync::bench
