#include "server/ops/sample_families.hpp"

namespace studiosync::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(const char* name, const char* help, MetricType type, ClientMetric metric) {
  MetricFamily made;
  made.name = name;
  made.help = help;
  made.type = type;
  made.metric.push_back(std::move(metric));
  return made;
}

MetricFamily counter(const char* name, const char* help, double value) {
  ClientMetric metric;
  metric.counter.value = value;
  return family(name, help, MetricType::Counter, std::move(metric));
}

MetricFamily counter(const char* name, const char* help, std::uint64_t value) {
  return counter(name, help, static_cast<double>(value));
}

MetricFamily counters_by(const char* label, const char* name, const char* help,
                         const std::map<std::string, std::uint64_t>& values) {
  MetricFamily made;
  made.name = name;
  made.help = help;
  made.type = MetricType::Counter;
  for (const auto& [key, value] : values) {
    ClientMetric metric;
    metric.label = {{label, key}};
    metric.counter.value = static_cast<double>(value);
    made.metric.push_back(std::move(metric));
  }
  return made;
}

MetricFamily gauge(const char* name, const char* help, std::size_t value) {
  ClientMetric metric;
  metric.gauge.value = static_cast<double>(value);
  return family(name, help, MetricType::Gauge, std::move(metric));
}

}  // namespace

std::vector<MetricFamily> sample_families(const MetricsSample& s) {
  return {
      counter("syncd_store_commits_total", "Transactions on the disk", s.commits),
      counter("syncd_store_jobs_total", "Writes of users; a commit has one or more", s.jobs),
      counter("syncd_store_rows_written_total", "Rows written", s.rows_written),
      counter("syncd_store_rows_read_total", "Rows read", s.rows_read),
      counter("syncd_store_bytes_written_total", "Bytes of content written", s.bytes_written),
      counters_by("database", "syncd_store_failures_total", "What databases failed at",
                  s.store_failures),
      counter("process_cpu_seconds_total", "Time on the processors, user mode and kernel",
              std::chrono::duration<double>(s.cpu_time).count()),
      gauge("syncd_store_queued_jobs", "Writes that wait for a writer", s.queued_jobs),
      gauge("syncd_live_devices", "Devices with an open push channel", s.live_devices),
      gauge("syncd_connections", "Open connections", s.connections),
      gauge("process_resident_memory_bytes", "Resident memory", s.resident_bytes),
  };
}

}  // namespace studiosync::server
