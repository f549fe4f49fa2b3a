// What an operator watches, as Prometheus counters, gauges and histograms. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace studiosync::server {

// Numbers that other rooms keep anyway, read when somebody looks. The first group only ever grows.
struct MetricsSample {
  std::uint64_t commits = 0;
  std::uint64_t jobs = 0;  // jobs a commit is the group size
  std::uint64_t rows_written = 0;
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_written = 0;
  std::chrono::nanoseconds cpu_time{};  // of the process: all threads, user mode and kernel
  std::map<std::string, std::uint64_t> store_failures;  // by database

  std::size_t queued_jobs = 0;  // waiting for a writer
  std::size_t live_devices = 0;
  std::size_t connections = 0;
  std::size_t resident_bytes = 0;  // of the process
};

struct RequestMeasure {
  std::string_view method;
  std::string_view route;  // the pattern, never the path: ids would make a series each
  int status = 0;
  std::size_t body_bytes = 0;  // of the request
  std::chrono::nanoseconds latency{};
};

class Metrics {
 public:
  // `sample` must be callable from any thread while this lives.
  explicit Metrics(std::function<MetricsSample()> sample);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void request(const RequestMeasure& measure);
  // What became of `count` changes: the wire name of their status.
  void changes(std::string_view status, std::size_t count);
  void conflict_resolved();
  // An error that a device was sent on its push channel: the wire name of its code.
  void device_error(std::string_view code);

  // The text exposition format, version 0.0.4.
  std::string render() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr std::string_view metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace studiosync::server
