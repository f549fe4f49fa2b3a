// syncctl's verbs and options, declared by subject: one `declare_*.cpp` each.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "client/cli/verbs.hpp"

namespace studiosync::client {

// Declares verbs; the parsed one leaves itself in `chosen`.
class CommandLine {
 public:
  CommandLine();
  CommandLine(const CommandLine&) = delete;  // the verbs refer to it
  CommandLine& operator=(const CommandLine&) = delete;

  // The program's exit code; not 0 where standard output did not take the whole result.
  int run(int argc, char** argv);

 private:
  using Verb = std::function<Result<int>(const Cli&)>;
  CLI::App* verb(CLI::App& parent, const char* name, const char* help, Verb run);
  CLI::App* verb(const char* name, const char* help, Verb run) {
    return verb(app_, name, help, std::move(run));
  }
  CLI::Option* add_span(CLI::App* command, const char* option, std::string help);
  // The help tells the fallback; `timeout_or` puts it in where none was given.
  void add_timeout(CLI::App* command, const char* option, Millis fallback);
  Millis timeout_or(Millis fallback) const;

  void add_account_verbs();
  void add_record_verbs();
  void add_sync_verbs();
  void add_conflict_verbs();
  void add_rejected_verbs();
  void add_original_verbs();
  void add_device_verbs();
  void add_diagnosis_verbs();
  void add_scan_verb();
  int perform(int argc, char** argv);
  int refuse(const CLI::ParseError& error);

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

}  // namespace studiosync::client
