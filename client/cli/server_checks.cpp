#include <chrono>

#include "client/cli/check.hpp"
#include "client/cli/next_step.hpp"
#include "client/cli/reply_member.hpp"
#include "core/sync/admission.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

constexpr Millis clock_fine{5'000};
constexpr Millis clock_bearable{300'000};  // beyond, the server moves the stamps
constexpr std::string_view api_version = "1";
constexpr Millis patience{60'000};

std::string seconds(Millis span) {
  return std::to_string((span.count < 0 ? -span.count : span.count) / 1000) + " s";
}

Check reached(const Login& login, Millis took) {
  return good("server", without_credentials(login.server) + " answers in " +
                            std::to_string(took.count) + " ms");
}

// The server's time is that of about the middle of the request.
Check clock_check(const Json& health, WallTime asked, Millis took) {
  const auto there = parse_rfc3339(text_member(health, "server_time"));
  if (!there) return warning("clock", "the server does not tell its time", "update the server");
  const WallTime middle = asked + Millis{took.count / 2};
  return judge_clock(middle - WallTime{there->unix_us / 1000});
}

Check version_check(HttpClient& http) {
  const auto reply = http.request("GET", "/api/openapi.json");
  if (!reply) return failure("version", reply.error(), "update the server");
  const Json* info = reply->body.find("info");
  const std::string version = info == nullptr ? "" : text_member(*info, "version");
  const std::string ours = std::string("syncctl ") + STUDIOSYNC_VERSION;
  if (version == api_version) return good("version", ours + ", the server's API is " + version);
  return warning(
      "version",
      ours + " knows API " + std::string(api_version) + ", the server has '" + version + "'",
      "update syncctl and the server to one release");
}

Check failed(std::string name, const Error& error, std::string_view otherwise) {
  return failure(std::move(name), error, std::string(next_step(error.code, otherwise)));
}

// A login is the account's: that it is good tells nothing of the device.
Check session_check(const Cli& cli, const Login& login) {
  const auto reply = ask_server(cli, "GET", "/api/devices");
  if (!reply) return failed("session", reply.error(), "wait a while, then doctor again");
  for (const Json& device : list_member(reply->body, "devices")) {
    if (text_member(device, "id") != login.device_id || !true_member(device, "revoked")) continue;
    const Error removed{.code = ErrorCode::device_revoked,
                        .message = "this device was removed from the account"};
    return failed("session", removed, {});
  }
  return good("session", "the server knows this login");
}

}  // namespace

Check judge_clock(Millis ahead) {
  const Millis off{ahead.count < 0 ? -ahead.count : ahead.count};
  const std::string text = "this clock is " + seconds(off) +
                           (ahead.count < 0 ? " behind the server's" : " ahead of the server's");
  if (off <= clock_fine) return good("clock", "within " + seconds(clock_fine) + " of the server's");
  constexpr const char* next = "set the clock, as with timedatectl set-ntp true";
  if (off <= clock_bearable) return warning("clock", text, next);
  return failure("clock", text + ": the server moves the times of your edits", next, exit_internal);
}

std::vector<Check> server_checks(const Cli& cli, const Login& login) {
  HttpClient http(login.server, login.ca_file, Millis{10'000});
  const WallTime asked = os::wall_now();
  const auto began = std::chrono::steady_clock::now();
  const auto health = http.request("GET", "/health");
  const Millis took{std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::steady_clock::now() - began)
                        .count()};
  if (!health) {
    return {failure("server", health.error(),
                    "check the network, and the server's address in syncctl status")};
  }
  return {reached(login, took), clock_check(health->body, asked, took), version_check(http),
          session_check(cli, login)};
}

Check check_digest(const Cli& cli, const Login& login) {
  auto store = open_device(cli);
  if (!store) return failure("digest", store.error(), "see store");
  const QueueCounts counts = (*store)->counts();
  if (counts.pending + counts.frozen > 0) {
    return warning("digest", "not compared while edits wait", "syncctl sync, then doctor again");
  }
  auto host = EngineHost::create(std::move(*store), login, {.folder = cli.folder},
                                 [](const Notice& /*notice*/, const EngineStatus& /*status*/) {});
  if (!host) {
    return warning("digest", "not compared while another process syncs",
                   "stop syncctl watch, then doctor again");
  }
  (*host)->go_online();
  if (auto synced = (*host)->wait_synced(patience, EngineHost::Outage::give_up); !synced) {
    return failed("digest", synced.error(), "syncctl sync");
  }
  const auto compared = (*host)->compare_digest(patience);
  if (!compared) return failed("digest", compared.error(), "syncctl sync");
  if (compared->equal) return good("digest", "this device and the server hold the same");
  return failure("digest", "this device and the server differ",
                 "it heals from the server now; syncctl diff names the records", exit_store);
}

}  // namespace studiosync::client
