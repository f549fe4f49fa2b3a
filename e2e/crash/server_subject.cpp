// The server's store: pushes of several users, committed in groups.
#include <map>

#include "core/base/check.hpp"
#include "core/sync/apply.hpp"
#include "e2e/crash/random_content.hpp"
#include "e2e/crash/subject.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace studiosync::e2e {

namespace {

using server::Store;
using server::UserRef;

constexpr std::uint64_t users = 3;
constexpr std::uint64_t replicas_of_a_user = 2;
constexpr std::uint64_t records_of_a_type = 20;
constexpr std::uint64_t changes_of_a_push_max = 4;
constexpr WallTime begin_of_time{1'800'000'000'000};

struct PlannedPush {
  UserRef user;
  Author author;
  Push push;
};

// The pushes of each step: made up once, and sent again as they were.
struct Script {
  std::uint64_t seed = 0;
  std::map<std::size_t, std::vector<PlannedPush>> steps;
};

WallTime time_of(std::size_t step) {
  return begin_of_time + Millis{static_cast<std::int64_t>(step) * 1000};
}

Author random_author(Random& random, UserRef user) {
  Author author;
  author.replica.bytes = {static_cast<std::uint8_t>(user.number.value),
                          static_cast<std::uint8_t>(1 + random.below(replicas_of_a_user))};
  author.device = {"device-" + to_string(author.replica)};
  author.device_name = "device";
  return author;
}

// Mostly on the stored version; now and then on the one before, which makes a conflict.
PushChange random_change(Random& random, UserReader& log, WallTime now) {
  PushChange change;
  change.change.bytes = uuid_v7(now.unix_ms, random);
  change.type = random_type(random);
  change.type_text = to_string(change.type);
  change.item_id = random_id(random, records_of_a_type);
  change.stamp = Stamp::at(now);
  const auto stored = log.find(change.type, change.item_id);
  if (stored) change.base = stored->rev;
  if (change.base.version.value > 1 && random.below(40) == 0) --change.base.version.value;
  if (stored && !stored->deleted && random.below(8) == 0) {
    change.action = Action::remove;
  } else {
    change.data = random_content(random, change.type);
  }
  return change;
}

Push random_push(Random& random, UserReader& log, ReplicaId replica, WallTime now) {
  Push push{.now = now};
  DeviceSeq last = log.replica(replica).value_or(ReplicaMark{}).seq;
  for (std::uint64_t left = 1 + random.below(changes_of_a_push_max); left > 0; --left) {
    push.changes.push_back(random_change(random, log, now));
    push.changes.back().device_seq = last = last.next();
  }
  return push;
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

  Result<> step(std::size_t number) override {
    now_ = time_of(number);
    if (!script_->steps.contains(number)) SS_TRY(plan(number));
    Result<> answer;
    for (const PlannedPush& planned : script_->steps[number]) submit(planned, answer);
    if (commit_) std::exchange(commit_, {})();
    return answer;
  }
  bool is_one_transaction(std::size_t number) const override {
    return script_->steps.at(number).size() == 1;
  }
  bool promises_disk(std::size_t) const override { return true; }
  // The device that was not answered sends its push again.
  std::size_t next_step(std::size_t, std::size_t in_flight) const override { return in_flight; }

  std::string file() const override { return "server/shard-0.db"; }

  std::vector<std::string> content_queries(sqlite::Database&) const override {
    return {"SELECT key, type, id, deleted, reason, version, device_seq, content FROM log",
            "SELECT user, type, id, key FROM item",
            "SELECT user, head, generation, floor, bytes, records FROM users",
            "SELECT user, replica, last_seq, last_change FROM replicas",
            "SELECT user, count(*), sum(device_seq), sum(version), count(copy_id) FROM applied "
            "GROUP BY user",
            "SELECT user, ordinal, conflict_id, item_id, losing, open FROM conflicts",
            "SELECT user, count(*), sum(length(local_content)), sum(length(remote_content)) "
            "FROM sync_conflicts_archive GROUP BY user"};
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
        "SELECT 'head of user ' || user FROM users WHERE head <> "
        "(SELECT max(key) & ((1 << 40) - 1) FROM log WHERE key >> 40 = user)",
        "SELECT 'rows of nobody: ' || key FROM log WHERE key >> 40 NOT IN (SELECT user FROM users)",
    };
  }

  Result<> examine() override { return {}; }

 private:
  Result<> plan(std::size_t number) {
    Random random(script_->seed * 1'000'003 + number);
    std::vector<PlannedPush> pushes;
    const std::uint64_t first = random.below(users);
    for (std::uint64_t i = 0, count = 1 + random.below(users); i < count; ++i) {
      PlannedPush planned{.user = {0, UserId{1 + (first + i) % users}}};
      planned.author = random_author(random, planned.user);
      SS_TRY(store_->read(planned.user, [&](UserReader& log) {
        planned.push = random_push(random, log, planned.author.replica, now_);
      }));
      pushes.push_back(std::move(planned));
    }
    script_->steps[number] = std::move(pushes);
    return {};
  }

  void submit(const PlannedPush& planned, Result<>& answer) {
    store_->write(
        planned.user,
        [this, &planned](UserTxn& log) {
          (void)apply_push(log, planned.author, planned.push,
                           {.now = now_, .user_bytes_max = 1U << 30});
        },
        [&answer](Result<> result) {
          if (!result) answer = std::move(result);
        });
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
