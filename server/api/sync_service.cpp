#include "server/api/sync_service.hpp"

namespace studiosync::server {
namespace {

Unexpected error_of(Result<>& failed) {
  return Unexpected(std::move(failed).error());
}

}  // namespace

SyncService::SyncService(Store& store, Hub& hub, std::function<WallTime()> now, Options options)
    : store_(store), hub_(hub), now_(std::move(now)), options_(options) {}

void SyncService::publish(const Caller& caller, const Applied& applied, Hub::Connection skip) {
  if (applied.rows.empty()) return;
  Changes changes{.from = applied.from, .to = applied.to, .changes = applied.rows};
  hub_.publish(caller.user, std::make_shared<const Broadcast>(std::move(changes)), skip);
}

// `apply` runs inside the transaction; fan-out and the answer wait for the commit.
template <class T, class Apply>
void SyncService::write(const Caller& caller, Hub::Connection skip, Apply apply,
                        std::function<void(Result<T>)> done) {
  auto outcome = std::make_shared<T>();
  const ApplyContext context{now_(), options_.user_bytes_max};
  store_.write(
      caller.user,
      [outcome, context, apply = std::move(apply)](UserTxn& log) {
        *outcome = apply(log, context);
      },
      [this, outcome, caller, skip, done = std::move(done)](Result<> committed) {
        if (!committed) {
          done(error_of(committed));
          return;
        }
        publish(caller, applied_of(*outcome), skip);
        done(std::move(*outcome));
      });
}

void SyncService::push(const Caller& caller, Author author, Push push,
                       std::function<void(Result<Applied>)> done, Hub::Connection skip) {
  write<Applied>(
      caller, skip,
      [author = std::move(author), push = std::move(push)](UserTxn& log,
                                                           const ApplyContext& context) {
        return apply_push(log, author, push, context);
      },
      std::move(done));
}

void SyncService::upload(const Caller& caller, Author author, std::vector<PlainChange> changes,
                         std::function<void(Result<Applied>)> done) {
  write<Applied>(
      caller, {},
      [author = std::move(author), changes = std::move(changes)](UserTxn& log,
                                                                 const ApplyContext& context) {
        return apply_upload(log, author, changes, context);
      },
      std::move(done));
}

void SyncService::resolve(const Caller& caller, Author author, Resolve resolve,
                          std::function<void(Result<ResolveOutcome>)> done) {
  write<ResolveOutcome>(
      caller, {},
      [author = std::move(author), resolve = std::move(resolve)](UserTxn& log,
                                                                 const ApplyContext& context) {
        return apply_resolve(log, author, resolve, context);
      },
      std::move(done));
}

void SyncService::set_policies(const Caller& caller, Policies chosen,
                               std::function<void(Result<Policies>)> done) {
  auto all = std::make_shared<Policies>();
  store_.write(
      caller.user,
      [all, chosen = std::move(chosen)](UserTxn& log) {
        *all = log.policies();
        for (const auto& [type, strategy] : chosen) (*all)[type] = strategy;
        log.set_policies(*all);
      },
      [all, done = std::move(done)](Result<> committed) {
        if (committed) {
          done(std::move(*all));
        } else {
          done(error_of(committed));
        }
      });
}

template <class T>
Result<T> SyncService::read(const Caller& caller,
                            const std::function<Result<T>(UserReader&)>& ask) {
  Result<T> answer = fail(ErrorCode::server_error, "nothing was read");
  SS_TRY(store_.read(caller.user, [&](UserReader& log) { answer = ask(log); }));
  return answer;
}

Result<Changes> SyncService::pull(const Caller& caller, const Pull& pull) {
  return read<Changes>(caller, [&](UserReader& log) { return read_page(log, pull); });
}

Result<Changes> SyncService::pull_since(const Caller& caller, CommitTime since,
                                        std::uint32_t limit) {
  return read<Changes>(caller, [&](UserReader& log) { return read_page_since(log, since, limit); });
}

Result<DigestAnswer> SyncService::digest(const Caller& caller, const DigestRequest& request) {
  return read<DigestAnswer>(caller, [&](UserReader& log) { return read_digest(log, request); });
}

Result<std::vector<ConflictView>> SyncService::conflicts(const Caller& caller, bool all) {
  using Views = std::vector<ConflictView>;
  return read<Views>(caller,
                     [&](UserReader& log) -> Result<Views> { return read_conflicts(log, all); });
}

Result<Policies> SyncService::policies(const Caller& caller) {
  return read<Policies>(caller, [](UserReader& log) -> Result<Policies> { return log.policies(); });
}

Result<SyncService::UserStatus> SyncService::status(const Caller& caller) {
  return read<UserStatus>(caller, [](UserReader& log) -> Result<UserStatus> {
    return UserStatus{head_cursor(log), log.state(), log.conflict_ids(false).size()};
  });
}

Result<HelloFacts> SyncService::hello_facts(const Caller& caller, ReplicaId replica,
                                            const Cursor& cursor, const Epochs& epochs) {
  return read<HelloFacts>(caller, [&](UserReader& log) -> Result<HelloFacts> {
    HelloFacts facts;
    facts.head = head_cursor(log);
    facts.epochs = log.epochs();
    facts.replica = log.replica(replica).value_or(ReplicaMark{});
    const bool same_account = cursor.generation == facts.head.generation;
    if (same_account && !cursor_valid(cursor, facts.epochs, facts.head.seq)) {
      facts.fork_seq = fork_point(epochs, facts.epochs, facts.head.seq);
    }
    return facts;
  });
}

}  // namespace studiosync::server
