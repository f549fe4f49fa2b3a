// syncd: the sync server's command line.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "core/base/json.hpp"
#include "os/core_dump.hpp"
#include "os/wall_clock.hpp"
#include "server/app/app.hpp"
#include "server/app/backup.hpp"
#include "server/app/check.hpp"
#include "server/app/test_accounts.hpp"
#include "server/config/load.hpp"
#include "server/config/print_config.hpp"
#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

// Exit codes, as docs and scripts know them.
constexpr int exit_stopped = 0;
constexpr int exit_usage = 1;
constexpr int exit_data = 2;
constexpr int exit_bind = 3;

struct Arguments {
  std::string config_file;
  std::vector<std::string> settings;  // `limits.uploads_per_minute=20`
  std::string data;
  std::string host;
  std::string port;
  std::string metrics_port;
  std::string tls_cert;
  std::string tls_key;
  std::string backup_folder;  // written by backup, read by restore
  TestAccounts accounts;
};

int report(const Error& error, int code) {
  std::fprintf(stderr, "syncd: %s\n", error.message.c_str());
  return code;
}

Result<Config> configure(const Arguments& arguments, Purpose purpose = Purpose::serving) {
  ConfigSources sources;
  sources.yaml_file = arguments.config_file;
  sources.environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  sources.overrides = arguments.settings;
  const auto flag = [&](const char* path, const std::string& value) {
    if (!value.empty()) sources.overrides.push_back(std::string(path) + "=" + value);
  };
  flag("data.dir", arguments.data);
  flag("server.host", arguments.host);
  flag("server.port", arguments.port);
  flag("server.metrics_port", arguments.metrics_port);
  flag("tls.cert_file", arguments.tls_cert);
  flag("tls.key_file", arguments.tls_key);
  return load_config(sources, purpose);
}

// Returns when SIGTERM or SIGINT comes; looks after the channels once a second meanwhile.
void run_until_signal(App& app, const sigset_t& signals) {
  const timespec second{1, 0};
  while (::sigtimedwait(&signals, nullptr, &second) < 0) app.tick(os::wall_now());
}

int serve(const Arguments& arguments) {
  const auto config = configure(arguments);
  if (!config) return report(config.error(), exit_usage);
  // Blocked before any thread starts, so that only the main thread takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  start_logging({.level = parse_level(config->log.level), .json = config->json_logs()});
  auto app = App::open(*config);
  if (!app) return report(app.error(), exit_data);
  if (auto serving = (*app)->serve(); !serving) {
    const bool bind = serving.error().code == ErrorCode::connection_refused;
    return report(serving.error(), bind ? exit_bind : exit_usage);
  }
  std::printf("%s\n", (*app)->listening_line().c_str());
  std::fflush(stdout);
  run_until_signal(**app, signals);
  (*app)->stop();
  stop_logging();
  return exit_stopped;
}

int print_config(const Arguments& arguments) {
  const auto config = configure(arguments);
  if (!config) return report(config.error(), exit_usage);
  std::printf("%s", config_yaml(*config).c_str());
  return exit_stopped;
}

int create_users(const Arguments& arguments) {
  const auto config = configure(arguments);
  if (!config) return report(config.error(), exit_usage);
  const auto made = create_test_accounts(*config, arguments.accounts);
  if (made) return exit_stopped;
  const bool refused = made.error().code == ErrorCode::forbidden;
  return report(made.error(), refused ? exit_usage : exit_data);
}

void show_backup(const std::string& name, std::int64_t done, std::int64_t total) {
  if (::isatty(STDERR_FILENO) == 0) return;
  const std::int64_t percent = total == 0 ? 100 : done * 100 / total;
  std::fprintf(stderr, "\r%s %3lld %%%s", name.c_str(), static_cast<long long>(percent),
               done == total ? "\n" : "");
}

int report_copy(const char* event, const std::string& to, const Result<BackupSummary>& made) {
  if (!made) {
    const bool exists = made.error().code == ErrorCode::already_exists;
    return report(made.error(), exists ? exit_usage : exit_data);
  }
  Json line = Json::object();
  line.set("event", event).set("to", to);
  line.set("files", made->files).set("bytes", made->bytes);
  std::printf("%s\n", line.dump().c_str());
  return exit_stopped;
}

int back_up(const Arguments& arguments) {
  const auto config = configure(arguments, Purpose::data_folder);
  if (!config) return report(config.error(), exit_usage);
  return report_copy("backed_up", arguments.backup_folder,
                     back_up_folder(config->data.dir, arguments.backup_folder, show_backup));
}

int restore(const Arguments& arguments) {
  const auto config = configure(arguments, Purpose::data_folder);
  if (!config) return report(config.error(), exit_usage);
  return report_copy("restored", config->data.dir,
                     restore_folder(arguments.backup_folder, config->data.dir, show_backup));
}

int check(const Arguments& arguments) {
  const auto config = configure(arguments, Purpose::data_folder);
  if (!config) return report(config.error(), exit_usage);
  const auto findings = check_folder(config->data.dir);
  if (!findings) return report(findings.error(), exit_data);
  for (const std::string& finding : *findings) std::fprintf(stderr, "syncd: %s\n", finding.c_str());
  Json line = Json::object();
  line.set("event", "checked").set("data", config->data.dir);
  line.set("findings", static_cast<std::uint64_t>(findings->size()));
  std::printf("%s\n", line.dump().c_str());
  return findings->empty() ? exit_stopped : exit_data;
}

