// watch: a process that stays, beside others on the same folder.
#include <csignal>
#include <filesystem>

#include "client/store/sqlite_device_store.hpp"
#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr Millis patience{30'000};
constexpr const char* orders = R"({"name":"Orders","query":"SELECT 1"})";

class WatchTest : public SyncctlTest {
 protected:
  WatchTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    phone_.emplace(device("phone"));
    watch_.emplace(laptop_->start({"watch"}));
  }

  // Reads events up to one of this kind; every line must be a JSON object.
  Json next(const std::string& event) {
    for (;;) {
      const auto line = watch_->read_line(patience);
      if (!line) {
        ADD_FAILURE() << "no event " << event << ": " << line.error().message;
        return Json();
      }
      const auto object = parse_json(*line);
      EXPECT_TRUE(object && object->is_object()) << *line;
      if (object && text(*object, "event") == event) return *object;
    }
  }
  Json next_state(const std::string& wanted) {
    Json state = next("state");
    while (state.is_object() && text(state, "state") != wanted) state = next("state");
    return state;
  }
  void wait_until_live() { next_state("live"); }
  // Its standard error among its output, so that a test can wait for what it says.
  os::ChildProcess start_with_notes(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{
        "sh",     "-c",           "exec \"$0\" \"$@\" 2>&1", STUDIOSYNC_BIN "/syncctl",
        "--data", laptop_->data()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return os::ChildProcess::start(command, laptop_->home() + "/errors").value();
  }
  // The laptop holds what the server lacks, and has to read everything anew: most of it would go.
  void prepare_sweep() const {
    std::string database;
    for (const auto& file : std::filesystem::directory_iterator(laptop_->data())) {
      const std::string name = file.path().filename();
      if (name.starts_with("account-") && name.ends_with(".db")) database = file.path();
    }
    const auto store = open_device_store(database, WallTime{0});
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE((*store)->begin());
    for (int i = 0; i < 20; ++i) {
      Record row{.type = EntityType::saved_query, .id = "q" + std::to_string(i)};
      row.rev.version = Version{1};
      row.content = orders;
      EXPECT_TRUE((*store)->add(row));
    }
    DeviceMeta meta = (*store)->meta();
    meta.recovery = Recovery::resync;
    (*store)->set_meta(meta);
    ASSERT_TRUE((*store)->commit());
  }
  int end_with(int signal) {
    watch_->signal(signal);
    return watch_->wait(patience).value_or(-1);
  }

  std::optional<CliDevice> laptop_;
  std::optional<CliDevice> phone_;
  std::optional<os::ChildProcess> watch_;
};

TEST_F(WatchTest, PrintsWhatArrives) {
  wait_until_live();
  ASSERT_EQ(phone_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  ASSERT_EQ(phone_->run({"sync"}).code, 0);
  const Json changed = next("changed");
  EXPECT_EQ(text(changed, "type"), "saved_query");
  EXPECT_EQ(text(changed, "id"), "q1");
  EXPECT_EQ(laptop_->run({"get", "saved_query", "q1"}).code, 0);
}

TEST_F(WatchTest, EndsInOrderOnASignal) {
  wait_until_live();
  EXPECT_EQ(end_with(SIGTERM), 0);
  watch_.emplace(laptop_->start({"watch"}));
  wait_until_live();
  EXPECT_EQ(end_with(SIGINT), 0);
}

TEST_F(WatchTest, SendsWhatOtherProcessesWriteAndLetsThemWaitForIt) {
  wait_until_live();
  ASSERT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Ran sync = laptop_->json({"sync"});
  EXPECT_EQ(sync.code, 0) << sync.errors;
  const Json uploaded = next("uploaded");
  EXPECT_EQ(text(uploaded, "id"), "q1");
  EXPECT_EQ(text(uploaded, "status"), "applied");
  ASSERT_EQ(phone_->run({"sync"}).code, 0);
  EXPECT_EQ(phone_->run({"get", "saved_query", "q1"}).code, 0);

  const Json status = laptop_->json({"status"}).json();
  EXPECT_EQ(text(status, "syncing"), "true");
  EXPECT_EQ(text(status, "summary"), "live, everything sent");
}

// The barrier holds beside a watch, too: what another device had sent before is there afterwards.
TEST_F(WatchTest, LetsAnotherProcessWaitForWhatIsOnTheServer) {
  wait_until_live();
  for (const char* id : {"q1", "q2", "q3"}) {
    ASSERT_EQ(phone_->run({"put", "saved_query", id, "--json", orders}).code, 0);
    ASSERT_EQ(phone_->run({"sync"}).code, 0);
    ASSERT_EQ(laptop_->run({"wait", "--until-synced"}).code, 0);
    ASSERT_EQ(laptop_->run({"get", "saved_query", id}).code, 0);
  }
}

TEST_F(WatchTest, GoesOnByItselfAfterALogoutAndALogin) {
  wait_until_live();
  ASSERT_EQ(laptop_->run({"logout"}).code, 0);
  const Json halted = next_state("halted");
  EXPECT_EQ(text(halted, "code"), "unauthorized");
  EXPECT_EQ(text(halted, "next"), "syncctl login");
  ASSERT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  ASSERT_EQ(laptop_->run({"login", "--password-file", laptop_->home() + "/password"}).code, 0);
  EXPECT_EQ(text(next("uploaded"), "id"), "q1");
  EXPECT_EQ(laptop_->run({"sync", "--timeout", "20s"}).code, 0);
}

// As after a change of the password on another device: the login here looks like any other.
TEST_F(WatchTest, IsSaidToHaveHaltedWhereItsSessionWasEndedElsewhere) {
  wait_until_live();
  const std::filesystem::path login = laptop_->data() + "/auth.json";
  const std::filesystem::path copy = laptop_->home() + "/auth.json";
  std::filesystem::copy(login, copy);
  ASSERT_EQ(laptop_->run({"logout"}).code, 0);
  next_state("halted");
  std::filesystem::rename(copy, login);
  ASSERT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);

  const Json status = laptop_->json({"status"}).json();
  EXPECT_EQ(text(status, "login"), "logged_in");
  EXPECT_EQ(text(status, "link"), "halted");
  EXPECT_NE(text(status, "summary").find("edits wait"), std::string::npos)
      << text(status, "summary");
  // Whole in the table, too, which cuts what is long.
  EXPECT_NE(laptop_->run({"status"}).out.find("next: syncctl login"), std::string::npos);
  EXPECT_EQ(text(laptop_->json({"why", "saved_query", "q1"}).json(), "reason"), "logged_out");
  ASSERT_EQ(laptop_->run({"login", "--password-file", laptop_->home() + "/password"}).code, 0);
  EXPECT_EQ(text(next("uploaded"), "id"), "q1");
}

