#include "loadtest/linked/run.hpp"

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/outcome.hpp"
#include "loadtest/cli/verbs.hpp"

namespace studiosync::load {

int run_linked(const LinkedVerb& verb) {
  LinkedOptions options = verb.options;
  options.program = this_program;
  const auto results = measure_linked(options);
  if (!results) {
    complain(results.error());
    return exit_code_of(results.error());
  }
  return report({.json_file = verb.json_file, .html_file = verb.html_file}, *results);
}

}  // namespace studiosync::load
