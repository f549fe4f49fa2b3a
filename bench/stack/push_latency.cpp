#include "bench/stack/push_latency.hpp"

#include "bench/stack/device.hpp"
#include "bench/stack/must.hpp"

namespace studiosync::bench {
namespace {

constexpr Millis patience{30'000};

// Creations first, then changes of the same records: both are what a user does.
constexpr std::size_t records = 100;

// Unmeasured: statements are compiled and files grow for the first time.
constexpr std::size_t warm_up = 50;

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
  PushLatency measured;
  for (std::size_t edit = 0; edit < warm_up + edits; ++edit) {
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
