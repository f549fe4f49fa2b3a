#include "bench/stack/fan_out.hpp"

#include <memory>
#include <vector>

#include "bench/stack/batches.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/wire_device.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t readers = 100;
constexpr Seconds median_max{0.003};
constexpr Seconds tail_max{0.008};
constexpr std::size_t warm_up = 20;
constexpr std::size_t probe_interval = 50;

// The writer and the readers, all on this thread.
class Audience {
 public:
  explicit Audience(ServerProcess& server) {
    const client::Login login = server.log_in("fan-out");
    for (std::size_t number = 0; number <= readers; ++number) {
      devices_.push_back(std::make_unique<WireDevice>(io_, login, std::to_string(number)));
    }
    for (const auto& device : devices_) {
      device->deliver_to([this](const std::string&) { arrived(); });
    }
  }

  // From the first frame of a commit to its last.
  Seconds spread(std::string edit) {
    missing_ = devices_.size();
    devices_.front()->send(std::move(edit));
    WireDevice::run(io_);
    return last_ - first_;
  }

 private:
  void arrived() {
    last_ = Clock::now();
    if (missing_ == devices_.size()) first_ = last_;
    if (--missing_ == 0) io_.stop();
  }

  boost::asio::io_context io_{1};
  std::vector<std::unique_ptr<WireDevice>> devices_;
  std::size_t missing_ = 0;
  Clock::time_point first_;
  Clock::time_point last_;
};

}  // namespace

Figure measure_fan_out(ServerProcess& server, std::size_t edits) {
  Audience audience(server);
  LimitProbes limits(server.folder());
  Batches frames(5);
  std::vector<Seconds> spreads;
  Seconds before{};
  for (std::size_t edit = 0; edit < warm_up + edits; ++edit) {
    if (edit % probe_interval == 0) limits.sample();
    if (edit == warm_up) before = server.cpu_time();
    const Seconds spread = audience.spread(frames.next(1));
    if (edit >= warm_up) spreads.push_back(spread);
  }
  const Seconds cpu = server.cpu_time() - before;
  limits.sample();
  const Limit hop{limits.hop(), "H"};
  for (Seconds& spread : spreads) spread += hop.value;
  return {.name = "W5 one edit to 100 devices",
          .headlines = {at_most("commit to the last device p50", spreads, 50, hop, median_max),
                        at_most("commit to the last device p99", spreads, 99, hop, tail_max)},
          .limits = limits.to_json(),
          .details = Json::object()
                         .set("server_cpu_us_per_message",
                              micros(cpu) / static_cast<double>(edits * (readers + 1)))
                         .set("latencies_us", samples_json(spreads)),
          .quiet = limits.quiet()};
}

}  // namespace studiosync::bench
