#include "bench/stack/batch_push.hpp"

#include <memory>

#include "bench/bare_insert.hpp"
#include "bench/stack/batches.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/wire_device.hpp"

namespace studiosync::bench {
namespace {

constexpr double median_factor = 4;
constexpr double tail_factor = 15;
constexpr double records_per_s_min = 60'000;
constexpr std::size_t devices_at_once = 32;

constexpr std::size_t warm_up = 20;  // unmeasured: statements are compiled, files grow
constexpr std::size_t probe_interval = 50;

std::vector<Seconds> push_one_by_one(ServerProcess& server, LimitProbes& limits,
                                     std::size_t batches) {
  boost::asio::io_context io{1};
  WireDevice device(io, server.log_in("batch-push"), "pusher");
  Batches frames(1);
  std::vector<Seconds> latencies;
  for (std::size_t batch = 0; batch < warm_up + batches; ++batch) {
    if (batch % probe_interval == 0) limits.sample();
    std::string frame = frames.next();
    const auto start = Clock::now();
    device.send(std::move(frame));
    const std::string answer = device.receive();
    const Seconds latency = Clock::now() - start;
    check_applied(answer);
    if (batch >= warm_up) latencies.push_back(latency);
  }
  limits.sample();
  return latencies;
}

// Sends the next batch when the last one is acknowledged.
class Pusher {
 public:
  Pusher(boost::asio::io_context& io, ServerProcess& server, const std::string& account,
         std::uint64_t seed)
      : device_(io, server.log_in(account), "pusher"), batches_(seed) {}

  // `finished` when `count` more batches are acknowledged.
  void prepare(std::size_t count, std::function<void()> finished) {
    frames_ = batches_.next_frames(count);
    sent_ = 0;
    device_.deliver_to([this, finished = std::move(finished)](const std::string& answer) {
      check_applied(answer);
      sent_ < frames_.size() ? send_next() : finished();
    });
  }

  void send_next() { device_.send(std::move(frames_[sent_++])); }

 private:
  WireDevice device_;
  Batches batches_;
  std::vector<std::string> frames_;
  std::size_t sent_ = 0;
};

class Crowd {
 public:
  explicit Crowd(ServerProcess& server) {
    for (std::size_t number = 0; number < devices_at_once; ++number) {
      const std::string account = "batch-push-" + std::to_string(number);
      pushers_.push_back(std::make_unique<Pusher>(io_, server, account, 100 + number));
    }
  }

  double records_per_s(std::size_t batches_each) {
    std::size_t running = pushers_.size();
    for (const auto& pusher : pushers_) {
      pusher->prepare(batches_each, [this, &running] {
        if (--running == 0) io_.stop();
      });
    }
    const auto start = Clock::now();
    for (const auto& pusher : pushers_) pusher->send_next();
    WireDevice::run(io_);
    const Seconds taken = Clock::now() - start;
    return static_cast<double>(pushers_.size() * batches_each * batch_records) / taken.count();
  }

 private:
  boost::asio::io_context io_{1};
  std::vector<std::unique_ptr<Pusher>> pushers_;
};

}  // namespace

Figure measure_batch_push(ServerProcess& server, const std::string& parent,
                          const BatchPushScale& scale) {
  LimitProbes limits(server.folder());
  const auto latencies = push_one_by_one(server, limits, scale.batches);
  Crowd crowd(server);
  crowd.records_per_s(1);  // warm-up
  const std::size_t rows = devices_at_once * scale.batches_at_once * batch_records;
  std::vector<double> rates;
  std::vector<double> bare;
  Seconds cpu{};
  for (std::size_t round = 0; round < scale.rounds; ++round) {
    bare.push_back(bare_rows_per_second(parent, rows, 1000));
    const Seconds before = server.cpu_time();
    rates.push_back(crowd.records_per_s(scale.batches_at_once));
    cpu += server.cpu_time() - before;
  }
  limits.sample();
  const Limit limit{limits.fsync(), "F"};
  return {.name = "W1 batches of 50 up",
          .headlines = {at_most("push to acknowledgement p50", latencies, 50, limit,
                                median_factor * limit.value),
                        at_most("push to acknowledgement p99", latencies, 99, limit,
                                tail_factor * limit.value),
                        {.name = "32 devices at once",
                         .unit = "records/s",
                         .measured = median(rates),
                         .limit = median(bare),
                         .limit_meaning = "S, bare insert",
                         .target = records_per_s_min,
                         .goal = Headline::Goal::at_least,
                         .noise = noise(rates)}},
          .limits = limits.to_json(),
          .details = Json::object()
                         .set("server_cpu_us_per_record",
                              micros(cpu) / static_cast<double>(rows * scale.rounds))
                         .set("latencies_us", samples_json(latencies)),
          .quiet = limits.quiet()};
}

}  // namespace studiosync::bench
