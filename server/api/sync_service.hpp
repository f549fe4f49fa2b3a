// What routes and push connections ask of the sync system: the store's jobs plus fan-out after the
// commit. Any thread. Answers arrive on a store's writer thread, after the commit is on the disk.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/sync/apply.hpp"
#include "core/sync/download.hpp"
#include "core/sync/hello_facts.hpp"
#include "core/sync/reconcile.hpp"
#include "core/sync/retention.hpp"
#include "server/auth/caller.hpp"
#include "server/ops/metrics.hpp"
#include "server/push/hub.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

class SyncService {
 public:
  struct Options {
    std::uint64_t user_bytes_max = 1ULL << 30;
    Metrics* metrics = nullptr;  // of what becomes of changes and conflicts; null: nobody watches
  };
  // `now` is the wall clock. All must outlive the service.
  SyncService(Store& store, Hub& hub, std::function<WallTime()> now, Options options);

  // `stream` belongs to the writer thread from the first call on.
  void push(const Caller& caller, Author author, std::shared_ptr<PushStream> stream, Push push,
            std::function<void(Result<Applied>)> done, Hub::Connection skip = {});
  void upload(const Caller& caller, Author author, std::vector<PlainChange> changes,
              std::function<void(Result<Applied>)> done);
  void resolve(const Caller& caller, Author author, Resolve resolve,
               std::function<void(Result<ResolveOutcome>)> done);
  void reconcile(const Caller& caller, DeviceNames names, Reconcile reconcile, Giver giver,
                 std::function<void(Result<Reconciliation>)> done);
  // Deletes everything of the user under a new generation. Devices get a hint and find their
  // cursors refused.
  void reset(const Caller& caller, std::function<void(Result<Cursor>)> done);
  // One step of retention for one user, of `rows_max` rows at most. `more`: go on from `place`.
  struct Tidied {
    RetentionPlace place;
    bool more = false;
  };
  void tidy(UserRef user, const RetentionRules& rules, RetentionPlace place, std::size_t rows_max,
            std::function<void(Result<Tidied>)> done);
  void set_policies(const Caller& caller, Policies policies,
                    std::function<void(Result<Policies>)> done);

  // Blocks for a read.
  Result<Changes> pull(const Caller& caller, const Pull& pull);
  // A page of a complete snapshot, which is not bound to the floor.
  Result<Changes> snapshot(const Caller& caller, const Snapshot& snapshot);
  // What a plain client is given, which goes on after a cursor or a time.
  Result<Download> download(const Caller& caller, const DownloadCursor& after, std::uint32_t limit);
  Result<Download> download_since(const Caller& caller, CommitTime since, std::uint32_t limit);
  Result<DigestAnswer> digest(const Caller& caller, const DigestRequest& request);
  Result<std::vector<ConflictView>> conflicts(const Caller& caller, bool all);
  Result<Policies> policies(const Caller& caller);

  struct UserStatus {
    Cursor head;
    UserState state;
    std::size_t open_conflicts = 0;
  };
  Result<UserStatus> status(const Caller& caller);
  Result<HelloFacts> hello_facts(const Caller& caller, const Hello& hello);

  Store& store() noexcept { return store_; }
  WallTime now() const { return now_(); }

 private:
  // A commit's rows for whoever is to be told of them; null for nobody.
  std::shared_ptr<const Broadcast> news_of(UserRef user, const Applied& applied,
                                           Hub::Connection skip) const;
  void publish(UserRef user, const std::shared_ptr<const Broadcast>& news, Hub::Connection skip);
  void count(const Result<Applied>& pushed) const;
  template <class T, class Apply>
  void write(UserRef user, Hub::Connection skip, Apply apply, std::function<void(Result<T>)> done);
  template <class T>
  Result<T> read(const Caller& caller, const std::function<Result<T>(UserReader&)>& ask);
  static const Applied& applied_of(const Applied& applied) { return applied; }
  static const Applied& applied_of(const ResolveOutcome& outcome) { return outcome.applied; }
  static const Applied& applied_of(const Reconciliation& outcome) { return outcome.applied; }
  static const Applied& applied_of(const RetentionStep& step) { return step.applied; }

  Store& store_;
  Hub& hub_;
  std::function<WallTime()> now_;
  Options options_;
};

}  // namespace studiosync::server
