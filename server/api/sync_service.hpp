// What routes and push connections ask of the sync system: the store's jobs plus fan-out after the
// commit. Any thread. Answers arrive on a store's writer thread, after the commit is on the disk.
#pragma once

#include <functional>
#include <string>

#include "core/sync/apply.hpp"
#include "core/sync/pull.hpp"
#include "server/auth/caller.hpp"
#include "server/push/hub.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

// What a welcome tells a device about its user's log.
struct HelloFacts {
  Cursor head;
  Epochs epochs;
  ReplicaMark replica;
  std::optional<Seq> fork_seq;  // the device's cursor is not of this history
};

class SyncService {
 public:
  struct Options {
    std::uint64_t user_bytes_max = 1ULL << 30;
  };
  // `now` is the wall clock. All must outlive the service.
  SyncService(Store& store, Hub& hub, std::function<WallTime()> now, Options options);

  void push(const Caller& caller, Author author, Push push,
            std::function<void(Result<Applied>)> done, Hub::Connection skip = {});
  void upload(const Caller& caller, Author author, std::vector<PlainChange> changes,
              std::function<void(Result<Applied>)> done);
  void resolve(const Caller& caller, Author author, Resolve resolve,
               std::function<void(Result<ResolveOutcome>)> done);
  void set_policies(const Caller& caller, Policies policies,
                    std::function<void(Result<Policies>)> done);

  // Blocks for a read.
  Result<Changes> pull(const Caller& caller, const Pull& pull);
  Result<Changes> pull_since(const Caller& caller, CommitTime since, std::uint32_t limit);
  Result<DigestAnswer> digest(const Caller& caller, const DigestRequest& request);
  Result<std::vector<ConflictView>> conflicts(const Caller& caller, bool all);
  Result<Policies> policies(const Caller& caller);

  struct UserStatus {
    Cursor head;
    UserState state;
    std::size_t open_conflicts = 0;
  };
  Result<UserStatus> status(const Caller& caller);
  Result<HelloFacts> hello_facts(const Caller& caller, ReplicaId replica, const Cursor& cursor,
                                 const Epochs& epochs);

  Store& store() noexcept { return store_; }
  WallTime now() const { return now_(); }

 private:
  void publish(const Caller& caller, const Applied& applied, Hub::Connection skip);
  template <class T, class Apply>
  void write(const Caller& caller, Hub::Connection skip, Apply apply,
             std::function<void(Result<T>)> done);
  template <class T>
  Result<T> read(const Caller& caller, const std::function<Result<T>(UserReader&)>& ask);
  static const Applied& applied_of(const Applied& applied) { return applied; }
  static const Applied& applied_of(const ResolveOutcome& outcome) { return outcome.applied; }

  Store& store_;
  Hub& hub_;
  std::function<WallTime()> now_;
  Options options_;
};

}  // namespace studiosync::server