TEST_F(WatchTest, IsSaidToWaitForAServerThatIsAway) {
  wait_until_live();
  stop_server();
  next_state("waiting");
  next("failing");
  ASSERT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  const Json status = laptop_->json({"status"}).json();
  EXPECT_NE(text(status, "summary").find("edits wait"), std::string::npos)
      << text(status, "summary");
  start_server();
  EXPECT_EQ(text(next("uploaded"), "id"), "q1");
  EXPECT_EQ(text(laptop_->json({"status"}).json(), "link"), "live");
}

TEST_F(WatchTest, NeedsALogin) {
  wait_until_live();
  EXPECT_EQ(end_with(SIGTERM), 0);
  ASSERT_EQ(laptop_->run({"logout"}).code, 0);
  watch_.emplace(laptop_->start({"watch"}));
  EXPECT_EQ(watch_->wait(patience).value_or(-1), 4);
}

// What hangs may be killed: who waited for it does the work himself, in what is left of his time.
TEST_F(WatchTest, IsSucceededByASyncThatWaitedForIt) {
  wait_until_live();
  watch_->signal(SIGSTOP);
  ASSERT_EQ(laptop_->run({"put", "saved_query", "q1", "--json", orders}).code, 0);
  EXPECT_EQ(laptop_->run({"sync", "--timeout", "300ms"}).code, 9);

  os::ChildProcess sync = start_with_notes({"sync", "--timeout", "25s"});
  EXPECT_NE(sync.read_line(patience).value_or("").find("another process"), std::string::npos);
  watch_->kill();
  EXPECT_EQ(sync.read_line(patience).value_or(""), "in sync: 1 sent, 0 received");
  EXPECT_EQ(sync.wait(patience).value_or(-1), 0);
  ASSERT_EQ(phone_->run({"sync"}).code, 0);
  EXPECT_EQ(phone_->run({"get", "saved_query", "q1"}).code, 0);
}

// The answer may be given beside it, by the command that its question names.
TEST_F(WatchTest, GoesOnAfterASweepThatWasConfirmedByAnotherProcess) {
  wait_until_live();
  ASSERT_EQ(end_with(SIGTERM), 0);
  prepare_sweep();
  watch_.emplace(laptop_->start({"watch"}));
  const Json halted = next_state("halted");
  EXPECT_EQ(text(halted, "next"), "syncctl sync --confirm-sweep");

  const Ran unanswered = laptop_->json({"sync", "--timeout", "25s"});  // not for all that time
  EXPECT_EQ(unanswered.code, 5);
  EXPECT_NE(unanswered.errors.find("sweep_unconfirmed"), std::string::npos) << unanswered.errors;
  EXPECT_EQ(laptop_->json({"list", "saved_query"}).objects().size(), 20U);

  EXPECT_EQ(laptop_->run({"sync", "--confirm-sweep", "--timeout", "25s"}).code, 0);
  EXPECT_EQ(laptop_->json({"list", "saved_query"}).objects().size(), 0U);
  wait_until_live();
}

TEST_F(WatchTest, MayNotRunTwiceOnOneFolder) {
  wait_until_live();
  const Ran second = laptop_->run({"watch"});
  EXPECT_EQ(second.code, 7);
  EXPECT_NE(second.errors, "");
}

}  // namespace
}  // namespace studiosync::client
