#include "loadtest/cli/outcome.hpp"

#include <cstdio>

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/summary.hpp"
#include "loadtest/report/report_html.hpp"

namespace studiosync::load {
namespace {

Result<> write_files(const RunVerb& verb, const Results& results) {
  if (!verb.json_file.empty()) {
    SS_TRY(write_text(verb.json_file, to_json(results).dump() + "\n"));
  }
  if (!verb.html_file.empty()) {
    SS_TRY(write_text(verb.html_file, report_html(results)));
  }
  return {};
}

}  // namespace

int report(const RunVerb& verb, const Results& results) {
  // Files first: nobody may be reading what is printed.
  const auto written = write_files(verb, results);
  if (verb.options.gate.empty()) {
    std::fputs(summary(results).c_str(), verb.json_file == "-" ? stderr : stdout);
  }
  const int code = exit_code_of(results);
  if (written) return code;
  complain(written.error());
  return code == exit_passed ? exit_usage : code;
}

}  // namespace studiosync::load
