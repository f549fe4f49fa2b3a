#include "server/api/sync_service.hpp"

#include <map>

#include "core/base/zoo.hpp"
#include "core/sync/reset.hpp"

namespace studiosync::server {
namespace {

Unexpected error_of(Result<>& failed) {
  return Unexpected(std::move(failed).error());
}

}  // namespace

SyncService::SyncService(Store& store, Hub& hub, std::function<WallTime()> now, Options options)
    : store_(store), hub_(hub), now_(std::move(now)), options_(options) {}

std::shared_ptr<const Broadcast> SyncService::news_of(UserRef user, const Applied& applied,
                                                      Hub::Connection skip) const {
  // Most users have one device at work: nothing is copied for nobody.
  if (applied.rows.empty() || !hub_.reaches(user, skip)) return nullptr;
  return std::make_shared<const Broadcast>(
      Changes{.from = applied.from, .to = applied.to, .changes = applied.rows});
}

void SyncService::publish(UserRef user, const std::shared_ptr<const Broadcast>& news,
                          Hub::Connection skip) {
  if (news) hub_.publish(user, news, skip);
}

// Each status once, however many changes have it: this is the writer's time.
void SyncService::count(const Result<Applied>& pushed) const {
  if (options_.metrics == nullptr || !pushed) return;
  std::map<Status, std::size_t> counts;
  for (const ChangeResult& result : pushed->results) ++counts[result.status];
  for (const auto& [status, changes] : counts) {
    options_.metrics->changes(to_string(status), changes);
  }
}

// `apply` runs inside the transaction; fan-out and the answer wait for the commit.
template <class T, class Apply>
void SyncService::write(UserRef user, Hub::Connection skip, Apply apply,
                        std::function<void(Result<T>)> done) {
  auto outcome = std::make_shared<T>();
  const ApplyContext context{now_(), options_.user_bytes_max};
  store_.write(
      user,
      [this, outcome, user, skip, context, apply = std::move(apply)](UserTxn& log) mutable {
        *outcome = apply(log, context);
        if (SS_ZOO(rows_are_sent_before_the_commit)) {
          publish(user, news_of(user, applied_of(*outcome), skip), skip);
        }
      },
      [this, outcome, user, skip, done = std::move(done)](Result<> committed) {
        if (!committed) {
          done(error_of(committed));
          return;
        }
        const auto news = news_of(user, applied_of(*outcome), skip);
        // Where the news are not for whoever waits for the answer, the answer does not wait for
        // them: it would the longer, the more devices the user has.
        if (skip == nullptr) publish(user, news, skip);
        done(std::move(*outcome));
        if (skip != nullptr) publish(user, news, skip);
      });
}

void SyncService::push(const Caller& caller, Author author, std::shared_ptr<PushStream> stream,
                       Push push, std::function<void(Result<Applied>)> done, Hub::Connection skip) {
  write<Applied>(
      caller.user, skip,
      // A job is run once.
      [author = std::move(author), stream, push = std::move(push)](
          UserTxn& log, const ApplyContext& context) mutable {
        return stream->push(log, author, std::move(push), context);
      },
      [this, stream, done = std::move(done)](Result<Applied> outcome) {
        if (outcome) stream->committed(*outcome);
        count(outcome);
        done(std::move(outcome));
      });
}

void SyncService::upload(const Caller& caller, Author author, std::vector<PlainChange> changes,
                         std::function<void(Result<Applied>)> done) {
  write<Applied>(
      caller.user, {},
      [author = std::move(author), changes = std::move(changes)](UserTxn& log,
                                                                 const ApplyContext& context) {
        return apply_upload(log, author, changes, context);
      },
      [this, done = std::move(done)](Result<Applied> outcome) {
        count(outcome);
        done(std::move(outcome));
      });
}

void SyncService::resolve(const Caller& caller, Author author, Resolve resolve,
                          std::function<void(Result<ResolveOutcome>)> done) {
  write<ResolveOutcome>(
      caller.user, {},
      [author = std::move(author), resolve = std::move(resolve)](UserTxn& log,
                                                                 const ApplyContext& context) {
        return apply_resolve(log, author, resolve, context);
      },
      [this, done = std::move(done)](Result<ResolveOutcome> outcome) {
        const bool resolved = outcome && !outcome->error;
        if (resolved && options_.metrics != nullptr) options_.metrics->conflict_resolved();
        done(std::move(outcome));
      });
}

void SyncService::reconcile(const Caller& caller, DeviceNames names, Reconcile reconcile,
                            Giver giver, std::function<void(Result<Reconciliation>)> done) {
  write<Reconciliation>(
      caller.user, {},
      [names = std::move(names), reconcile = std::move(reconcile), giver = std::move(giver)](
          UserTxn& log, const ApplyContext& context) {
        return apply_reconcile(log, names, reconcile, giver, context);
      },
      std::move(done));
}

void SyncService::reset(const Caller& caller, std::function<void(Result<Cursor>)> done) {
  auto head = std::make_shared<Cursor>();
  store_.write(
      caller.user, [head, now = now_()](UserTxn& log) { *head = apply_reset(log, now); },
      [this, head, caller, done = std::move(done)](Result<> committed) {
        if (!committed) {
          done(error_of(committed));
          return;
        }
        hub_.publish(caller.user, std::make_shared<const Broadcast>(Changes{.to = *head}), {});
        done(*head);
      });
}

void SyncService::tidy(UserRef user, const RetentionRules& rules, RetentionPlace place,
                       std::size_t rows_max, std::function<void(Result<Tidied>)> done) {
  auto reached = std::make_shared<RetentionPlace>(place);
  write<RetentionStep>(
      user, {},
      [reached, rules, rows_max](UserTxn& log, const ApplyContext& context) {
        return apply_retention(log, rules, *reached, context, rows_max);
      },
      [reached, done = std::move(done)](Result<RetentionStep> step) {
        if (step) {
          done(Tidied{*reached, step->more});
        } else {
          done(Unexpected(std::move(step).error()));
        }
      });
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

Result<Changes> SyncService::snapshot(const Caller& caller, const Snapshot& snapshot) {
  const Pull pull{snapshot.cursor.value_or(Cursor{}), 0};
  auto page = read<Changes>(caller, [&](UserReader& log) { return read_snapshot(log, pull); });
  if (page) page->snapshot = true;
  return page;
}

Result<Download> SyncService::download(const Caller& caller, const DownloadCursor& after,
                                       std::uint32_t limit) {
  return read<Download>(caller, [&](UserReader& log) { return read_download(log, after, limit); });
}

Result<Download> SyncService::download_since(const Caller& caller, CommitTime since,
                                             std::uint32_t limit) {
  return read<Download>(caller,
                        [&](UserReader& log) { return read_download_since(log, since, limit); });
}

Result<DigestAnswer> SyncService::digest(const Caller& caller, const DigestRequest& request) {
  return read<DigestAnswer>(caller, [&](UserReader& log) { return read_digest(log, request); });
}

Result<std::vector<ConflictView>> SyncService::conflicts(const Caller& caller, bool all) {
  using Views = std::vector<ConflictView>;
  return read<Views>(caller, [&](UserReader& log) { return list_conflicts(log, all); });
}

Result<Policies> SyncService::policies(const Caller& caller) {
  return read<Policies>(caller, [](UserReader& log) -> Result<Policies> { return log.policies(); });
}

Result<SyncService::UserStatus> SyncService::status(const Caller& caller) {
  return read<UserStatus>(caller, [](UserReader& log) -> Result<UserStatus> {
    return UserStatus{head_cursor(log), log.state(), log.conflict_ids(false).size()};
  });
}

Result<HelloFacts> SyncService::hello_facts(const Caller& caller, const Hello& hello) {
  return read<HelloFacts>(caller, [&](UserReader& log) -> Result<HelloFacts> {
    return studiosync::hello_facts(log, hello);
  });
}

}  // namespace studiosync::server
