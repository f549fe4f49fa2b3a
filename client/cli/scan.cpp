#include <cstdio>
#include <cstdlib>

#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/verbs.hpp"
#include "client/scan/scan_input.hpp"
#include "client/scan/scan_lines.hpp"
#include "client/scan/scan_report.hpp"
#include "core/sanitizer/rules.hpp"

namespace studiosync::client {
namespace {

int usage(const Cli& cli, std::string message) {
  cli.out.error({.code = ErrorCode::bad_request, .message = std::move(message)});
  return exit_scan_usage;
}

Json rule_as_json(const Rule& rule) {
  Json json = Json::object();
  json.set("id", rule.id).set("title", rule.title).set("why", rule.why);
  return json;
}

int list_rules(const Cli& cli) {
  std::vector<std::vector<std::string>> rows{{"RULE", "FINDS"}};
  Json rules = Json::array();
  for (const Rule* rule : all_rules()) {
    rows.push_back({std::string(rule->id), std::string(rule->title)});
    rules.push_back(rule_as_json(*rule));
  }
  cli.out.result(rules, table(rows));
  return exit_scan_clean;
}

int explain(const Cli& cli, const std::string& id) {
  const Rule* rule = find_rule(id);
  if (rule == nullptr) return usage(cli, "no rule '" + id + "'; --rules lists them");
  Json json = rule_as_json(*rule);
  if (!rule->example.empty()) json.set("example", rule->example);
  cli.out.result(json, explain_rule(*rule));
  return exit_scan_clean;
}

TextAs kind(const ScanOptions& options, const std::string& file) {
  return parse_text_as(options.as).value_or(kind_of_file(file));
}

int redact_one(const Cli& cli, const ScanOptions& options) {
  if (options.paths.size() != 1) return usage(cli, "--redact takes one file");
  const auto text = read_input(options.paths.front(), scan_bytes_max);
  if (!text) return usage(cli, text.error().message);
  const auto cleaned = clean_text(*text, kind(options, options.paths.front()));
  const std::string& redacted = cleaned ? cleaned->text : *text;
  std::fwrite(redacted.data(), 1, redacted.size(), stdout);
  return cleaned ? exit_scan_findings : exit_scan_clean;
}

// One JSON line after the other, each answered before the next is read.
int answer_lines(const Cli& cli, std::FILE* in) {
  int code = exit_scan_clean;
  char* line = nullptr;
  std::size_t room = 0;
  std::size_t number = 0;
  for (ssize_t size = 0; (size = ::getline(&line, &room, in)) >= 0;) {
    ++number;
    std::string_view request(line, static_cast<std::size_t>(size));
    if (request.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
    auto answer = answer_line(request);
    if (!answer) {
      code = usage(cli, "line " + std::to_string(number) + ": " + answer.error().message);
      continue;
    }
    cli.out.line(answer->json.dump());
    if (answer->found && code == exit_scan_clean) code = exit_scan_findings;
  }
  std::free(line);
  return code;
}

int answer_all_lines(const Cli& cli, const std::vector<std::string>& paths) {
  if (paths.empty()) return answer_lines(cli, stdin);
  int code = exit_scan_clean;
  for (const std::string& path : paths) {
    std::FILE* in = path == "-" ? stdin : std::fopen(path.c_str(), "r");
    if (in == nullptr) return usage(cli, path + ": cannot be read");
    code = std::max(code, answer_lines(cli, in));
    if (in != stdin) std::fclose(in);
  }
  return code;
}

void print(const Cli& cli, const std::string& format, const std::vector<ScannedFile>& scanned) {
  if (format == "sarif") {
    cli.out.line(findings_as_sarif(scanned).pretty());
  } else if (format == "json" || (format.empty() && cli.out.json())) {
    cli.out.line(findings_as_json(scanned).dump());
  } else {
    std::fputs(findings_as_text(scanned).c_str(), stdout);
  }
}

int report(const Cli& cli, const ScanOptions& options) {
  auto files = files_below(options.paths);
  if (!files) return usage(cli, files.error().message);
  Progress progress("scan", cli.out.json() || files->size() < 2);
  std::vector<ScannedFile> scanned;
  std::size_t found = 0;
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < files->size(); ++i) {
    const std::string& file = (*files)[i];
    const auto text = read_input(file, scan_bytes_max);
    if (!text) return usage(cli, text.error().message);
    progress.show(i + 1, files->size());
    if (is_binary(*text)) {
      ++skipped;
      continue;
    }
    scanned.push_back({file, place_findings(*text, scan(*text, kind(options, file)))});
    found += scanned.back().findings.size();
  }
  print(cli, options.format, scanned);
  cli.out.note(counted(found, "finding") + " in " + counted(scanned.size(), "file") +
               (skipped ? ", " + counted(skipped, "binary file") + " skipped" : ""));
  return found == 0 ? exit_scan_clean : exit_scan_findings;
}

}  // namespace

Result<int> run_scan(const Cli& cli, const ScanOptions& options) {
  if (options.list_rules) return list_rules(cli);
  if (!options.explain.empty()) return explain(cli, options.explain);
  if (options.lines) return answer_all_lines(cli, options.paths);
  if (options.paths.empty()) return usage(cli, "nothing to scan; name files or folders, or -");
  return options.redact ? redact_one(cli, options) : report(cli, options);
}

}  // namespace studiosync::client
