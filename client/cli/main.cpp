// syncctl: a StudioSync device on the command line.
#include "client/cli/commands.hpp"

int main(int argc, char** argv) {
  return studiosync::client::run_command(argc, argv);
}
