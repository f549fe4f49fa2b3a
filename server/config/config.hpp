// Every setting of syncd as values, with the defaults that hold when nobody says otherwise.
// What a setting is called, means and accepts is in settings.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace studiosync::server {

struct Bytes {
  std::int64_t count = 0;
  friend constexpr auto operator<=>(Bytes, Bytes) = default;
};

struct Config {
  std::string environment = "development";

  struct Server {
    std::string host = "127.0.0.1";
    std::int64_t port = 8080;
    std::string metrics_host = "127.0.0.1";
    std::int64_t metrics_port = 9090;
    std::int64_t threads = 2;
    std::int64_t workers = 4;
    std::int64_t worker_queue = 1'024;
    std::vector<std::string> trusted_proxies;
    Millis shutdown_timeout{30'000};
    bool operator==(const Server&) const = default;
  } server;

  struct Tls {
    std::string cert_file;
    std::string key_file;
    bool operator==(const Tls&) const = default;
  } tls;

  struct Data {
    std::string dir = "syncd-data";
    bool operator==(const Data&) const = default;
  } data;

  struct StoreSettings {
    std::int64_t shards = 4;
    bool operator==(const StoreSettings&) const = default;
  } store;

  struct Auth {
    std::string jwt_secret;
    std::string previous_jwt_secret;
    std::string password_pepper;
    std::int64_t bcrypt_cost = 12;
    std::int64_t bcrypt_threads = 1;
    std::int64_t bcrypt_queue = 256;
    Millis access_lifetime{24LL * 3600 * 1000};
    Millis refresh_lifetime{7LL * 24 * 3600 * 1000};
    bool operator==(const Auth&) const = default;
  } auth;

  struct Limits {
    std::int64_t uploads_per_minute = 10;
    std::int64_t downloads_per_minute = 20;
    std::int64_t conflicts_per_minute = 10;
    std::int64_t logins_per_minute = 120;
    std::int64_t password_changes_per_minute = 10;
    std::int64_t ws_changes_per_second = 2'000;
    std::int64_t ws_burst = 20'000;
    Bytes bytes_per_user{1LL << 30};
    bool operator==(const Limits&) const = default;
  } limits;

  struct Retention {
    Millis history{90LL * 24 * 3600 * 1000};
    std::int64_t history_rows = 1'000;
    bool operator==(const Retention&) const = default;
  } retention;

  struct Cors {
    std::vector<std::string> origins;
    bool operator==(const Cors&) const = default;
  } cors;

  struct Log {
    std::string level = "info";
    std::string format = "auto";
    bool operator==(const Log&) const = default;
  } log;

  bool operator==(const Config&) const = default;

  bool production() const noexcept { return environment == "production"; }
  bool development() const noexcept { return environment == "development"; }
  bool json_logs() const noexcept {
    return log.format == "json" || (log.format == "auto" && production());
  }
};

}  // namespace studiosync::server
