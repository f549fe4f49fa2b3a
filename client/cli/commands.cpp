#include "client/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/admission.hpp"

namespace studiosync::client {
namespace {

constexpr const char* footer =
    "Exit codes: 0 fine, 1 usage, 2 not set up, 3 network, 4 auth, 5 conflicts need a decision,\n"
    "            6 rejected changes, 7 local store, 8 not found, 9 time-out, 10 internal.\n"
    "Environment: STUDIOSYNC_DATA, STUDIOSYNC_SERVER, STUDIOSYNC_EMAIL, STUDIOSYNC_PASSWORD.\n"
    "Examples:\n"
    "  syncctl setup --server http://127.0.0.1:8080 --email ann@example.com --password-file "
    "pw.txt\n"
    "  syncctl put saved_query q1 --json '{\"name\":\"Orders\",\"query\":\"SELECT * FROM "
    "orders\"}'\n"
    "  syncctl sync && syncctl list saved_query\n"
    "  syncctl watch                       # JSON lines until interrupted";

constexpr const char* originals_footer =
    "Text that the server has only redacted stays in its record here. Where another device "
    "changes\n"
    "or deletes it, it is put aside: on this device only, for 90 days, the newest 1,000.\n"
    "Examples:\n"
    "  syncctl originals list\n"
    "  syncctl originals show 3            # with the credential: mind who is looking\n"
    "  syncctl originals restore 3         # back into its record; others get it redacted\n"
    "  syncctl originals discard 3";

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
    "Reasons: synced, local_only, not_set_up, logged_out, offline, not_syncing, queued, next,\n"
    "         in_flight, held, rejected, conflict_open, reconcile, resync, confirmed,\n"
    "         sweep_unconfirmed. The timeline goes back 30 days and 32 events.\n"
    "Examples:\n"
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

std::string default_folder() {
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty())
    return data + "/studiosync";
  return environment("HOME") + "/.local/share/studiosync";
}

using Verb = std::function<Result<int>(const Cli&)>;

// Declares verbs; the parsed one leaves itself in `chosen`.
class CommandLine {
 public:
  CommandLine() : app_("syncctl: a StudioSync device on the command line") {
    app_.set_version_flag("--version", std::string("syncctl ") + STUDIOSYNC_VERSION);
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.footer(footer);
    app_.add_option("--data", folder_, "data folder ($XDG_DATA_HOME/studiosync)")
        ->envname("STUDIOSYNC_DATA");
    app_.add_flag("--json", json_, "results, errors and events as JSON");
    add_account_verbs();
    add_record_verbs();
    add_sync_verbs();
    add_conflict_verbs();
    add_rejected_verbs();
    add_original_verbs();
    add_device_verbs();
    add_diagnosis_verbs();
    add_scan_verb();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      const auto unknown = app_.remaining();
      if (app_.get_subcommands().empty() && !unknown.empty()) {
        Output(json_).error(
            {.code = ErrorCode::bad_request,
             .message = "unknown verb '" + unknown.front() + "'; see syncctl --help"});
        return exit_usage;
      }
      // What was typed is repeated; it may be a key that was meant for another option.
      std::ostringstream complaint;
      const bool fine = app_.exit(error, std::cout, complaint) == 0;
      std::cerr << without_credentials(complaint.str());
      if (fine) return exit_fine;
      if (app_.got_subcommand("scan")) return exit_scan_usage;
      return exit_usage;
    }
    const Cli cli{folder_.empty() ? default_folder() : folder_, Output(json_)};
    const auto code = chosen_(cli);
    if (code) return *code;
    cli.out.error(code.error());
    return exit_code_of(code.error());
  }

