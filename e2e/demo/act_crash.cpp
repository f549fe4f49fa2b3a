#include <set>

#include "e2e/demo/stage.hpp"

namespace studiosync::demo {
namespace {

constexpr std::size_t edits = 500;
constexpr std::size_t answers_before_the_kill = 100;

std::string id_of(std::size_t number) {
  return "crash-" + std::to_string(number);
}

Result<> edit_offline(DemoDevice& tablet) {
  for (std::size_t i = 0; i < edits; ++i) {
    Json data = Json::object();
    data.set("query", "SELECT " + std::to_string(i)).set("executed_at", "2026-01-31T12:00:00Z");
    data.set("success", true);
    SS_TRY(tablet.host().put(EntityType::query_history, id_of(i), std::move(data)));
  }
  return {};
}

// Small batches, so that many answers are still to come when the server dies.
EngineOptions small_batches() {
  EngineOptions options;
  options.batch_first = 20;
  options.batch_largest = 20;
  return options;
}

// Kills the server from within the answer that makes the count, while the rest is on its way.
class Killer {
 public:
  explicit Killer(const e2e::ServerProcess& server) : server_(server) {}

  void operator()(const Notice& notice) {
    const std::lock_guard lock(mutex_);
    if (notice.kind == Notice::Kind::settled) acknowledged_.insert(notice.key.id);
    const bool lost = notice.kind == Notice::Kind::state && notice.text == "waiting";
    if (acknowledged_.size() >= answers_before_the_kill && !std::exchange(killed_, true))
      server_.kill_now();
    if (killed_ && lost) {
      gone_ = true;
      changed_.notify_all();
    }
  }

  // The answers that came before the connection was lost.
  Result<std::set<std::string>> wait() {
    std::unique_lock lock(mutex_);
    const auto limit = std::chrono::milliseconds(patience.count);
    if (!changed_.wait_for(lock, limit, [&] { return gone_; })) {
      return fail(ErrorCode::timeout, "the server was not killed in time");
    }
    return acknowledged_;
  }

 private:
  const e2e::ServerProcess& server_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> acknowledged_;
  bool killed_ = false;
  bool gone_ = false;
};

// Records of the crash that a device has, and whether each is there in its first version.
struct Found {
  std::set<std::string> ids;
  bool once = true;
};

Found crash_records(DemoDevice& device) {
  Found found;
  for (const DeviceRecord& record : device.all(EntityType::query_history)) {
    if (!record.id.starts_with("crash-")) continue;
    found.ids.insert(record.id);
    found.once = found.once && record.shadow && record.shadow->rev.version == Version{1};
  }
  return found;
}

bool contains_all(const std::set<std::string>& all, const std::set<std::string>& wanted) {
  return std::includes(all.begin(), all.end(), wanted.begin(), wanted.end());
}

}  // namespace

Result<> act_crash(Stage& stage) {
  stage.story.act("kill -9 of the server in the middle of a push");
  SS_ASSIGN(auto tablet, stage.join("tablet", false, small_batches()));
  SS_TRY(edit_offline(*tablet));
  auto killer = std::make_shared<Killer>(stage.server);
  tablet->listen([killer](const Notice& notice, const EngineStatus&) { (*killer)(notice); });
  tablet->host().go_online();
  SS_ASSIGN(const std::set<std::string> acknowledged, killer->wait());
  tablet->listen({});
  tablet->host().go_offline();
  stage.server.reap();
  stage.story.say("500 edits on their way from a new tablet; the server was killed after " +
                  std::to_string(acknowledged.size()) + " acknowledgements");
  stage.story.check(acknowledged.size() < edits, "the push was really cut");

  SS_TRY(stage.server.start());
  SS_ASSIGN(auto phone, stage.join("phone", false));
  phone->host().go_online();
  SS_TRY(phone->host().wait_synced(patience));
  stage.story.check(contains_all(crash_records(*phone).ids, acknowledged),
                    "after the restart a third device finds every acknowledged edit");

  tablet->host().go_online();
  SS_TRY(tablet->host().wait_synced(patience));
  SS_TRY(stage.desktop->host().wait_synced(patience));
  const Found found = crash_records(*stage.desktop);
  stage.story.check(found.ids.size() == edits && found.once,
                    "back online the tablet sends the rest: all 500 are there, each exactly once");
  SS_TRY(show_equality(stage));
  SS_ASSIGN(const int code, stage.server.stop());
  stage.story.check(code == 0, "SIGTERM: the server drains its devices, commits and exits 0");
  return {};
}

}  // namespace studiosync::demo
