#include "client/cli/command_line.hpp"

namespace studiosync::client {
namespace {

constexpr const char* devices_footer =
    "A device is named by its id, or by its name where only one has it.\n"
    "Examples:\n"
    "  syncctl devices list\n"
    "  syncctl devices rename laptop 'old laptop'\n"
    "  syncctl devices revoke 'old laptop'   # lost or sold: its sessions end at once";

constexpr const char* diff_footer =
    "Reads all of the server's records and compares; changes nothing. What is redacted on the "
    "server\n"
    "and what never leaves this device is no difference.\n"
    "Examples:\n"
    "  syncctl diff\n"
    "  syncctl --json diff | jq -r 'select(.difference == \"only_here\") | .id'";

constexpr const char* why_footer =
    "With TYPE and ID the record's timeline and the one reason for its state; alone, each record\n"
    "that the server does not have as it is here, with its reason. Reasons: synced, local_only,\n"
    "not_set_up, logged_out, revoked, offline, server_fails, reconcile, resync, confirmed,\n"
    "sweep_unconfirmed, not_syncing, queued, next, in_flight, held, rejected, conflict_open,\n"
    "only_here. The timeline goes back 30 days and 32 events.\n"
    "Examples:\n"
    "  syncctl why                         # what is not in sync\n"
    "  syncctl why saved_query q1\n"
    "  syncctl --json why saved_query q1 | jq -r .reason";

constexpr const char* record_footer =
    "Reads along while other processes edit and sync; contents are written redacted. The lines "
    "are\n"
    "those of docs/HISTORY.md: edits, frozen changes and their answers.\n"
    "Examples:\n"
    "  syncctl record --out trace.jsonl --for 60s\n"
    "  syncctl record | grep '\"kind\":\"acknowledged\"'";

constexpr const char* doctor_footer =
    "Checks file modes, login, database, queue, sync lock, server, clock, version, session, and "
    "whether\n"
    "both sides hold the same (for that it syncs). The exit code is that of the first failure.\n"
    "Examples:\n"
    "  syncctl doctor\n"
    "  syncctl --json doctor | jq '.checks[] | select(.level != \"ok\")'";

constexpr const char* scan_footer =
    "Exit codes: 0 nothing found, 1 findings, 2 usage or a file that cannot be read.\n"
    "Examples:\n"
    "  syncctl scan migrations/ notes.md\n"
    "  syncctl scan --format sarif . > scan.sarif\n"
    "  syncctl scan --redact --as sql - < dump.sql > shareable.sql\n"
    "  syncctl scan --explain sql.identified_by";

}  // namespace

void CommandLine::add_device_verbs() {
  CLI::App* devices = app_.add_subcommand("devices", "The devices of the account");
  devices->require_subcommand(1);
  devices->footer(devices_footer);
  verb(*devices, "list", "All of them, and when each was seen last", run_devices_list);
  auto* rename = verb(*devices, "rename", "Gives one another name", [this](const Cli& cli) {
    return run_devices_rename(cli, record_.id, text_);
  });
  auto* revoke = verb(*devices, "revoke", "Ends a device's sessions",
                      [this](const Cli& cli) { return run_devices_revoke(cli, record_.id); });
  for (CLI::App* command : {rename, revoke}) {
    command->add_option("device", record_.id, "id or name, from the list")->required();
  }
  rename->add_option("name", text_, "the new name")->required();
}

void CommandLine::add_diagnosis_verbs() {
  auto* why = verb("why", "What happened to a record, and why it is as it is",
                   [this](const Cli& cli) { return run_why(cli, record_); });
  auto* type = why->add_option("type", record_.type, "entity type");
  type->needs(why->add_option("id", record_.id, "the record's id"));
  why->footer(why_footer);
  auto* record =
      verb("record", "Writes what happens on this device as JSON lines", [this](const Cli& cli) {
        return run_record(cli, {.file = text_, .duration = {timeout_ms_}});
      });
  record->add_option("--out", text_, "a file; standard output when left out");
  add_span(record, "--for", "as 500ms, 60s, 5m or 1h; until interrupted when left out");
  record->footer(record_footer);
  verb("diff", "Compares this device's records with the server's", run_diff)->footer(diff_footer);
  verb("doctor", "Checks everything that syncing depends on", run_doctor)->footer(doctor_footer);
}

void CommandLine::add_scan_verb() {
  auto* scan = verb("scan", "Looks for credentials in files, as the sync path does",
                    [this](const Cli& cli) { return run_scan(cli, scan_); });
  scan->add_option("file", scan_.paths, "files and folders; - is standard input");
  scan->add_option("--as", scan_.as, "sql or text (by the file's name: .sql, .ddl, … are SQL)")
      ->check(CLI::IsMember({"sql", "text"}));
  scan->add_option("--format", scan_.format, "text, json or sarif (text)")
      ->check(CLI::IsMember({"text", "json", "sarif"}));
  auto* redact = scan->add_flag("--redact", scan_.redact, "writes the redacted text of one file");
  auto* lines = scan->add_flag("--jsonl", scan_.lines,
                               R"(reads lines {"id","text","as"}, answers each with its findings)");
  auto* explain = scan->add_option("--explain", scan_.explain, "what a rule matches, and why");
  auto* rules = scan->add_flag("--rules", scan_.list_rules, "lists all rules");
  for (CLI::Option* one : {redact, lines, explain, rules}) {
    for (CLI::Option* other : {redact, lines, explain, rules}) {
      if (one != other) one->excludes(other);
    }
  }
  scan->footer(scan_footer);
}

}  // namespace studiosync::client
