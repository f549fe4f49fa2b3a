// syncctl's command line: verbs, options, help.
#pragma once

namespace studiosync::client {

// Parses, runs one verb, prints its error if it has one; the exit code (exit_code.hpp).
int run_command(int argc, char** argv);

}  // namespace studiosync::client
