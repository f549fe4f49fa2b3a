// The server's store: tasks of several users, committed in groups.
#include <map>

#include "e2e/crash/server_task.hpp"
#include "e2e/crash/subject.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace studiosync::e2e {

namespace {

using server::Store;
using server::UserRef;

constexpr std::uint64_t users = 3;
constexpr WallTime begin_of_time{1'800'000'000'000};

struct Task {
  UserRef user;
  Store::Job job;
};

// The tasks of each step: made up once, and sent again as they were.
struct Script {
  std::uint64_t seed = 0;
  std::map<std::size_t, std::vector<Task>> steps;
};

std::size_t part_of(UserRef user) {
  return user.number.value - 1;
}

Unexpected no_answer() {
  return fail(ErrorCode::server_error, "was never answered");
}

WallTime time_of(std::size_t step) {
  return begin_of_time + Millis{static_cast<std::int64_t>(step) * 1000};
}

class ServerSubject final : public CrashSubject {
 public:
  explicit ServerSubject(std::shared_ptr<Script> script) : script_(std::move(script)) {}

  std::unique_ptr<CrashSubject> twin() const override {
    return std::make_unique<ServerSubject>(script_);
  }

  Result<> open(const std::string& vfs) override {
    server::SqliteStoreOptions options;
    options.folder = "server";
    options.shards = 1;
    options.clock = [this] { return to_commit_time(now_); };
    options.entropy = [this] { return entropy_.next(); };
    options.vfs = vfs;
    options.folder_in_vfs = true;
    options.post = [this](std::function<void()> commit) { commit_ = std::move(commit); };
    SS_ASSIGN(store_, server::open_sqlite_store(options));
    return {};
  }
  void close() override { store_.reset(); }

  std::vector<TaskAnswer> step(std::size_t number) override {
    now_ = time_of(number);
    if (!script_->steps.contains(number)) {
      if (auto planned = plan(number); !planned) return {TaskAnswer{0, std::move(planned)}};
    }
    const std::vector<Task>& tasks = script_->steps[number];
    std::vector<TaskAnswer> answers;
    for (const Task& task : tasks) answers.push_back({part_of(task.user), no_answer()});
    for (std::size_t i = 0; i < tasks.size(); ++i) submit(tasks[i], answers[i].result);
    if (commit_) std::exchange(commit_, {})();
    return answers;
  }
  bool promises_disk(std::size_t) const override { return true; }
  // The device that was not answered sends the same again.
  std::size_t next_step(std::size_t, std::size_t in_flight) const override { return in_flight; }

  std::string file() const override { return "server/shard-0.db"; }

  std::size_t parts() const override { return users; }
  // The number of a generation follows from the epoch, too.
  std::vector<std::string> content_queries(sqlite::Database&, std::size_t part) const override {
    const std::uint64_t number = part + 1;
    const std::string of_user = " WHERE user = " + std::to_string(number);
    return {
        "SELECT key, type, id, deleted, reason, version, device_seq, content FROM log "
        "WHERE key >= " +
            std::to_string(number << 40) + " AND key < " + std::to_string((number + 1) << 40),
        "SELECT type, id, key FROM item" + of_user,
        "SELECT head, generation <> 0, floor, collected, bytes, records FROM users" + of_user,
        "SELECT replica, last_seq, last_change FROM replicas" + of_user,
        "SELECT count(*), sum(device_seq), sum(version), count(copy_id) FROM applied" + of_user,
        "SELECT ordinal, conflict_id, item_id, losing, open FROM conflicts" + of_user,
        "SELECT count(*), sum(length(local_content)), sum(length(remote_content)) "
        "FROM sync_conflicts_archive" +
            of_user};
  }

  std::vector<std::string> disagreements() const override {
    return {
        "SELECT 'item without row: ' || item.id FROM item LEFT JOIN log ON log.key = item.key "
        "AND log.id = item.id AND log.type = item.type AND log.key >> 40 = item.user "
        "WHERE log.key IS NULL",
        "SELECT 'row without item: ' || log.id FROM log LEFT JOIN item ON item.key = log.key "
        "WHERE item.key IS NULL",
        "SELECT 'counters of user ' || user FROM users WHERE "
        "records <> (SELECT count(*) FROM log WHERE key >> 40 = user AND deleted = 0 AND type <> " +
            std::to_string(static_cast<int>(EntityType::conflict)) +
            ") OR "
            "bytes <> (SELECT coalesce(sum(length(CAST(content AS BLOB))), 0) FROM log "
            "WHERE key >> 40 = user AND deleted = 0)",
        "SELECT 'head of user ' || user FROM users WHERE head <> max(floor, coalesce("
        "(SELECT max(key) & ((1 << 40) - 1) FROM log WHERE key >> 40 = user), 0))",
        "SELECT 'rows of nobody: ' || key FROM log WHERE key >> 40 NOT IN (SELECT user FROM users)",
    };
  }

  Result<> examine() override { return {}; }

 private:
  Result<> plan(std::size_t number) {
    Random random(script_->seed * 1'000'003 + number);
    std::vector<Task> tasks;
    const std::uint64_t first = random.below(users);
    for (std::uint64_t i = 0, count = 1 + random.below(users); i < count; ++i) {
      Task task{.user = {0, UserId{1 + (first + i) % users}}};
      Random own(random.next());
      SS_TRY(store_->read(task.user, [&](UserReader& log) {
        task.job = plan_task(own, log, task.user.number, now_);
      }));
      tasks.push_back(std::move(task));
    }
    script_->steps[number] = std::move(tasks);
    return {};
  }

  void submit(const Task& task, Result<>& answer) {
    store_->write(task.user, task.job, [&answer](Result<> result) { answer = std::move(result); });
  }

  std::shared_ptr<Script> script_;
  WallTime now_ = begin_of_time;
  Random entropy_{1};
  std::unique_ptr<Store> store_;
  std::function<void()> commit_;
};

}  // namespace

std::unique_ptr<CrashSubject> make_server_subject(std::uint64_t seed) {
  auto script = std::make_shared<Script>();
  script->seed = seed;
  return std::make_unique<ServerSubject>(std::move(script));
}

}  // namespace studiosync::e2e
