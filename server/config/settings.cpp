#include "server/config/settings.hpp"

#include <algorithm>
#include <array>

#include "server/config/edit_distance.hpp"

namespace studiosync::server {
namespace {

constexpr std::array<std::string_view, 3> environments{"development", "production", "test"};
constexpr std::array<std::string_view, 4> levels{"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 3> formats{"json", "text", "auto"};

constexpr std::int64_t second = 1'000;
constexpr std::int64_t day = 24 * 3600 * second;

#define SS_AT(member) [](Config& config) -> Slot { return &config.member; }

const std::array table{
    Setting{.path = "environment",
            .slot = SS_AT(environment),
            .meaning = "`production` refuses weak secrets; `development` answers pages of every "
                       "localhost origin",
            .choices = environments,
            .env_alias = "ENVIRONMENT"},

    Setting{.path = "server.host",
            .slot = SS_AT(server.host),
            .meaning = "address to listen on; `0.0.0.0` for all"},
    Setting{.path = "server.port",
            .slot = SS_AT(server.port),
            .meaning = "port of the HTTP API and of `/ws`; 0 takes a free one",
            .maximum = 65'535},
    Setting{.path = "server.metrics_host",
            .slot = SS_AT(server.metrics_host),
            .meaning = "address of the metrics port, which asks for no token"},
    Setting{.path = "server.metrics_port",
            .slot = SS_AT(server.metrics_port),
            .meaning = "port of `/metrics` alone; 0 takes a free one",
            .maximum = 65'535},
    Setting{.path = "server.threads",
            .slot = SS_AT(server.threads),
            .meaning = "I/O threads",
            .minimum = 1,
            .maximum = 256},
    Setting{.path = "server.workers",
            .slot = SS_AT(server.workers),
            .meaning = "threads for reads that wait for a disk",
            .minimum = 1,
            .maximum = 256},
    Setting{.path = "server.worker_queue",
            .slot = SS_AT(server.worker_queue),
            .meaning = "requests that may wait for a worker; further ones are answered 503",
            .minimum = 1,
            .maximum = 1'000'000},
    Setting{.path = "server.trusted_proxies",
            .slot = SS_AT(server.trusted_proxies),
            .meaning = "addresses and networks (`10.0.0.0/8`) whose `X-Forwarded-For` counts"},
    Setting{.path = "server.shutdown_timeout",
            .slot = SS_AT(server.shutdown_timeout),
            .meaning = "how long requests in flight may take after SIGTERM",
            .maximum = 3'600 * second},

    Setting{.path = "tls.cert_file",
            .slot = SS_AT(tls.cert_file),
            .meaning = "certificate chain (PEM); empty: no TLS"},
    Setting{.path = "tls.key_file",
            .slot = SS_AT(tls.key_file),
            .meaning = "private key of the certificate (PEM)"},

    Setting{.path = "data.dir",
            .slot = SS_AT(data.dir),
            .meaning = "folder of the databases; one syncd at a time"},
    Setting{.path = "store.shards",
            .slot = SS_AT(store.shards),
            .meaning = "databases over which new accounts are spread",
            .minimum = 1,
            .maximum = 256},

    Setting{.path = "auth.jwt_secret",
            .slot = SS_AT(auth.jwt_secret),
            .meaning = "key of the tokens, at least 32 bytes; empty, outside production only: a "
                       "random one is kept in the data folder",
            .secret = true,
            .env_alias = "JWT_SECRET"},
    Setting{.path = "auth.previous_jwt_secret",
            .slot = SS_AT(auth.previous_jwt_secret),
            .meaning = "the key before, at least 32 bytes; its tokens and passwords stay valid "
                       "while keys rotate",
            .secret = true},
    Setting{.path = "auth.password_pepper",
            .slot = SS_AT(auth.password_pepper),
            .meaning =
                "key of the password hashes, at least 32 bytes, never to be changed; empty: the "
                "secret gives one, or `password.key` where that is kept in the data folder",
            .secret = true},
    Setting{.path = "auth.bcrypt_cost",
            .slot = SS_AT(auth.bcrypt_cost),
            .meaning = "2^cost rounds a password; at least 10 in production",
            .minimum = 4,
            .maximum = 15},
    Setting{.path = "auth.bcrypt_threads",
            .slot = SS_AT(auth.bcrypt_threads),
            .meaning = "threads that hash passwords",
            .minimum = 1,
            .maximum = 64},
    Setting{.path = "auth.bcrypt_queue",
            .slot = SS_AT(auth.bcrypt_queue),
            .meaning = "logins that may wait; further ones are answered 503",
            .minimum = 1,
            .maximum = 100'000},
    Setting{.path = "auth.access_lifetime",
            .slot = SS_AT(auth.access_lifetime),
            .meaning = "of an access token",
            .minimum = second,
            .maximum = 30 * day},
    Setting{.path = "auth.refresh_lifetime",
            .slot = SS_AT(auth.refresh_lifetime),
            .meaning = "of a refresh token",
            .minimum = second,
            .maximum = 365 * day},

    Setting{.path = "limits.uploads_per_minute",
            .slot = SS_AT(limits.uploads_per_minute),
            .meaning = "POST `/api/sync/upload` a user; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.downloads_per_minute",
            .slot = SS_AT(limits.downloads_per_minute),
            .meaning = "GET `/api/sync/download` a user; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.conflicts_per_minute",
            .slot = SS_AT(limits.conflicts_per_minute),
            .meaning = "calls of `/api/sync/conflicts` a user; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.logins_per_minute",
            .slot = SS_AT(limits.logins_per_minute),
            .meaning = "registrations and logins an address, of IPv6 a network of 64 bits; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.password_changes_per_minute",
            .slot = SS_AT(limits.password_changes_per_minute),
            .meaning = "POST `/api/auth/change-password` a user; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.ws_changes_per_second",
            .slot = SS_AT(limits.ws_changes_per_second),
            .meaning = "changes pushed over WebSocket a user; 0 = off",
            .maximum = 1'000'000},
    Setting{.path = "limits.ws_burst",
            .slot = SS_AT(limits.ws_burst),
            .meaning = "changes that may come at once after a quiet time",
            .minimum = 1,
            .maximum = 100'000'000},
    Setting{.path = "limits.bytes_per_user",
            .slot = SS_AT(limits.bytes_per_user),
            .meaning = "of live records; beyond it `quota_exceeded`",
            .minimum = 1},

    Setting{.path = "retention.history",
            .slot = SS_AT(retention.history),
            .meaning = "how long query history is kept, favourites aside; 0 = all of it, for ever",
            .maximum = 36'500 * day},
    Setting{.path = "retention.history_rows",
            .slot = SS_AT(retention.history_rows),
            .meaning = "entries of query history a user, the newest; 0 = any number",
            .maximum = 1'000'000'000},

    Setting{
        .path = "cors.origins",
        .slot = SS_AT(cors.origins),
        .meaning = "exact origins whose pages may call; in development every localhost one too"},

    Setting{.path = "log.level",
            .slot = SS_AT(log.level),
            .meaning = "what is logged at least",
            .choices = levels},
    Setting{.path = "log.format",
            .slot = SS_AT(log.format),
            .meaning = "`auto`: JSON in production, text elsewhere",
            .choices = formats},
};

#undef SS_AT

char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::span<const Setting> settings() noexcept {
  return table;
}

const Setting* find_setting(std::string_view path) noexcept {
  const auto found = std::ranges::find(table, path, &Setting::path);
  return found == table.end() ? nullptr : &*found;
}

std::string_view nearest_setting(std::string_view path) {
  const auto distance = [&](const Setting& s) { return edit_distance(s.path, path); };
  const auto nearest = std::ranges::min_element(table, {}, distance);
  return distance(*nearest) <= path.size() / 3 ? nearest->path : std::string_view{};
}

std::string env_name(const Setting& setting) {
  std::string name = "STUDIOSYNC_";
  for (const char c : setting.path) name += c == '.' ? '_' : upper(c);
  return name;
}

}  // namespace studiosync::server
