#include "tests/e2e_cli/syncsim.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "e2e/cli/commands.hpp"

namespace studiosync::testing {

Ran syncsim(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "syncsim");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int code = e2e::run_command(static_cast<int>(argv.size()), argv.data());
  std::fflush(stdout);
  std::string err = ::testing::internal::GetCapturedStderr();
  return {code, ::testing::internal::GetCapturedStdout(), std::move(err)};
}

}  // namespace studiosync::testing
