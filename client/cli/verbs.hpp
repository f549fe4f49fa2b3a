// Every verb's options and entry. Each returns the exit code, or an error that is mapped to one.
#pragma once

#include <string>
#include <vector>

#include "client/cli/device.hpp"

namespace studiosync::client {

struct SetupOptions {
  std::string server;
  std::string email;
  std::string username;       // for a registration
  std::string password_file;  // `-` is standard input; empty: STUDIOSYNC_PASSWORD
  std::string device_name;
  std::string ca_file;
  std::string existing;  // upload or fresh; needed when there is local data
  bool register_account = false;
};
Result<int> run_setup(const Cli& cli, const SetupOptions& options);

struct LoginOptions {
  std::string password_file;
};
Result<int> run_login(const Cli& cli, const LoginOptions& options);
Result<int> run_logout(const Cli& cli);
Result<int> run_disable(const Cli& cli);
Result<int> run_status(const Cli& cli);
Result<int> run_queue(const Cli& cli);

struct PutOptions {
  std::string type;
  std::string id;  // empty: a new one
  std::string json;
  std::string file;    // `-` is standard input
  bool merge = false;  // the data is a merge patch
};
Result<int> run_put(const Cli& cli, const PutOptions& options);

struct RecordOptions {
  std::string type;
  std::string id;
};
Result<int> run_get(const Cli& cli, const RecordOptions& options);
Result<int> run_delete(const Cli& cli, const RecordOptions& options);
Result<int> run_list(const Cli& cli, const std::string& type);
Result<int> run_search(const Cli& cli, const std::string& text, std::size_t limit);

Result<int> run_import(const Cli& cli, const std::string& file);
Result<int> run_export(const Cli& cli, const std::string& file);

// Also `wait --until-synced`, which shows no progress and waits for a server that is away.
struct SyncOptions {
  Millis timeout{600'000};
  bool progress = true;
  EngineHost::Outage outage = EngineHost::Outage::give_up;
  bool confirm_sweep = false;  // goes on after the device asked whether it may remove so much
};
Result<int> run_sync(const Cli& cli, const SyncOptions& options);
struct WatchOptions {
  Millis request_timeout = EngineOptions{}.request_timeout;
};
Result<int> run_watch(const Cli& cli, const WatchOptions& options);

Result<int> run_devices_list(const Cli& cli);
// `device` is an id or a name.
Result<int> run_devices_rename(const Cli& cli, const std::string& device, const std::string& name);
Result<int> run_devices_revoke(const Cli& cli, const std::string& device);

// The record's timeline, and the one reason for its state.
Result<int> run_why(const Cli& cli, const RecordOptions& options);
Result<int> run_diff(const Cli& cli);

struct RecordingOptions {
  std::string file;  // empty or `-`: standard output
  Millis duration;   // 0: until SIGINT or SIGTERM
};
// This device's history for the harness, while another process edits and syncs.
Result<int> run_record(const Cli& cli, const RecordingOptions& options);
// The code of the first check that failed, else exit_fine.
Result<int> run_doctor(const Cli& cli);

Result<int> run_policy(const Cli& cli, const std::string& type, const std::string& strategy);

Result<int> run_conflicts_list(const Cli& cli, bool all);
Result<int> run_conflicts_show(const Cli& cli, const std::string& id);
struct ResolveOptions {
  std::string id;
  std::string choose;       // local, remote or keep_both
  std::string merged_file;  // the record's data as JSON; `-` is standard input
};
Result<int> run_conflicts_resolve(const Cli& cli, const ResolveOptions& options);

Result<int> run_originals_list(const Cli& cli);
Result<int> run_originals_show(const Cli& cli, std::uint64_t number);
Result<int> run_originals_restore(const Cli& cli, std::uint64_t number);
Result<int> run_originals_discard(const Cli& cli, std::uint64_t number);

Result<int> run_rejected_list(const Cli& cli);
Result<int> run_rejected_discard(const Cli& cli, const std::string& change_id);
Result<int> run_rejected_retry(const Cli& cli, const std::string& change_id);
// All deletes that are held.
Result<int> run_rejected_retry_held(const Cli& cli);

struct ScanOptions {
  std::vector<std::string> paths;  // files and folders; `-` is standard input
  std::string as;                  // sql or text; empty: by the file's name
  std::string format;              // text, json or sarif; empty: --json decides
  std::string explain;             // a rule's id
  bool list_rules = false;
  bool redact = false;
  bool lines = false;  // JSON lines in, JSON lines out
};
// Exit codes of a linter: 0 nothing found, 1 findings, 2 usage.
Result<int> run_scan(const Cli& cli, const ScanOptions& options);

}  // namespace studiosync::client