// A value that is empty is a variable that the service's start forgot to set: the default in its
// place would be another folder, or no TLS.
CLI::Option* add_text(CLI::App& command, const std::string& name, std::string& value,
                      const std::string& help) {
  const auto check = [](const std::string& text) {
    return std::string(text.empty() ? "must not be empty" : "");
  };
  return command.add_option(name, value, help)->check(CLI::Validator(check, ""));
}

// `--data=`, for which CLI11 would take the next word. Empty when there is none.
std::string flag_without_value(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word.starts_with("--") && word.find('=') == word.size() - 1) {
      return word.substr(0, word.size() - 1);
    }
  }
  return {};
}

void add_common(CLI::App& command, Arguments& arguments) {
  add_text(command, "--config", arguments.config_file,
           "YAML file; docs/CONFIG.md lists the settings");
  add_text(command, "--data", arguments.data,
           "data folder (syncd-data); serve makes a missing one");
  command.add_option("--set", arguments.settings, "any setting, as limits.uploads_per_minute=20");
}

}  // namespace
}  // namespace studiosync::server

int main(int argc, char** argv) {
  using namespace studiosync::server;
  studiosync::os::forbid_core_dumps();
  Arguments arguments;
  CLI::App program{"syncd: the StudioSync server"};
  program.set_version_flag("--version", std::string("syncd ") + STUDIOSYNC_VERSION);
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 stopped, 1 usage or configuration, 2 data folder unusable or locked, 3 cannot "
      "bind.\n"
      "Example:    syncd serve --data ./data --port 8080");

  auto* serve_command = program.add_subcommand("serve", "Runs the server until SIGTERM");
  add_common(*serve_command, arguments);
  add_text(*serve_command, "--host", arguments.host, "address to listen on (127.0.0.1)");
  add_text(*serve_command, "--port", arguments.port,
           "HTTP and WebSocket port (8080; 0 takes a free one)");
  add_text(*serve_command, "--metrics-port", arguments.metrics_port,
           "port of /metrics (9090; 0 likewise)");
  add_text(*serve_command, "--tls-cert", arguments.tls_cert, "certificate chain, PEM");
  add_text(*serve_command, "--tls-key", arguments.tls_key, "private key, PEM");

  auto* config_command =
      program.add_subcommand("config", "Prints the effective configuration, secrets masked");
  add_common(*config_command, arguments);
  config_command->footer(
      "Exit codes: 0 printed, 1 usage or configuration.\n"
      "Example:    syncd config --config ./syncd.yaml");

  auto* backup_command =
      program.add_subcommand("backup", "Copies the databases, also of a folder that is served");
  add_common(*backup_command, arguments);
  add_text(*backup_command, "--to", arguments.backup_folder, "new folder for the copy")->required();
  backup_command->footer(
      "Everything answered before it began is in the copy. A folder of that name is a whole copy;\n"
      "nothing is overwritten.\n"
      "Exit codes: 0 done, 1 usage or the folder exists, 2 data folder or disk.\n"
      "Example:    syncd backup --data ./data --to ./backups/monday");

  auto* restore_command = program.add_subcommand("restore", "Makes a data folder from a copy");
  add_common(*restore_command, arguments);
  add_text(*restore_command, "backup", arguments.backup_folder, "folder that backup made")
      ->required();
  restore_command->footer(
      "Nothing is overwritten: set the old data folder aside first. docs/OPERATIONS.md says more.\n"
      "Exit codes: 0 done, 1 usage or the data folder exists, 2 the copy or the disk.\n"
      "Example:    syncd restore ./backups/monday --data ./data");

  auto* check_command =
      program.add_subcommand("check", "Looks whether a data folder, or a copy, is whole");
  add_common(*check_command, arguments);
  check_command->footer(
      "What it finds goes to standard error, a line of JSON with the number to standard output.\n"
      "Exit codes: 0 whole, 1 usage or configuration, 2 findings, or it cannot be read.\n"
      "Example:    syncd check --data ./data");

  auto* users = program.add_subcommand("users", "Test accounts (not in production)");
  users->require_subcommand(1);
  users->footer(
      "No syncd may serve the folder meanwhile.\n"
      "Exit codes: 0 done, 1 usage, configuration or production, 2 data folder or file.\n"
      "Example:    syncd users create --data ./data --count 100 --out accounts.jsonl\n"
      "            syncd users create --data ./data --count 5000 --out accounts.jsonl --set "
      "auth.bcrypt_cost=4\n"
      "The second hashes in a moment, for accounts that nobody guards. Others take a tenth to a\n"
      "quarter of a second of a processor each.");
  auto* create =
      users->add_subcommand("create", "Makes accounts and writes their tokens as JSON lines");
  add_common(*create, arguments);
  create->add_option("--count", arguments.accounts.count, "how many")->required();
  add_text(*create, "--out", arguments.accounts.out_file, "file, or - for standard output")
      ->required();
  create->add_option("--prefix", arguments.accounts.prefix, "beginning of the user names");

  const std::string incomplete = flag_without_value({argv + 1, argv + argc});
  if (!incomplete.empty()) {
    return report({.message = incomplete + ": must not be empty"}, exit_usage);
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? exit_stopped : exit_usage;
  }
  if (serve_command->parsed()) return serve(arguments);
  if (config_command->parsed()) return print_config(arguments);
  if (backup_command->parsed()) return back_up(arguments);
  if (restore_command->parsed()) return restore(arguments);
  if (check_command->parsed()) return check(arguments);
  return create_users(arguments);
}
