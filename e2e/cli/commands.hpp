// syncsim's command line.
#pragma once

namespace studiosync::e2e {

// Parses, runs the verb, and returns the exit code.
int run_command(int argc, char** argv);

}  // namespace studiosync::e2e
