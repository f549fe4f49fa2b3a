// What a wrong command line is told, without any server.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

TEST_F(SyncctlTest, ExplainsItself) {
  const CliDevice laptop = folder("laptop");
  const Ran help = laptop.run({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* verb : {"setup", "sync", "watch", "put", "conflicts", "Exit codes"}) {
    EXPECT_NE(help.out.find(verb), std::string::npos) << verb;
  }
  const Ran version = laptop.run({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_TRUE(version.out.starts_with("syncctl ")) << version.out;
}

TEST_F(SyncctlTest, TellsHowLongItWaitsWhereNobodySaysSo) {
  const CliDevice laptop = folder("laptop");
  const auto help = [&](const char* verb) { return laptop.run({verb, "--help"}).out; };
  EXPECT_THAT(help("sync"), testing::HasSubstr("--timeout SPAN=10m"));
  EXPECT_THAT(help("wait"), testing::HasSubstr("--timeout SPAN=1m"));
  EXPECT_THAT(help("watch"), testing::HasSubstr("--request-timeout SPAN=30s"));
  EXPECT_THAT(help("record"), testing::HasSubstr("until interrupted"));
  EXPECT_EQ(laptop.run({"sync", "--timeout", "1h"}).code, 2);  // taken: it is not set up
}

TEST_F(SyncctlTest, RefusesACommandLineThatItDoesNotKnow) {
  const CliDevice laptop = folder("laptop");
  const std::vector<std::vector<std::string>> wrong{
      {},
      {"frobnicate"},
      {"get", "saved_query"},
      {"wait"},
      {"wait", "--until-synced", "--timeout", "soon"},
      {"conflicts"},
      {"conflicts", "resolve", "c1"},
      {"conflicts", "resolve", "c1", "--choose", "best"},
      {"setup", "--email", "ann@example.com"},
      {"list", "saved_query", "--colour"},
      {"put", "table", "t1", "--json", "{}"},
      {"put", "saved_query", "q1"},
      {"put", "saved_query", "q1", "--json", "{"},
      {"put", "saved_query", "q1", "--json", "[]"},
      {"put", "saved_query", "q 1", "--json", R"({"name":"n","query":"SELECT 1"})"},
      {"put", "saved_query", "q1", "--json", R"({"name":7,"query":"SELECT 1"})"},
  };
  for (const auto& words : wrong) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ran ran = laptop.run(words);
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.errors, "");
  }
}

TEST_F(SyncctlTest, NamesThePlaceOfAnErrorInJsonToo) {
  const Ran ran =
      folder("laptop").json({"put", "saved_query", "q1", "--json", R"({"name":7,"query":"x"})"});
  EXPECT_EQ(ran.code, 1);
  const auto error = parse_json(ran.errors);
  ASSERT_TRUE(error) << ran.errors;
  EXPECT_EQ(text(*error, "error"), "true");
  EXPECT_EQ(text(*error, "code"), "validation_error");
  EXPECT_EQ(text(*error, "path"), "$.name");
}

TEST_F(SyncctlTest, SaysInJsonWhatIsWrongWithACommandLine) {
  const CliDevice laptop = folder("laptop");
  const std::vector<std::vector<std::string>> wrong{
      {"--json"},
      {"--json", "frobnicate"},
      {"--json", "get", "saved_query"},
      {"get", "saved_query", "--json"},
      {"--json", "wait", "--until-synced", "--timeout", "soon"},
      {"--json", "search", "x", "--limit"},
      {"--json", "conflicts", "resolve", "c1", "--choose", "best"},
      {"--json", "list", "saved_query", "--colour"}};
  for (const auto& words : wrong) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ran ran = laptop.run(words);
    EXPECT_EQ(ran.code, 1);
    const auto error = parse_json(ran.errors);
    ASSERT_TRUE(error && error->is_object()) << ran.errors;
    EXPECT_EQ(text(*error, "error"), "true");
    EXPECT_EQ(text(*error, "code"), "bad_request");
    EXPECT_NE(text(*error, "message"), "");
  }
  EXPECT_EQ(laptop.run({"--json", "scan", "--format", "poem"}).code, 2);
  EXPECT_NE(laptop.run({"--json", "put", "--help"}).out.find("Usage"), std::string::npos);
}

TEST_F(SyncctlTest, TakesNoPasswordFromTheCommandLine) {
  const CliDevice laptop = folder("laptop");
  auto words = setup_words("http://127.0.0.1:1");
  words.insert(words.end(), {"--password", "secret"});
  EXPECT_EQ(laptop.run(words).code, 1);
  for (const char* verb : {"setup", "login"}) {
    const std::string help = laptop.run({verb, "--help"}).out;
    EXPECT_NE(help.find("--password-file"), std::string::npos);
    EXPECT_EQ(help.find("--password "), std::string::npos);
  }
}

TEST_F(SyncctlTest, AsksForNothing) {
  const Ran ran = folder("laptop").run(setup_words("http://127.0.0.1:1"));
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.errors.find("--password-file"), std::string::npos);
}

