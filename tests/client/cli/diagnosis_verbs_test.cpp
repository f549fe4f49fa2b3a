// diff and doctor, against a server that is there, away, or behind.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

class DiagnosisVerbsTest : public SyncctlTest {
 protected:
  DiagnosisVerbsTest() {
    start_server();
    laptop_.emplace(device("laptop"));
  }
  void put(const std::string& id, const std::string& sql) {
    const std::string data = R"({"name":"n","query":")" + sql + R"("})";
    EXPECT_EQ(laptop_->run({"put", "saved_query", id, "--json", data}).code, 0);
  }
  void sync() { EXPECT_EQ(laptop_->run({"sync"}).code, 0); }
  std::string database_name() const {
    for (const auto& entry : std::filesystem::directory_iterator(laptop_->data())) {
      if (entry.path().extension() == ".db") return entry.path().filename();
    }
    return {};
  }
  // What doctor says of one thing; its code in `code_`.
  Json check(const std::string& name) {
    const Ran ran = laptop_->json({"doctor"});
    code_ = ran.code;
    const Json report = ran.json();
    for (const Json& one : report.find("checks")->items()) {
      if (text(one, "check") == name) return one;
    }
    return Json::object();
  }

  std::optional<CliDevice> laptop_;
  int code_ = -1;
};

TEST_F(DiagnosisVerbsTest, DiffFindsNothingAfterASync) {
  put("q1", "SELECT 1");
  sync();
  const Ran ran = laptop_->json({"diff"});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(laptop_->run({"diff"}).out.find("hold the same"), std::string::npos);
}

TEST_F(DiagnosisVerbsTest, DiffTellsWhatIsOnlyHereOnlyThereAndDifferent) {
  put("changed", "SELECT 1");
  put("deleted", "SELECT 1");
  sync();
  put("changed", "SELECT 2");
  EXPECT_EQ(laptop_->run({"delete", "saved_query", "deleted"}).code, 0);
  put("new", "SELECT 3");
  const auto lines = laptop_->json({"diff"}).objects();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(text(lines[0], "difference"), "differs");
  EXPECT_EQ(text(lines[0], "fields"), R"(["query"])");
  EXPECT_EQ(text(lines[0], "state"), "pending");
  EXPECT_EQ(text(lines[1], "difference"), "only_there");
  EXPECT_EQ(text(lines[2], "difference"), "only_here");
}

TEST_F(DiagnosisVerbsTest, DiffTakesNoRedactedTextForADifference) {
  put("q1", "CREATE USER app IDENTIFIED BY 'hunter2trombone'");
  sync();
  EXPECT_EQ(laptop_->json({"diff"}).out, "");
}

// An unknown field may be called like a credential; others get neither its name nor its text.
TEST_F(DiagnosisVerbsTest, WhyAndDiffRepeatNoCredentialThatIsTheNameOfAField) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  const std::string data = R"({"name":"n","query":"SELECT 1",")" + secret + R"(":"x"})";
  EXPECT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", data}).code, 0);
  sync();
  const Ran why = laptop_->run({"why", "saved_query", "q1"});
  EXPECT_NE(why.out.find("redacted there: [REDACTED]"), std::string::npos) << why.out;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"why", "saved_query", "q1"}, {"diff"}}) {
    for (const Ran& ran : {laptop_->run(words), laptop_->json(words)}) {
      EXPECT_EQ(ran.code, 0);
      EXPECT_EQ((ran.out + ran.errors).find(secret), std::string::npos) << ran.out;
    }
  }
}

TEST_F(DiagnosisVerbsTest, DoctorFindsAHealthyDeviceWell) {
  put("q1", "SELECT 1");
  sync();
  const Ran ran = laptop_->json({"doctor"});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(text(ran.json(), "well"), "true");
  for (const char* name : {"modes", "login", "store", "queue", "lock", "server", "clock", "version",
                           "session", "digest"}) {
    EXPECT_EQ(text(check(name), "level"), "ok") << name << ran.out;
  }
}