 private:
  CLI::App* verb(CLI::App& parent, const char* name, const char* help, Verb run) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->callback([this, run = std::move(run)] { chosen_ = run; });
    return command;
  }
  CLI::App* verb(const char* name, const char* help, Verb run) {
    return verb(app_, name, help, std::move(run));
  }

  void add_account_verbs() {
    auto* setup = verb("setup", "Joins this folder to an account, logging in or registering",
                       [this](const Cli& cli) { return run_setup(cli, setup_); });
    setup->add_option("--server", setup_.server, "http(s)://host:port")
        ->envname("STUDIOSYNC_SERVER")
        ->required();
    setup->add_option("--email", setup_.email, "the account's address")
        ->envname("STUDIOSYNC_EMAIL")
        ->required();
    setup->add_option("--password-file", setup_.password_file, "a file, or - for standard input");
    setup->add_flag("--register", setup_.register_account, "makes a new account");
    setup->add_option("--username", setup_.username, "of a new account");
    setup->add_option("--device-name", setup_.device_name,
                      "as other devices see this one (host name)");
    setup->add_option("--ca-file", setup_.ca_file, "certificate authority of the server, PEM");
    setup->add_option("--existing", setup_.existing, "local records: upload, or fresh (kept aside)")
        ->check(CLI::IsMember({"upload", "fresh"}));
    auto* login = verb("login", "Logs in again; queued edits go on",
                       [this](const Cli& cli) { return run_login(cli, login_); });
    login->add_option("--password-file", login_.password_file, "a file, or - for standard input");
    verb("logout", "Ends the session; local records stay", run_logout);
    verb("disable", "Leaves the account; records stay here, and in the cloud", run_disable);
    verb("status", "Where this device stands", run_status);
    verb("queue", "Edits that wait for the server", run_queue);
  }

  void add_record_verbs() {
    auto* put = app_.add_subcommand("put", "Creates or replaces a record");
    put->add_option("type", put_.type, "connection, preference, saved_query, …")->required();
    put->add_option("id", put_.id, "a new one when left out");
    // With a text it is the data; alone it means what it means everywhere.
    auto* json = put->add_option("--json", put_.json, "the record's data")->expected(0, 1);
    put->callback([this, json] {
      json_ = json_ || (json->count() > 0 && put_.json.empty());
      chosen_ = [this](const Cli& cli) { return run_put(cli, put_); };
    });
    put->add_option("--file", put_.file, "the record's data; - is standard input");
    put->add_option("source", put_.file, "- reads the data from standard input");
    auto* get =
        verb("get", "Prints a record", [this](const Cli& cli) { return run_get(cli, record_); });
    auto* remove = verb("delete", "Deletes a record",
                        [this](const Cli& cli) { return run_delete(cli, record_); });
    for (CLI::App* command : {get, remove}) {
      command->add_option("type", record_.type, "entity type")->required();
      command->add_option("id", record_.id, "the record's id")->required();
    }
    auto* list = verb("list", "Lists records of a type",
                      [this](const Cli& cli) { return run_list(cli, record_.type); });
    list->add_option("type", record_.type, "entity type")->required();
    auto* search = verb("search", "Full-text search over queries, history and messages",
                        [this](const Cli& cli) { return run_search(cli, text_, limit_); });
    search->add_option("text", text_, "words; the last one may be a beginning")->required();
    search->add_option("--limit", limit_, "how many hits (20)");
    auto* import = verb("import", R"(Reads JSON lines {"type","id","data"})",
                        [this](const Cli& cli) { return run_import(cli, text_); });
    import->add_option("file", text_, "a file, or - for standard input")->required();
    auto* export_verb = verb("export", "Writes all records as JSON lines, your own text unredacted",
                             [this](const Cli& cli) { return run_export(cli, text_); });
    export_verb->add_option("file", text_, "a file, or - for standard output")->required();
  }

  void add_span(CLI::App* command, const char* option) {
    const std::map<std::string, std::int64_t> units{{"ms", 1}, {"s", 1000}, {"m", 60'000}};
    command->add_option(option, timeout_ms_, "as 500ms, 60s or 5m")
        ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED));
  }

  void add_sync_verbs() {
    const auto add_timeout = [&](CLI::App* command) { add_span(command, "--timeout"); };
    auto* sync = verb("sync", "Syncs once", [this](const Cli& cli) {
      return run_sync(cli, {.timeout = {timeout_ms_ ? timeout_ms_ : 600'000},
                            .progress = true,
                            .confirm_sweep = confirm_sweep_});
    });
    add_timeout(sync);
    sync->add_flag("--confirm-sweep", confirm_sweep_,
                   "goes on after the question whether so many records may go");
    auto* wait = verb("wait", "Waits until everything is settled", [this](const Cli& cli) {
      return run_sync(cli, {.timeout = {timeout_ms_ ? timeout_ms_ : 60'000},
                            .progress = false,
                            .outage = EngineHost::Outage::wait_out});
    });
    wait->add_flag("--until-synced", until_synced_, "edits settled, and the server's head applied")
        ->required();
    add_timeout(wait);
    verb("watch", "Stays connected and prints events as JSON lines", run_watch);
  }

  void add_conflict_verbs() {
    auto* policy = verb("policy", "Shows or chooses how conflicts are resolved",
                        [this](const Cli& cli) { return run_policy(cli, record_.type, text_); });
    policy->add_option("type", record_.type, "entity type");
    policy->add_option("strategy", text_, "last_write_wins, keep_both, merge, user_choice");
    CLI::App* conflicts = app_.add_subcommand("conflicts", "Conflicts that need a decision");
    conflicts->require_subcommand(1);
    auto* list = verb(*conflicts, "list", "Open conflicts",
                      [this](const Cli& cli) { return run_conflicts_list(cli, all_); });
    list->add_flag("--all", all_, "resolved ones too");
    auto* show = verb(*conflicts, "show", "Both sides of one",
                      [this](const Cli& cli) { return run_conflicts_show(cli, resolve_.id); });
    show->add_option("id", resolve_.id, "the conflict's id")->required();
    auto* resolve = verb(*conflicts, "resolve", "Decides one",
                         [this](const Cli& cli) { return run_conflicts_resolve(cli, resolve_); });
    resolve->add_option("id", resolve_.id, "the conflict's id")->required();
    auto* choice = resolve->add_option_group("decision");
    choice->add_option("--choose", resolve_.choose, "local, remote or keep_both")
        ->check(CLI::IsMember({"local", "remote", "keep_both"}));
    choice->add_option("--merged", resolve_.merged_file,
                       "the record's data as JSON; - is standard input");
    choice->require_option(1);
  }

  void add_rejected_verbs() {
    CLI::App* rejected = app_.add_subcommand(
        "rejected", "Changes that the server refused for good, and deletes that are held");
    rejected->require_subcommand(1);
    verb(*rejected, "list", "What was refused, and why", run_rejected_list);
    auto* retry =
        verb(*rejected, "retry", "Queues a change again; confirms a held delete",
             [this](const Cli& cli) {
               return held_ ? run_rejected_retry_held(cli) : run_rejected_retry(cli, text_);
             });
    auto* discard = verb(*rejected, "discard", "Gives the change up",
                         [this](const Cli& cli) { return run_rejected_discard(cli, text_); });
    auto* which = retry->add_option_group("which");
    which->add_option("change", text_, "the change's id, from the list");
    which->add_flag("--held", held_, "all deletes that are held");
    which->require_option(1);
    discard->add_option("change", text_, "the change's id, from the list")->required();
  }

  void add_original_verbs() {
    CLI::App* originals = app_.add_subcommand(
        "originals", "Your own text where other devices replaced what they see redacted");
    originals->require_subcommand(1);
    originals->footer(originals_footer);
    verb(*originals, "list", "What was put aside on this device", run_originals_list);
    auto* show = verb(*originals, "show", "Prints one, unredacted",
                      [this](const Cli& cli) { return run_originals_show(cli, number_); });
    auto* restore = verb(*originals, "restore", "Puts one back into its record",
                         [this](const Cli& cli) { return run_originals_restore(cli, number_); });
    auto* discard = verb(*originals, "discard", "Forgets one",
                         [this](const Cli& cli) { return run_originals_discard(cli, number_); });
    for (CLI::App* command : {show, restore, discard}) {
      command->add_option("number", number_, "from the list")->required();
    }
  }

  void add_device_verbs() {
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

  void add_diagnosis_verbs() {
    auto* why = verb("why", "What happened to a record, and why it is as it is",
                     [this](const Cli& cli) { return run_why(cli, record_); });
    why->add_option("type", record_.type, "entity type")->required();
    why->add_option("id", record_.id, "the record's id")->required();
    why->footer(why_footer);
    auto* record =
        verb("record", "Writes what happens on this device as JSON lines", [this](const Cli& cli) {
          return run_record(cli, {.file = text_, .duration = {timeout_ms_}});
        });
    record->add_option("--out", text_, "a file; standard output when left out");
    add_span(record, "--for");
    record->footer(record_footer);
    verb("diff", "Compares this device's records with the server's", run_diff)->footer(diff_footer);
    verb("doctor", "Checks everything that syncing depends on", run_doctor)->footer(doctor_footer);
  }

  void add_scan_verb() {
    auto* scan = verb("scan", "Looks for credentials in files, as the sync path does",
                      [this](const Cli& cli) { return run_scan(cli, scan_); });
    scan->add_option("file", scan_.paths, "files and folders; - is standard input");
    scan->add_option("--as", scan_.as, "sql or text (by the file's name: .sql, .ddl, … are SQL)")
        ->check(CLI::IsMember({"sql", "text"}));
    scan->add_option("--format", scan_.format, "text, json or sarif (text)")
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    auto* redact = scan->add_flag("--redact", scan_.redact, "writes the redacted text of one file");
    auto* lines =
        scan->add_flag("--jsonl", scan_.lines,
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

  CLI::App app_;
  Verb chosen_;
  std::string folder_;
  bool json_ = false;
  SetupOptions setup_;
  LoginOptions login_;
  PutOptions put_;
  RecordOptions record_;
  ResolveOptions resolve_;
  ScanOptions scan_;
  std::string text_;
  std::size_t limit_ = 20;
  std::uint64_t number_ = 0;
  std::int64_t timeout_ms_ = 0;
  bool all_ = false;
  bool held_ = false;
  bool confirm_sweep_ = false;
  bool until_synced_ = false;  // the only thing to wait for, so far
};

}  // namespace

int run_command(int argc, char** argv) {
  return CommandLine().run(argc, argv);
}

}  // namespace studiosync::client