TEST_F(SyncctlTest, SaysThatTheFolderIsNotSetUp) {
  const CliDevice laptop = folder("laptop");
  const std::vector<std::vector<std::string>> verbs{{"sync"},
                                                    {"wait", "--until-synced"},
                                                    {"watch"},
                                                    {"login"},
                                                    {"policy"},
                                                    {"conflicts", "list"},
                                                    {"conflicts", "show", "c1"},
                                                    {"status"}};
  for (const auto& words : verbs) {
    EXPECT_EQ(laptop.run(words).code, 2) << testing::PrintToString(words);
  }
  EXPECT_EQ(text(laptop.json({"status"}).json(), "login"), "not_set_up");
}

TEST_F(SyncctlTest, SaysThatTheServerIsAway) {
  const CliDevice laptop = folder("laptop");
  auto words = setup_words("http://127.0.0.1:1");
  words.insert(words.end(), {"--password-file", laptop.home() + "/password"});
  EXPECT_EQ(laptop.run(words).code, 3);
}

TEST_F(SyncctlTest, RefusesAServerThatIsNoWebAddress) {
  const CliDevice laptop = folder("laptop");
  auto words = setup_words("127.0.0.1:8080");
  words.insert(words.end(), {"--password-file", laptop.home() + "/password"});
  EXPECT_EQ(laptop.run(words).code, 1);
}

// The channel's address has no place for a login: such a device could never sync.
TEST_F(SyncctlTest, RefusesAServerWithALoginInItsAddressBeforeAnybodyIsAsked) {
  const CliDevice laptop = folder("laptop");
  for (const std::string port : {":1", ""}) {
    auto words = setup_words("http://ann:Tr0ub4dor-and-3@127.0.0.1" + port);
    words.insert(words.end(), {"--password-file", laptop.home() + "/password"});
    const Ran ran = laptop.json(words);
    EXPECT_EQ(ran.code, 1) << ran.errors;
    EXPECT_NE(ran.errors.find("no login in it"), std::string::npos) << ran.errors;
    EXPECT_EQ((ran.out + ran.errors).find("Tr0ub4dor"), std::string::npos);
    EXPECT_EQ(laptop.run({"status"}).code, 2);
  }
}

TEST_F(SyncctlTest, RefusesAServerWhoseChannelCannotBeNamed) {
  const CliDevice laptop = folder("laptop");
  auto words = setup_words("http://127.0.0.1:99999");
  words.insert(words.end(), {"--password-file", laptop.home() + "/password"});
  EXPECT_EQ(laptop.run(words).code, 1);
}

TEST_F(SyncctlTest, SaysThatTheDatabaseIsDamaged) {
  const CliDevice laptop = folder("laptop");
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", R"({"name":"n","query":"x"})"}).code,
            0);
  laptop.file("data/local.db", std::string(8192, 'x'));
  const Ran ran = laptop.run({"list", "saved_query"});
  EXPECT_EQ(ran.code, 7) << ran.errors;
}

TEST_F(SyncctlTest, SaysThatThePasswordFileIsMissing) {
  auto words = setup_words("http://127.0.0.1:1");
  words.insert(words.end(), {"--password-file", "/no/such/file"});
  EXPECT_EQ(folder("laptop").run(words).code, 8);
}

// `syncctl … > FILE` in a pipeline, and the disk is full.
TEST_F(SyncctlTest, SaysThatItsOutputWasNotTaken) {
  const auto run_into_full = [](const std::string& words) {
    const std::string line = "exec '" STUDIOSYNC_BIN "/syncctl' " + words + " 2>&1 > /dev/full";
    auto run = os::ChildProcess::start({"sh", "-c", line}).value();
    const std::string error = run.read_line(Millis{30'000}).value_or("");
    return std::pair(run.wait(Millis{30'000}).value_or(-1), error);
  };
  const auto complaint = testing::HasSubstr("standard output");
  EXPECT_THAT(run_into_full("--help"), testing::Pair(7, complaint));
  EXPECT_THAT(run_into_full("--json --version"), testing::Pair(7, complaint));
  const std::string clean = folder_.file("clean.sql");
  std::ofstream(clean) << "SELECT 1";
  EXPECT_THAT(run_into_full("scan --redact '" + clean + "'"), testing::Pair(2, complaint));
}

// What is typed into the wrong place must not end in a pipeline's log.
TEST_F(SyncctlTest, RepeatsNoCredentialInAnError) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  const std::vector<std::vector<std::string>> wrong{
      {secret},
      {"get", "saved_query", secret},
      {"list", secret},
      {"search", "x", "--limit", secret},
      {"conflicts", "resolve", "c", "--choose", secret},
      {"status", "--" + secret}};
  const CliDevice laptop = folder("laptop");
  for (const auto& words : wrong) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ran ran = laptop.run(words);
    EXPECT_NE(ran.code, 0);
    EXPECT_NE(ran.errors.find("[REDACTED]"), std::string::npos) << ran.errors;
    EXPECT_EQ(ran.errors.find(secret), std::string::npos);
  }
}

}  // namespace
}  // namespace studiosync::client
