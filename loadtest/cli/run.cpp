#include <cstdio>

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/live_view.hpp"
#include "loadtest/cli/outcome.hpp"
#include "loadtest/cli/verbs.hpp"
#include "loadtest/run/load_run.hpp"

namespace studiosync::load {
namespace {

int refuse(const Error& error, ExitCode code) {
  complain(error);
  return code;
}

}  // namespace

int run_run(const RunVerb& verb) {
  if (const auto fits = check_options(verb.options); !fits) return refuse(fits.error(), exit_usage);
  Result<Results> results = Results{};
  {
    const auto view = verb.options.gate.empty() ? make_live_view(verb.quiet) : make_announcer();
    results = run_load(verb.options, *view);
  }
  if (!results) return refuse(results.error(), exit_code_of(results.error()));
  return report(verb, *results);
}

}  // namespace studiosync::load