TEST_F(DiagnosisVerbsTest, DoctorSaysThatTheServerIsAway) {
  stop_server();
  const Json server = check("server");
  EXPECT_EQ(code_, 3);
  EXPECT_EQ(text(server, "level"), "fail");
  EXPECT_NE(text(server, "next"), "");
}

TEST_F(DiagnosisVerbsTest, DoctorSaysThatEditsWait) {
  put("q1", "SELECT 1");
  EXPECT_EQ(text(check("queue"), "level"), "warn");
  EXPECT_EQ(code_, 0);
  EXPECT_EQ(text(check("digest"), "level"), "warn");
}

TEST_F(DiagnosisVerbsTest, DoctorSaysThatTheDeviceIsLoggedOut) {
  EXPECT_EQ(laptop_->run({"logout"}).code, 0);
  EXPECT_EQ(text(check("login"), "next"), "syncctl login");
  EXPECT_EQ(code_, 4);
}

// Also after a login, which the account's password lets through.
TEST_F(DiagnosisVerbsTest, DoctorTellsARemovedDeviceTheWayThatWorks) {
  sync();
  const CliDevice desk = device("desk");
  put("q1", "SELECT 1");
  EXPECT_EQ(desk.run({"devices", "revoke", "laptop"}).code, 0);
  const auto told = [&] {
    const Json session = check("session");
    EXPECT_EQ(text(session, "level"), "fail");
    EXPECT_EQ(code_, 4);
    return text(session, "next");
  };
  const std::string way =
      "syncctl export FILE, then with a new --data DIR: setup, sync, import FILE, sync";
  EXPECT_EQ(told(), way);
  EXPECT_EQ(laptop_->run({"login", "--password-file", laptop_->home() + "/password"}).code, 0);
  EXPECT_EQ(laptop_->run({"sync"}).code, 4);
  EXPECT_EQ(told(), way);

  const std::string exported = laptop_->home() + "/exported";
  EXPECT_EQ(laptop_->run({"export", exported}).code, 0);
  const CliDevice anew = device("anew");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"sync"}, {"import", exported}, {"sync"}}) {
    const Ran ran = anew.run(words);
    EXPECT_EQ(ran.code, 0) << ran.errors;
  }
  EXPECT_EQ(desk.run({"sync"}).code, 0);
  EXPECT_EQ(desk.run({"get", "saved_query", "q1"}).code, 0);
}

TEST_F(DiagnosisVerbsTest, DoctorFindsALoginFileThatOthersCanRead) {
  ASSERT_EQ(::chmod((laptop_->data() + "/auth.json").c_str(), 0644), 0);
  EXPECT_NE(text(check("modes"), "text").find("auth.json"), std::string::npos);
  EXPECT_EQ(code_, 7);
}

TEST_F(DiagnosisVerbsTest, DoctorFindsADamagedDatabase) {
  const CliDevice alone = folder("alone");
  EXPECT_EQ(alone.run({"put", "saved_query", "q1", "--json", R"({"name":"n","query":"x"})"}).code,
            0);
  alone.file("data/local.db", std::string(8192, 'x'));
  EXPECT_EQ(alone.run({"doctor"}).code, 7);
}

// Not each damage shows when the file is opened.
TEST_F(DiagnosisVerbsTest, DoctorSaysWhatSavesADatabaseWithADamagedPage) {
  put("q1", "SELECT 1");
  const std::string path = laptop_->data() + "/" + database_name();
  std::fstream database(path, std::ios::in | std::ios::out | std::ios::binary);
  database.seekp(5 * 4096);
  database << std::string(4096, 'x') << std::flush;
  const Json store = check("store");
  EXPECT_EQ(code_, 7);
  EXPECT_EQ(text(store, "level"), "fail");
  EXPECT_NE(text(store, "next").find("syncctl export"), std::string::npos) << store.dump();
}

}  // namespace
}  // namespace studiosync::client
