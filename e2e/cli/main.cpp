// syncsim: the deterministic harness on the command line.
#include "e2e/cli/commands.hpp"

int main(int argc, char** argv) {
  return studiosync::e2e::run_command(argc, argv);
}
