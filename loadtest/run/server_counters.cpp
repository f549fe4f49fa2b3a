#include "loadtest/run/server_counters.hpp"

#include "loadtest/cost.hpp"
#include "loadtest/metrics_text.hpp"

namespace studiosync::load {

Result<> check_health(client::HttpClient& http) {
  SS_ASSIGN(const client::HttpReply reply, http.request("GET", "/health"));
  const Json* status = reply.body.find("status");
  if (status != nullptr && status->is_string()) return {};
  return fail(ErrorCode::network_error, http.base() + " answers, but is no sync server");
}

std::optional<MemorySample> read_memory(client::HttpClient& http) {
  const auto reply = http.request("GET", "/metrics");
  if (!reply) return std::nullopt;
  const auto devices = metric_value(reply->text, "syncd_live_devices");
  const auto bytes = metric_value(reply->text, "process_resident_memory_bytes");
  if (!devices || !bytes) return std::nullopt;
  return MemorySample{.devices = static_cast<std::uint64_t>(*devices),
                      .bytes = static_cast<std::uint64_t>(*bytes)};
}

std::optional<Usage> read_usage(client::HttpClient& http) {
  const auto reply = http.request("GET", "/metrics");
  return reply ? read_usage_counters(reply->text) : std::nullopt;
}

}  // namespace studiosync::load
