#include "bench/stack/growth.hpp"

#include <algorithm>
#include <functional>
#include <memory>

#include "bench/bare_insert.hpp"
#include "bench/stack/batches.hpp"
#include "bench/stack/growing_account.hpp"
#include "bench/stack/growth_curve.hpp"
#include "bench/stack/limits.hpp"
#include "bench/stack/must.hpp"

namespace studiosync::bench {
namespace {

constexpr double fill_share_min = 0.35;
constexpr std::size_t parts[] = {8, 4, 2, 1};

constexpr std::size_t under_way = 32;
constexpr std::size_t rounds = 5;  // of the measured changes; their median counts
constexpr std::size_t alone = 500;
constexpr std::size_t bare_rows_max = 2'000'000;
constexpr std::size_t bare_commit_rows = 1'000;
constexpr std::chrono::milliseconds breath{100};
constexpr std::chrono::minutes patience{2};
constexpr Seconds idle_cpu_max{0.003};  // a breath: the server's own housekeeping

class Population {
 public:
  Population(ServerProcess& server, std::size_t users) : server_(server) {
    for (std::size_t number = 0; number < users; ++number) {
      accounts_.push_back(std::make_unique<GrowingAccount>(io_, server, number));
      accounts_.back()->device().deliver_to([this](const std::string& a) { answered(a); });
    }
  }

  Seconds grow_to(std::size_t records) {
    const std::size_t batches = (records - std::min(records, records_)) / batch_records;
    records_ += batches * batch_records;
    return send(batches, under_way, batch_records,
                [this] { next_account().send_records(batch_records); });
  }

  // The server's processor time for each.
  Seconds cpu_of_changes(std::size_t changes) {
    const Seconds before = server_.cpu_time();
    send_changes(changes, under_way);
    settle();
    return (server_.cpu_time() - before) / static_cast<double>(changes);
  }

  std::vector<Seconds> latencies(std::size_t changes) {
    std::vector<Seconds> all;
    while (all.size() < changes) all.push_back(send_changes(1, 1));
    return all;
  }

  // Until what the server still has to do with what it was sent is done.
  void settle() {
    const auto begun = std::chrono::steady_clock::now();
    for (Seconds used{1}; used > idle_cpu_max;) {
      if (std::chrono::steady_clock::now() - begun > patience) {
        throw GaveUp("the server does not come to rest");
      }
      const Seconds before = server_.cpu_time();
      io_.restart();
      io_.run_for(breath);
      used = server_.cpu_time() - before;
    }
  }

 private:
  GrowingAccount& next_account() { return *accounts_[next_++ % accounts_.size()]; }
  GrowingAccount& any_account() { return *accounts_[random_.below(accounts_.size())]; }

  Seconds send_changes(std::size_t changes, std::size_t at_once) {
    return send(changes, at_once, 1, [this] {
      GrowingAccount& account = any_account();
      ++sent_ % 2 == 0 ? account.send_records(1) : account.send_edit(random_);
    });
  }

  // `frames` of them, `at_once` under way; returns when all are answered.
  Seconds send(std::size_t frames, std::size_t at_once, std::size_t changes_each,
               std::function<void()> send_one) {
    if (frames == 0) return {};
    send_one_ = std::move(send_one);
    changes_each_ = changes_each;
    unsent_ = unanswered_ = frames;
    const auto start = Clock::now();
    for (std::size_t i = 0; i < at_once; ++i) send_next();
    while (unanswered_ > 0) WireDevice::run(io_);
    return Clock::now() - start;
  }

  void send_next() {
    if (unsent_ == 0) return;
    --unsent_;
    send_one_();
  }

  // Stops the loop now and then, so that its patience is for the next answers and not for all.
  void answered(const std::string& answer) {
    check_applied(answer, changes_each_);
    --unanswered_;
    send_next();
    if (unanswered_ % 1'000 == 0) io_.stop();
  }

  ServerProcess& server_;
  boost::asio::io_context io_{1};
  std::vector<std::unique_ptr<GrowingAccount>> accounts_;
  Random random_{1};
  std::size_t next_ = 0;
  std::size_t records_ = 0;
  std::size_t sent_ = 0;
  std::function<void()> send_one_;
  std::size_t changes_each_ = 1;
  std::size_t unsent_ = 0;
  std::size_t unanswered_ = 0;
};

struct Point {
  CostAt cost;
  double bare_per_s = 0;
  Seconds fill{};
  std::vector<Seconds> latencies;
};

Point measure_at(Population& population, std::size_t records, std::size_t changes,
                 const std::string& parent) {
  Point point{.cost = {records, {}}, .latencies = {}};
  point.bare_per_s =
      bare_rows_per_second(parent, std::min(records, bare_rows_max), bare_commit_rows);
  point.fill = population.grow_to(records);
  population.settle();
  population.cpu_of_changes(changes / rounds);  // warm-up
  for (std::size_t round = 0; round < rounds; ++round) {
    point.cost.cpu_us.push_back(micros(population.cpu_of_changes(changes / rounds)));
  }
  point.latencies = population.latencies(alone);
  return point;
}

Headline fill_of(const std::vector<Point>& points) {
  Seconds filling{};
  std::vector<double> bare;
  for (const Point& point : points) {
    filling += point.fill;
    bare.push_back(point.bare_per_s);
  }
  const std::size_t records = points.back().cost.records;
  return {.name = "fill of " + std::to_string(records),
          .unit = "records/s",
          .measured = static_cast<double>(records) / filling.count(),
          .limit = median(bare),
          .limit_meaning = "S, bare insert",
          .target = fill_share_min * median(bare),
          .goal = Headline::Goal::at_least,
          .noise = noise(bare)};
}

std::vector<Headline> growth_of(const std::vector<Point>& points) {
  std::vector<CostAt> sizes;
  for (const Point& point : points) sizes.push_back(point.cost);
  return growth_headlines(sizes);
}

Json to_json(const Point& point, std::size_t before) {
  return Json::object()
      .set("records", std::uint64_t{point.cost.records})
      .set("fill_records_per_s",
           static_cast<double>(point.cost.records - before) / point.fill.count())
      .set("bare_rows_per_s", point.bare_per_s)
      .set("server_cpu_us_per_change", median(point.cost.cpu_us))
      .set("server_cpu_noise", noise(point.cost.cpu_us))
      .set("latency_alone_p50_us", micros(percentile(point.latencies, 50)))
      .set("latency_alone_p99_us", micros(percentile(point.latencies, 99)));
}

}  // namespace

Figure measure_growth(ServerProcess& server, const std::string& parent, const GrowthScale& scale) {
  LimitProbes limits(server.folder());
  limits.sample();
  Population population(server, scale.users);
  std::vector<Point> points;
  Json curve = Json::array();
  for (const std::size_t part : parts) {
    const std::size_t before = points.empty() ? 0 : points.back().cost.records;
    points.push_back(measure_at(population, scale.records / part, scale.changes, parent));
    curve.push_back(to_json(points.back(), before));
    limits.sample();
  }
  Figure figure{.name = "growth to " + std::to_string(scale.records) + " records of " +
                        std::to_string(scale.users) + " users",
                .headlines = {fill_of(points)},
                .limits = limits.to_json(),
                .details = Json::object().set("curve", std::move(curve)),
                .quiet = limits.quiet()};
  std::ranges::move(growth_of(points), std::back_inserter(figure.headlines));
  return figure;
}

}  // namespace studiosync::bench
