#include "client/cli/command_line.hpp"

namespace studiosync::client {
namespace {

constexpr Millis sync_timeout = SyncOptions{}.timeout;
constexpr Millis wait_timeout{60'000};
constexpr Millis request_timeout = WatchOptions{}.request_timeout;

constexpr const char* originals_footer =
    "Text that the server has only redacted stays in its record here. Where another device "
    "changes\n"
    "or deletes it, it is put aside: on this device only, for 90 days, the newest 1,000.\n"
    "Examples:\n"
    "  syncctl originals list\n"
    "  syncctl originals show 3            # with the credential: mind who is looking\n"
    "  syncctl originals restore 3         # back into its record; others get it redacted\n"
    "  syncctl originals discard 3";

constexpr const char* setup_footer =
    "Examples:\n"
    "  syncctl setup --server http://127.0.0.1:8080 --email ann@example.com --password-file "
    "pw.txt\n"
    "  syncctl setup --register --username ann --server http://127.0.0.1:8080 \\\n"
    "    --email ann@example.com --password-file pw.txt    # an account that is not there yet";

constexpr const char* put_footer =
    "Examples:\n"
    "  syncctl put saved_query q1 --json '{\"name\":\"Orders\",\"query\":\"SELECT 1\"}'\n"
    "  syncctl put saved_query q1 --merge --json '{\"name\":\"New\",\"folder\":null}'\n"
    "  syncctl put connection --file connection.json     # prints the id that it gets";

}  // namespace

void CommandLine::add_account_verbs() {
  auto* setup = verb("setup", "Joins this folder to an account, logging in or registering",
                     [this](const Cli& cli) { return run_setup(cli, setup_); });
  setup->footer(setup_footer);
  setup->add_option("--server", setup_.server, "http(s)://host:port")
      ->envname("STUDIOSYNC_SERVER")
      ->required();
  setup
      ->add_option("--email", setup_.email,
                   "the account's address; to log in, a user name does, too")
      ->envname("STUDIOSYNC_EMAIL")
      ->required();
  setup->add_option("--password-file", setup_.password_file, "a file, or - for standard input");
  setup->add_flag("--register", setup_.register_account, "makes a new account");
  setup->add_option("--username", setup_.username, "of a new account; needed with --register");
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

void CommandLine::add_record_verbs() {
  auto* put = app_.add_subcommand("put", "Creates or replaces a record");
  put->footer(put_footer);
  put->add_option("type", put_.type, "connection, preference, saved_query, …")->required();
  put->add_option("id", put_.id, "a new one when left out");
  // With a text it is the data; alone it means what it means everywhere.
  auto* json =
      put->add_option("--json", put_.json,
                      "the record's data; without a text, or before the verb: as everywhere")
          ->expected(0, 1);
  put->callback([this, json] {
    json_ = json_ || (json->count() > 0 && put_.json.empty());
    chosen_ = [this](const Cli& cli) { return run_put(cli, put_); };
  });
  put->add_option("--file", put_.file, "the record's data; - is standard input");
  put->add_option("source", put_.file, "- reads the data from standard input");
  put->add_flag(
      "--merge", put_.merge,
      "changes only the fields given, null removes one; else the data is the whole record");
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
  search->footer("Example: syncctl search 'orders custom'");
  search->add_option("text", text_, "words; the last one may be a beginning")->required();
  search->add_option("--limit", limit_, "how many hits (20)");
  auto* import = verb("import", R"(Reads JSON lines {"type","id","data"})",
                      [this](const Cli& cli) { return run_import(cli, text_); });
  import->footer("Example: syncctl import all.jsonl    # as export wrote it");
  import->add_option("file", text_, "a file, or - for standard input")->required();
  auto* export_verb = verb("export", "Writes all records as JSON lines, your own text unredacted",
                           [this](const Cli& cli) { return run_export(cli, text_); });
  export_verb->footer("Example: syncctl export all.jsonl");
  export_verb->add_option("file", text_, "a file, or - for standard output")->required();
}

void CommandLine::add_sync_verbs() {
  auto* sync = verb("sync", "Syncs once", [this](const Cli& cli) {
    return run_sync(
        cli,
        {.timeout = timeout_or(sync_timeout), .progress = true, .confirm_sweep = confirm_sweep_});
  });
  add_timeout(sync, "--timeout", sync_timeout);
  sync->add_flag("--confirm-sweep", confirm_sweep_,
                 "goes on after the question whether so many records may go");
  auto* wait = verb("wait", "Waits until everything is settled", [this](const Cli& cli) {
    return run_sync(cli, {.timeout = timeout_or(wait_timeout),
                          .progress = false,
                          .outage = EngineHost::Outage::wait_out});
  });
  wait->footer("Example: syncctl wait --until-synced --timeout 5m");
  wait->add_flag("--until-synced", until_synced_, "edits settled, and the server's head applied")
      ->required();
  add_timeout(wait, "--timeout", wait_timeout);
  auto* watch =
      verb("watch", "Stays connected and prints events as JSON lines",
           [this](const Cli& cli) { return run_watch(cli, {timeout_or(request_timeout)}); });
  // On a line that drops packets, the sooner one gives up, the sooner one is connected again.
  add_timeout(watch, "--request-timeout", request_timeout);
}

void CommandLine::add_conflict_verbs() {
  auto* policy =
      verb("policy", "Shows or chooses how conflicts are resolved, on all devices of the account",
           [this](const Cli& cli) { return run_policy(cli, record_.type, text_); });
  policy->footer("Example: syncctl policy saved_query user_choice");
  policy->add_option("type", record_.type, "entity type");
  policy->add_option("strategy", text_,
                     "last_write_wins, keep_both (connection, saved_query, ai_session), merge or\n"
                     "user_choice; AI messages have merge alone");
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
  resolve->footer(
      "The server decides: this needs the network.\n"
      "Examples:\n"
      "  syncctl conflicts resolve x-0123 --choose local\n"
      "  syncctl conflicts resolve x-0123 --merged merged.json");
  resolve->add_option("id", resolve_.id, "the conflict's id")->required();
  auto* choice = resolve->add_option_group("decision");
  choice->add_option("--choose", resolve_.choose, "local, remote or keep_both")
      ->check(CLI::IsMember({"local", "remote", "keep_both"}));
  choice->add_option("--merged", resolve_.merged_file,
                     "the record's data as JSON; - is standard input");
  choice->require_option(1);
}

void CommandLine::add_rejected_verbs() {
  CLI::App* rejected = app_.add_subcommand(
      "rejected", "Changes that the server refused for good, and deletes that are held");
  rejected->require_subcommand(1);
  verb(*rejected, "list", "What was refused, and why; with --json the refused text, too",
       run_rejected_list);
  auto* retry =
      verb(*rejected, "retry",
           "Queues a change again, with all that was refused of its record; confirms a held delete",
           [this](const Cli& cli) {
             return held_ ? run_rejected_retry_held(cli) : run_rejected_retry(cli, text_);
           });
  auto* discard = verb(*rejected, "discard", "Gives the change up",
                       [this](const Cli& cli) { return run_rejected_discard(cli, text_); });
  retry->footer("Example: syncctl rejected retry --held && syncctl sync");
  discard->footer("Example: syncctl rejected discard 01a3185c-94a7-7420-ace4-30099952846e");
  auto* which = retry->add_option_group("which");
  which->add_option("change", text_, "the change's id, from the list");
  which->add_flag("--held", held_, "all deletes that are held");
  which->require_option(1);
  discard->add_option("change", text_, "the change's id, from the list")->required();
}

void CommandLine::add_original_verbs() {
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

}  // namespace studiosync::client
