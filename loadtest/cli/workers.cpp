#include "loadtest/run/workers.hpp"

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/outcome.hpp"
#include "loadtest/cli/verbs.hpp"

namespace studiosync::load {
int run_workers(const WorkersVerb& verb) {
  const auto results = run_in_workers(verb.run.options, verb.count, this_program);
  if (!results) {
    complain(results.error());
    return exit_code_of(results.error());
  }
  return report(verb.run, *results);
}

}  // namespace studiosync::load
