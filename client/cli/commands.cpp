#include "client/cli/commands.hpp"

#include <iostream>
#include <sstream>

#include "client/cli/command_line.hpp"
#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "core/sync/admission.hpp"
#include "os/standard_output.hpp"

namespace studiosync::client {
namespace {

constexpr const char* footer =
    "Exit codes: 0 fine, 1 usage, 2 not set up, 3 network, 4 auth, 5 a decision is needed (of a "
    "conflict or a sweep),\n"
    "            6 rejected changes, 7 local store, 8 not found, 9 time-out, 10 internal.\n"
    "Environment: STUDIOSYNC_DATA, STUDIOSYNC_SERVER, STUDIOSYNC_EMAIL, STUDIOSYNC_PASSWORD.\n"
    "Examples:\n"
    "  syncctl setup --server http://127.0.0.1:8080 --email ann@example.com --password-file "
    "pw.txt\n"
    "  syncctl put saved_query q1 --json '{\"name\":\"Orders\",\"query\":\"SELECT * FROM "
    "orders\"}'\n"
    "  syncctl sync && syncctl list saved_query\n"
    "  syncctl watch                       # JSON lines until interrupted";

// As one would type it.
std::string span_text(Millis span) {
  if (span.count % 60'000 == 0) return std::to_string(span.count / 60'000) + "m";
  return std::to_string(span.count / 1000) + "s";
}

std::string default_folder() {
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty())
    return data + "/studiosync";
  return environment("HOME") + "/.local/share/studiosync";
}

}  // namespace

CommandLine::CommandLine() : app_("syncctl: a StudioSync device on the command line") {
  app_.set_version_flag("--version", std::string("syncctl ") + STUDIOSYNC_VERSION);
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.footer(footer);
  app_.add_option("--data", folder_,
                  "data folder ($XDG_DATA_HOME/studiosync, or ~/.local/share/studiosync)")
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

int CommandLine::refuse(const CLI::ParseError& error) {
  const auto unknown = app_.remaining();
  const Output out(app_.count("--json") > 0);  // json_ is set by a command line that is right
  if (app_.get_subcommands().empty() && !unknown.empty()) {
    out.error({.code = ErrorCode::bad_request,
               .message = "unknown verb '" + unknown.front() + "'; see syncctl --help"});
    return exit_usage;
  }
  // What was typed is repeated; it may be a key that was meant for another option.
  std::ostringstream complaint;
  if (app_.exit(error, std::cout, complaint) == 0) return exit_fine;
  if (out.json()) {
    out.error({.code = ErrorCode::bad_request, .message = error.what()});
  } else {
    std::cerr << without_credentials(complaint.str());
  }
  if (app_.got_subcommand("scan")) return exit_scan_usage;
  return exit_usage;
}

int CommandLine::run(int argc, char** argv) {
  const int code = perform(argc, argv);
  const auto written = os::finish_standard_output();
  if (written) return code;
  Output(app_.count("--json") > 0).error(written.error());
  if (code != exit_fine) return code;
  return app_.got_subcommand("scan") ? int{exit_scan_usage} : int{exit_store};
}

int CommandLine::perform(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return refuse(error);
  }
  const Cli cli{folder_.empty() ? default_folder() : folder_, Output(json_)};
  const auto code = chosen_(cli);
  if (code) return *code;
  cli.out.error(code.error());
  return exit_code_of(code.error());
}

CLI::App* CommandLine::verb(CLI::App& parent, const char* name, const char* help, Verb run) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->callback([this, run = std::move(run)] { chosen_ = run; });
  return command;
}

CLI::Option* CommandLine::add_span(CLI::App* command, const char* option, std::string help) {
  const std::map<std::string, std::int64_t> units{
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  CLI::AsNumberWithUnit number(units, CLI::AsNumberWithUnit::UNIT_REQUIRED);
  number.description("");  // the type's name says it
  return command->add_option(option, timeout_ms_, std::move(help))
      ->transform(number)
      ->type_name("SPAN");
}

void CommandLine::add_timeout(CLI::App* command, const char* option, Millis fallback) {
  add_span(command, option, "as 500ms, 60s, 5m or 1h")->default_str(span_text(fallback));
}

Millis CommandLine::timeout_or(Millis fallback) const {
  return timeout_ms_ != 0 ? Millis{timeout_ms_} : fallback;
}

int run_command(int argc, char** argv) {
  return CommandLine().run(argc, argv);
}

}  // namespace studiosync::client
