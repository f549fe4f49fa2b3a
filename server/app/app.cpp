#include "server/app/app.hpp"

#include <filesystem>

#include "core/base/hex.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/sha256.hpp"
#include "os/cpu_time.hpp"
#include "os/entropy.hpp"
#include "os/resident_memory.hpp"
#include "os/wall_clock.hpp"
#include "server/api/api.hpp"
#include "server/app/accounts_path.hpp"
#include "server/app/clock_guard.hpp"
#include "server/app/key_paths.hpp"
#include "server/app/retention_run.hpp"
#include "server/app/user_numbers.hpp"
#include "server/auth/account_store.hpp"
#include "server/auth/secret_file.hpp"
#include "server/channel/channel_acceptor.hpp"
#include "server/net/listener.hpp"
#include "server/ops/logging.hpp"
#include "server/ops/store_failures.hpp"
#include "server/store/sqlite/data_folder.hpp"
#include "server/store/sqlite/log_upkeep.hpp"
#include "server/store/sqlite/sqlite_store.hpp"
#include "server/workers/worker_pool.hpp"

namespace studiosync::server {
namespace {

// accounts.db is made after all shards. What cannot be looked at cannot be opened either.
bool has_accounts(const std::string& folder) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(accounts_path(folder), missing);
  return !missing && bytes > 0;
}

OnStoreFailure failure_report(StoreFailures& failures) {
  return [&failures](std::string_view database, int code, std::string_view message) {
    failures.failed(database, code, message);
  };
}

void watch_databases(StoreFailures& failures, std::uint32_t shards) {
  for (std::uint32_t number = 0; number < shards; ++number) failures.watch(shard_name(number));
  failures.watch("accounts");
}

SqliteStoreOptions store_options(const Config& config, const OnStoreFailure& on_failure) {
  SqliteStoreOptions options;
  options.folder = config.data.dir;
  options.shards = static_cast<std::uint32_t>(config.store.shards);
  options.clock = os::wall_now_us;
  options.entropy = os::random_u64;
  options.log_reserve_bytes = log_reserve_under_load_bytes;
  options.in_use = has_accounts(config.data.dir);
  options.on_failure = on_failure;
  return options;
}

// Names a key in tokens (RFC 7515 section 4.1.4) without telling anything of it.
std::string key_id(const std::string& secret) {
  return to_hex(hash128("key id of " + secret)).substr(0, 8);
}

// The folder's keys may have made passwords' hashes before something else was configured.
Result<std::vector<std::string>> kept_peppers(const std::string& folder) {
  std::vector<std::string> peppers;
  SS_ASSIGN(auto password_key, load_secret(password_key_path(folder)));
  if (password_key) peppers.push_back(std::move(*password_key));
  SS_ASSIGN(const auto jwt_key, load_secret(jwt_key_path(folder)));
  if (jwt_key) peppers.push_back(pepper_of_secret(*jwt_key));
  return peppers;
}

// Where all hashes are of other keys that are there, as in a folder that is older than its
// password.key, a new one is made. Elsewhere it would make the hashes of whoever signs up until the
// old one is back, and lock them out then.
Result<std::string> password_key(const std::string& folder, AccountStore& accounts,
                                 const AuthOptions& options) {
  const std::string path = password_key_path(folder);
  SS_ASSIGN(auto kept, load_secret(path));
  if (kept) return std::move(*kept);
  SS_ASSIGN(const std::uint64_t closed, accounts_without_pepper(accounts, options));
  if (closed == 0) return load_or_create_secret(path);
  return fail(ErrorCode::store_error,
              path + " is missing, and no key that is here opens the passwords of " +
                  std::to_string(closed) +
                  " of the accounts: put it back (backups hold it), or what was configured before "
                  "(JWT_SECRET, auth.password_pepper); where it is lost for good, set a new "
                  "auth.password_pepper, and the others can log in");
}

// What is not configured is kept in the data folder, so that a restart logs nobody out; production
// is required to name its own secret. The pepper is apart from a secret that is kept, so that a
// copy of the folder can have the one without the other.
Result<> choose_keys(const Config& config, AccountStore& accounts, AuthOptions& options) {
  options.jwt_secret = config.auth.jwt_secret;
  options.password_pepper = config.auth.password_pepper;
  if (!options.jwt_secret.empty()) return {};
  const std::string& folder = config.data.dir;
  if (options.password_pepper.empty()) {
    SS_ASSIGN(options.password_pepper, password_key(folder, accounts, options));
  }
  SS_ASSIGN(options.jwt_secret, load_or_create_secret(jwt_key_path(folder)));
  return {};
}

Result<AuthOptions> auth_options(const Config& config, AccountStore& accounts) {
  AuthOptions options;
  SS_ASSIGN(options.older_peppers, kept_peppers(config.data.dir));
  options.previous_secret = config.auth.previous_jwt_secret;
  options.bcrypt_cost = static_cast<int>(config.auth.bcrypt_cost);
  options.bcrypt_threads = static_cast<unsigned>(config.auth.bcrypt_threads);
  options.bcrypt_queue_max = static_cast<std::size_t>(config.auth.bcrypt_queue);
  options.access_lifetime = config.auth.access_lifetime;
  options.refresh_lifetime = config.auth.refresh_lifetime;
  options.shards = static_cast<std::uint32_t>(config.store.shards);
  SS_TRY(choose_keys(config, accounts, options));
  // The one of now is no previous one: nothing would tell their tokens apart.
  if (options.previous_secret == options.jwt_secret) options.previous_secret.clear();
  options.jwt_key_id = key_id(options.jwt_secret);
  options.previous_key_id = key_id(options.previous_secret);
  return options;
}

ListenerOptions listener_options(const Config& config, std::int64_t port) {
  ListenerOptions options;
  options.host = config.server.host;
  options.port = static_cast<std::uint16_t>(port);
  options.threads = static_cast<unsigned>(config.server.threads);
  options.tls_cert_file = config.tls.cert_file;
  options.tls_key_file = config.tls.key_file;
  options.trusted_proxies = config.server.trusted_proxies;
  return options;
}

ListenerOptions metrics_listener_options(const Config& config) {
  ListenerOptions options = listener_options(config, config.server.metrics_port);
  options.host = config.server.metrics_host;
  options.threads = 1;
  options.tls_cert_file.clear();
  options.tls_key_file.clear();
  return options;
}

ApiOptions api_options(const Config& config) {
  return {.uploads_per_minute = config.limits.uploads_per_minute,
          .downloads_per_minute = config.limits.downloads_per_minute,
          .conflicts_per_minute = config.limits.conflicts_per_minute,
          .logins_per_minute = config.limits.logins_per_minute,
          .password_changes_per_minute = config.limits.password_changes_per_minute,
          .cors_origins = config.cors.origins,
          .cors_localhost = config.development()};
}

RetentionRun::Options retention_options(const Config& config) {
  RetentionRun::Options options;
  options.rules.history = config.retention.history;
  options.rules.history_rows = static_cast<std::uint64_t>(config.retention.history_rows);
  return options;
}

// No reason not to serve: the others can log in, and who is logged in stays so.
void tell_of_missing_peppers(const AuthService& auth) {
  const auto accounts = auth.accounts_without_pepper();
  if (!accounts || *accounts == 0) return;
  log_event(Level::warn, "password_pepper_missing", {{"accounts", *accounts}});
}

Result<> check_restored(const AuthService& auth, const std::string& accounts_file) {
  if (!auth.failed_logins_restored()) log_event(Level::error, "failed_logins_lost");
  if (auth.sessions_restored()) return {};
  return fail(ErrorCode::store_error, accounts_file + ": the sessions cannot be read");
}

constexpr const char* clock_trusted = "clock_trusted";
constexpr const char* clock_seen = "clock_seen";
constexpr const char* clock_doubted_from = "clock_doubted_from";

AccountStore::Notes as_notes(const ClockGuard::Notes& seen) {
  return {{clock_trusted, seen.trusted.unix_ms},
          {clock_seen, seen.seen.unix_ms},
          {clock_doubted_from, seen.doubted_from.unix_ms}};
}

// Where nobody has an account yet there is nothing to lose, and any clock will do.
ClockGuard::Notes seen_of_clock(AccountStore& accounts) {
  const auto first = accounts.users_after({}, 1);
  if (first && first->empty()) return {.trusted = os::wall_now(), .seen = os::wall_now()};
  auto notes = accounts.notes().value_or(AccountStore::Notes{});
  return {.trusted = {notes[clock_trusted]},
          .seen = {notes[clock_seen]},
          .doubted_from = {notes[clock_doubted_from]}};
}

// As it stands in a URL.
std::string host_and_port(const std::string& host, std::uint16_t port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Rate change_rate(const Config& config) {
  return Rate::per_second(config.limits.ws_changes_per_second, config.limits.ws_burst);
}

}  // namespace

// In the order of construction; destroyed the other way round, so that nothing outlives what it
// uses.
struct App::Parts {
  Parts(const Config& with, std::unique_ptr<StoreFailures> told, std::unique_ptr<Store> opened,
        std::unique_ptr<AccountStore> accounts_store, AuthOptions options)
      : config(with),
        failures(std::move(told)),
        store(std::move(opened)),
        accounts(std::move(accounts_store)),
        auth(*accounts, std::move(options), os::wall_now),
        metrics([this] { return sample(); }),
        sync(*store, hub, os::wall_now,
             {.user_bytes_max = static_cast<std::uint64_t>(config.limits.bytes_per_user.count),
              .metrics = &metrics}),
        health([this] { return probe(); }, os::wall_now),
        workers(static_cast<unsigned>(config.server.workers),
                static_cast<std::size_t>(config.server.worker_queue),
                [](std::string_view kind) {
                  log_event(Level::error, "worker_task_failed", {{"exception", kind}});
                }),
        clock(seen_of_clock(*accounts), [this](const auto& seen) { note_clock(seen); }),
        retention(sync,
                  {.users_after =
                       [this](UserRef after, std::size_t count_max) {
                         return accounts->users_after(after, count_max);
                       },
                   .tidy_accounts = [this](WallTime now) { return auth.forget_past(now); },
                   .clock_trusted = [this] { return clock.trusts(os::wall_now()); },
                   .run_blocking = run_blocking()},
                  retention_options(config)),
        api({auth, sync, metrics, health, run_blocking(), os::wall_now}, api_options(config)),
        changes(change_rate(config)),
        channels{sync, auth, hub, changes, run_blocking(), &metrics},
        acceptor(channels, [this](std::string_view origin) { return api.cors().allows(origin); }),
        metrics_handler(metrics),
        listener(listener_options(config, config.server.port), api, &acceptor),
        metrics_listener(metrics_listener_options(config), metrics_handler, nullptr) {
    auth.listen({.session_ended =
                     [this](UserRef user, const std::string& session) {
                       hub.end_session(user, session, 4401);
                     },
                 .device_revoked =
                     [this](UserRef user, const DeviceId& device) {
                       hub.end_device(user, device,
                                      Revoked{std::string(to_string(ErrorCode::device_revoked))},
                                      4403);
                     }});
  }

