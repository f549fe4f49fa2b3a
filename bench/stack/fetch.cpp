#include "bench/stack/fetch.hpp"

#include <algorithm>

#include "bench/stack/batches.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/must.hpp"
#include "bench/stack/wire_device.hpp"
#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"

namespace studiosync::bench {
namespace {

constexpr Seconds floor{0.0005};
constexpr double hops_max = 8;
constexpr std::size_t warm_up = 20;
constexpr std::size_t probe_interval = 50;

void push_all(WireDevice& device, std::size_t batches) {
  Batches frames(7);
  for (std::size_t batch = 0; batch < batches; ++batch) {
    device.send(frames.next());
    check_applied(device.receive());
  }
}

Changes fetch(WireDevice& device, const Cursor& cursor) {
  device.send(to_bytes(Pull{cursor, batch_records}));
  Frame answer = must(decode(device.receive(), Encoding::json), "a page");
  return std::move(std::get<Changes>(answer.body));
}

}  // namespace

Figure measure_fetch(ServerProcess& server, std::size_t batches) {
  boost::asio::io_context io{1};
  {
    WireDevice writer(io, server.log_in("fetch"), "writer");
    push_all(writer, warm_up + batches);
  }
  // Nothing is committed any more: it is sent nothing that it does not ask for.
  WireDevice reader(io, server.log_in("fetch"), "reader");
  LimitProbes limits(server.folder());
  std::vector<Seconds> latencies;
  Cursor cursor;
  for (std::size_t batch = 0; batch < warm_up + batches; ++batch) {
    if (batch % probe_interval == 0) limits.sample();
    const auto start = Clock::now();
    const Changes page = fetch(reader, cursor);
    const Seconds latency = Clock::now() - start;
    SS_CHECK(page.changes.size() == batch_records);
    cursor = page.to;
    if (batch >= warm_up) latencies.push_back(latency);
  }
  limits.sample();
  const Seconds target = std::min(floor, hops_max * limits.hop());
  return {.name = "W2 the 50 down",
          .headlines = {at_most("pull to records p50", latencies, 50, {limits.hop(), "H"}, target)},
          .limits = limits.to_json(),
          .details = Json::object().set("latencies_us", samples_json(latencies)),
          .quiet = limits.quiet()};
}

}  // namespace studiosync::bench
