#include "loadtest/run/run_options.hpp"

#include "client/http/http_client.hpp"
#include "client/ws/ws_url.hpp"
#include "loadtest/run/descriptor_limit.hpp"
#include "loadtest/thresholds.hpp"

namespace studiosync::load {
namespace {

// For files, the loop of each thread, and the library's own.
constexpr std::size_t spare_descriptors = 64;

// The kernel gives out 28,000 ports by default, every other one first: once those are taken it
// looks through them all at each connect, which then takes a millisecond.
constexpr std::size_t devices_an_address = 12'000;

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<> check_target(const RunOptions& options) {
  SS_ASSIGN(const std::string channel, client::push_channel_url(options.target));
  SS_ASSIGN(const client::WsUrl url, client::parse_ws_url(channel));
  if (is_loopback(url.host) || url.host == options.permitted_host) return {};
  return fail(ErrorCode::bad_request, "'" + url.host +
                                          "' is another machine; if it is yours to load, say "
                                          "--i-may-load " +
                                          url.host);
}

Result<> check_scenario(const RunOptions& options) {
  const auto scenario = make_scenario(options.scenario);
  if (!scenario) return fail(ErrorCode::bad_request, "no scenario '" + options.scenario + "'");
  const ScenarioSpec& spec = scenario->spec();
  if (options.devices < spec.devices_a_user_min) {
    return fail(ErrorCode::bad_request, options.scenario + " needs --devices " +
                                            std::to_string(spec.devices_a_user_min) + " at least");
  }
  SS_TRY(parse_thresholds(options.thresholds, spec.thresholds));
  if (!options.objective.empty()) {
    SS_TRY(parse_threshold(options.objective));
  }
  return {};
}

// Operations a second, on average.
double rate_of(const RunOptions& options) {
  if (options.rate > 0) return options.rate;
  const auto scenario = make_scenario(options.scenario);
  const auto profile = scenario->rate(shape_of(options, scenario->spec()));
  return operations_in(profile) / static_cast<double>(options.duration.count());
}

// Each reader of `download` is a device of its own, and stays until the end.
std::size_t connections_of(const RunOptions& options) {
  const std::size_t devices = options.users * options.devices;
  if (options.scenario != "download") return devices;
  const double readers = rate_of(options) * static_cast<double>(options.duration.count());
  return devices + static_cast<std::size_t>(readers);
}

Result<> check_descriptors(const RunOptions& options) {
  const std::size_t limit = raise_descriptor_limit();
  const std::size_t devices = connections_of(options);
  if (devices + spare_descriptors <= limit) return {};
  return fail(ErrorCode::bad_request,
              std::to_string(devices) + " devices need as many open files, and " +
                  std::to_string(limit) +
                  " are allowed: raise `ulimit -n`, spread them with `syncload workers`, or do "
                  "without sockets (`syncload linked`)");
}

}  // namespace

std::map<std::string, std::string> described(const RunOptions& options) {
  std::map<std::string, std::string> text;
  text["users"] = std::to_string(options.users);
  text["devices"] = std::to_string(options.devices);
  text["threads"] = std::to_string(options.threads);
  text["seed"] = std::to_string(options.seed);
  text["duration"] = std::to_string(options.duration.count()) + "s";
  if (options.records) text["records"] = std::to_string(*options.records);
  text["descriptors"] = std::to_string(raise_descriptor_limit()) + " allowed";
  text["contents"] = to_string(options.contents);
  text["rate"] = Json(rate_of(options)).dump();
  if (options.spacing) text["arrivals"] = to_string(*options.spacing);
  if (options.ramp) text["ramp"] = std::to_string(options.ramp->count()) + "s";
  return text;
}

std::vector<std::string> source_addresses(const RunOptions& options) {
  const std::size_t devices = connections_of(options);
  const bool loopback = options.target.find("//127.") != std::string::npos;
  std::vector<std::string> addresses;
  if (!loopback || devices <= devices_an_address) return addresses;
  // 127.0.0.1 is left to everybody else.
  for (std::size_t i = 0; i <= devices / devices_an_address; ++i) {
    addresses.push_back("127.0.0." + std::to_string(2 + i % 250));
  }
  return addresses;
}

Shape shape_of(const RunOptions& options, const ScenarioSpec& spec) {
  return {.duration = options.duration,
          .rate = options.rate,
          .users = options.users,
          .devices_a_user = options.devices,
          .records = options.records.value_or(spec.records)};
}

Result<> check_options(const RunOptions& options) {
  SS_TRY(check_target(options));
  SS_TRY(check_scenario(options));
  return check_descriptors(options);
}

}  // namespace studiosync::load