  // Answers of writes that are under way go through the hub: they come to their end before it.
  ~Parts() {
    listener.stop(Millis{0});
    auth.stop();
    workers.stop();
    store->stop();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  RunBlocking run_blocking() {
    return [this](std::function<void(Result<>)> task) { workers.submit(std::move(task)); };
  }

  Result<> probe() {
    SS_TRY(store->probe());
    return accounts->probe(os::wall_now());
  }

  void note_clock(const ClockGuard::Notes& seen) {
    workers.submit([this, notes = as_notes(seen)](const Result<>& admitted) {
      if (admitted && !accounts->note(notes)) log_event(Level::error, "clock_not_noted");
    });
  }

  MetricsSample sample() const {
    const StoreStats stats = store->stats();
    return {.commits = stats.commits,
            .jobs = stats.jobs,
            .rows_written = stats.rows_written,
            .rows_read = stats.rows_read,
            .bytes_written = stats.bytes_written,
            .cpu_time = os::process_cpu_time(),
            .store_failures = failures->counts(),
            .queued_jobs = stats.queued_jobs,
            .live_devices = hub.size(),
            .connections = listener.connections(),
            .resident_bytes = os::resident_memory()};
  }

  Config config;
  std::unique_ptr<StoreFailures> failures;
  std::unique_ptr<Store> store;
  std::unique_ptr<AccountStore> accounts;
  Hub hub;
  AuthService auth;
  Metrics metrics;
  SyncService sync;
  HealthCheck health;
  WorkerPool workers;
  ClockGuard clock;
  RetentionRun retention;
  Api api;
  RateLimiter changes;
  ChannelContext channels;
  ChannelAcceptor acceptor;
  MetricsHandler metrics_handler;
  Listener listener;
  Listener metrics_listener;
};

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
App::~App() = default;

Result<std::unique_ptr<App>> App::open(const Config& config) {
  auto failures = std::make_unique<StoreFailures>(os::wall_now);
  const OnStoreFailure on_failure = failure_report(*failures);
  SS_ASSIGN(auto store, open_sqlite_store(store_options(config, on_failure)));
  SS_TRY(check_user_numbers(config.data.dir));
  SS_ASSIGN(auto accounts,
            AccountStore::open(accounts_path(config.data.dir), os::wall_now(), on_failure));
  watch_databases(*failures, store->shards());
  SS_ASSIGN(AuthOptions options, auth_options(config, *accounts));
  auto parts = std::make_unique<Parts>(config, std::move(failures), std::move(store),
                                       std::move(accounts), std::move(options));
  SS_TRY(check_restored(parts->auth, accounts_path(config.data.dir)));
  tell_of_missing_peppers(parts->auth);
  return std::unique_ptr<App>(new App(std::move(parts)));
}

Result<> App::serve() {
  SS_TRY(parts_->listener.start());
  SS_TRY(parts_->metrics_listener.start());
  log_event(Level::info, "serving",
            {{"port", parts_->listener.port()}, {"metrics_port", parts_->metrics_listener.port()}});
  return {};
}

std::string App::listening_line() const {
  const Config& config = parts_->config;
  const bool secure = !config.tls.cert_file.empty();
  const std::string address = host_and_port(config.server.host, parts_->listener.port());
  const std::string metrics =
      host_and_port(config.server.metrics_host, parts_->metrics_listener.port());
  Json line = Json::object();
  line.set("event", "listening");
  line.set("http", (secure ? "https://" : "http://") + address);
  line.set("ws", (secure ? "wss://" : "ws://") + address + "/ws");
  line.set("metrics", "http://" + metrics + "/metrics");
  return line.dump();
}

void App::tick(WallTime now) {
  parts_->acceptor.sweep(now);
  if (parts_->clock.look(now)) parts_->retention.tick(now);
}

void App::stop() {
  log_event(Level::info, "stopping", {{"devices", parts_->hub.size()}});
  parts_->health.drain();
  parts_->listener.stop_accepting();
  // Each device comes back after a delay of its own, so that they do not all come at once.
  Random random(os::random_u64());
  parts_->hub.end_all(
      [&] { return Message(Drain{Millis{static_cast<std::int64_t>(random.below(5'000))}}); }, 1001);
  parts_->listener.stop(parts_->config.server.shutdown_timeout);
  parts_->metrics_listener.stop(Millis{1'000});
  parts_->auth.stop();
  parts_->workers.stop();
  parts_->store->stop();
  log_event(Level::info, "stopped");
}

AuthService& App::auth() {
  return parts_->auth;
}

}  // namespace studiosync::server
