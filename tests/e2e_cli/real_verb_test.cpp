// `syncsim real` where the processes do not do what they should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/json.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "tests/e2e_cli/syncsim.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::syncsim;

namespace fs = std::filesystem;

// Programs of which the server ends at once, with a word about it.
class RealVerb : public ::testing::Test {
 protected:
  RealVerb() {
    for (const char* program : {"syncd", "syncctl"}) {
      EXPECT_TRUE(
          write_file(folder_.file(program), "#!/bin/sh\necho no key to read >&2\nexit 1\n"));
      fs::permissions(folder_.file(program), fs::perms::owner_all);
    }
    EXPECT_TRUE(write_file(scenario(),
                           R"({"name":"a/b","devices":[{"name":"laptop","user":"ann"}],)"
                           R"("steps":[{"at":"0s","do":"settle"}]})"));
  }

  std::string scenario() const { return folder_.file("scenario.json"); }
  Ran real(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"real", "--programs", folder_.path()});
    return syncsim(std::move(arguments));
  }

  TemporaryFolder folder_;
};

TEST_F(RealVerb, AServerThatDoesNotStartIsNoViolation) {
  const Ran ran = real({scenario()});
  EXPECT_EQ(ran.code, exit_not_started);
  EXPECT_THAT(ran.out, HasSubstr("not started"));
  EXPECT_THAT(ran.out,
              HasSubstr("on server: syncd did not start; its log ends with: no key to read"));
  EXPECT_EQ(real({"--seeds", "1"}).code, exit_not_started);
}

TEST_F(RealVerb, SaysItAsJson) {
  const Json line = parse_json(real({scenario(), "--json"}).out).value();
  EXPECT_EQ(line.find("verdict")->as_string(), "not started");
  const Json& failure = line.find("violations")->items().at(0);
  EXPECT_EQ(failure.find("lane")->as_string(), "server");
  EXPECT_THAT(failure.find("message")->as_string(), HasSubstr("no key to read"));
}

TEST_F(RealVerb, KeepsWhatIsLeftOfAFilesRunWithinTheFolder) {
  real({scenario(), "--keep", folder_.file("kept")});
  EXPECT_EQ(read_file(folder_.file("kept/a_b/syncd.log")).value(), "no key to read\n");
  EXPECT_TRUE(fs::exists(folder_.file("kept/a_b/scenario.json")));
}

TEST_F(RealVerb, ProgramsThatAreNotThereAreNamed) {
  const Ran ran = syncsim({"real", scenario(), "--programs", folder_.file("nowhere")});
  EXPECT_EQ(ran.code, exit_not_started);
  EXPECT_THAT(ran.err, HasSubstr(folder_.file("nowhere") + "/syncd"));
  EXPECT_THAT(ran.out, Not(HasSubstr("violat")));
}

}  // namespace
}  // namespace studiosync::e2e
