// The verbs of syncload.
#pragma once

namespace studiosync::load {

// Parses and runs; returns the exit code. Nothing throws out of here.
int run_command(int argc, char** argv);

}  // namespace studiosync::load
