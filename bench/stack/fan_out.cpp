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

// How long after the sending of an edit the frames that tell of its commit came.
struct Delivery {
  Seconds first{};
  Seconds last{};
};

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

  // Until every reader has its frame, and the writer its acknowledgement.
  Delivery deliver(std::string edit) {
    missing_ = devices_.size();
    const auto sent = Clock::now();
    devices_.front()->send(std::move(edit));
    WireDevice::run(io_);
    return {first_ - sent, last_ - sent};
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

std::vector<Seconds> values(const std::vector<Delivery>& deliveries, const auto& value_of) {
  std::vector<Seconds> all;
  for (const Delivery& delivery : deliveries) all.push_back(value_of(delivery));
  return all;
}

}  // namespace

Figure measure_fan_out(ServerProcess& server, std::size_t edits) {
  Audience audience(server);
  LimitProbes limits(server.folder());
  Batches frames(5);
  std::vector<Delivery> deliveries;
  Seconds before{};
  for (std::size_t edit = 0; edit < warm_up + edits; ++edit) {
    if (edit % probe_interval == 0) limits.sample();
    if (edit == warm_up) before = server.cpu_time();
    const Delivery delivery = audience.deliver(frames.next(1));
    if (edit >= warm_up) deliveries.push_back(delivery);
  }
  const Seconds cpu = server.cpu_time() - before;
  limits.sample();
  const auto lasts = values(deliveries, [](const Delivery& d) { return d.last; });
  const auto spreads = values(deliveries, [](const Delivery& d) { return d.last - d.first; });
  const double spread_p50 = micros(percentile(spreads, 50));
  const double spread_p99 = micros(percentile(spreads, 99));
  const Limit limit{limits.fsync() + 2 * limits.hop(), "F + 2 H"};
  return {
      .name = "W5 one edit to 100 devices",
      .headlines = {at_most("edit to the last device p50", lasts, 50, limit, median_max),
                    at_most("edit to the last device p99", lasts, 99, limit, tail_max)},
      .limits = limits.to_json(),
      .details = Json::object()
                     .set("commit_at_least_us", micros(limits.fsync()))
                     .set("first_to_last_p50_us", spread_p50)
                     .set("first_to_last_p99_us", spread_p99)
                     .set("server_cpu_us_per_message",
                          micros(cpu) / static_cast<double>(edits * (readers + 1)))
                     .set("latencies_us", samples_json(lasts)),
      .remark = text_of("of it the commit's flush: F, %.0f us; first frame to last: p50 %.0f us, "
                        "p99 %.0f us",
                        micros(limits.fsync()), spread_p50, spread_p99),
      .quiet = limits.quiet()};
}

}  // namespace studiosync::bench
