#include "server/ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <utility>

#include "server/ops/sample_families.hpp"

namespace studiosync::server {
namespace {

using prometheus::Histogram;

// The source's targets (100, 200, 500 ms; 2 s) are bounds, so that they can be read off exactly.
const Histogram::BucketBoundaries latency_seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                  0.2,   0.3,    0.5,   1,    2,     5,    10};
const Histogram::BucketBoundaries body_bytes{1e3, 4e3, 16e3, 64e3, 256e3, 1e6, 4e6, 10.5e6};

}  // namespace

struct Metrics::Impl {
  explicit Impl(std::function<MetricsSample()> read) : sample(std::move(read)) {}

  std::function<MetricsSample()> sample;
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("syncd_http_requests_total")
          .Help("Answered requests by route and status")
          .Register(registry);
  prometheus::Family<Histogram>& latency = prometheus::BuildHistogram()
                                               .Name("syncd_http_request_seconds")
                                               .Help("From the whole request to its answer")
                                               .Register(registry);
  prometheus::Family<Histogram>& bodies = prometheus::BuildHistogram()
                                              .Name("syncd_http_request_bytes")
                                              .Help("Bodies of requests by route")
                                              .Register(registry);
  prometheus::Family<prometheus::Counter>& changes = prometheus::BuildCounter()
                                                         .Name("syncd_changes_total")
                                                         .Help("Changes by what became of them")
                                                         .Register(registry);
  prometheus::Counter& resolved = prometheus::BuildCounter()
                                      .Name("syncd_conflicts_resolved_total")
                                      .Help("Conflicts that a person decided")
                                      .Register(registry)
                                      .Add({});
  prometheus::Family<prometheus::Counter>& device_errors =
      prometheus::BuildCounter()
          .Name("syncd_channel_errors_total")
          .Help("Errors sent on push channels by code")
          .Register(registry);
};

Metrics::Metrics(std::function<MetricsSample()> sample)
    : impl_(std::make_unique<Impl>(std::move(sample))) {}

Metrics::~Metrics() = default;

void Metrics::request(const RequestMeasure& measure) {
  const std::string method(measure.method);
  const std::string route(measure.route);
  const std::string status = std::to_string(measure.status);
  impl_->requests.Add({{"method", method}, {"route", route}, {"status", status}}).Increment();
  impl_->latency.Add({{"method", method}, {"route", route}, {"status", status}}, latency_seconds)
      .Observe(std::chrono::duration<double>(measure.latency).count());
  if (measure.body_bytes > 0) {
    impl_->bodies.Add({{"route", route}}, body_bytes)
        .Observe(static_cast<double>(measure.body_bytes));
  }
}

void Metrics::changes(std::string_view status, std::size_t count) {
  impl_->changes.Add({{"status", std::string(status)}}).Increment(static_cast<double>(count));
}

void Metrics::conflict_resolved() {
  impl_->resolved.Increment();
}

void Metrics::device_error(std::string_view code) {
  impl_->device_errors.Add({{"code", std::string(code)}}).Increment();
}

std::string Metrics::render() const {
  std::vector<prometheus::MetricFamily> families = impl_->registry.Collect();
  std::ranges::move(sample_families(impl_->sample()), std::back_inserter(families));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace studiosync::server
