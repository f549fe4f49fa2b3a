#include "e2e/crash/server_task.hpp"

#include "core/sync/apply.hpp"
#include "core/sync/reconcile.hpp"
#include "core/sync/reset.hpp"
#include "core/sync/retention.hpp"
#include "e2e/crash/random_content.hpp"

namespace studiosync::e2e {

namespace {

using server::Store;

constexpr std::uint64_t replicas_of_a_user = 2;
constexpr std::uint64_t ids_of_a_type = 20;
constexpr std::uint64_t changes_of_a_push_max = 4;
constexpr std::uint64_t given_back_at_once_max = 3;

// Steps are a second apart: short enough that a hundred of them leave much to let go of.
constexpr RetentionRules short_retention{.history = {20'000},
                                         .history_rows = 5,
                                         .tombstones = {15'000},
                                         .conflicts = {15'000},
                                         .results = {30'000}};
// More than a user has: a run that is repeated finds nothing left.
constexpr std::size_t tidied_rows_max = 1'000;

ApplyContext context_at(WallTime now) {
  return {.now = now, .user_bytes_max = 1U << 30};
}

ReplicaId replica_of(UserId user, std::uint64_t number) {
  return {.bytes = {static_cast<std::uint8_t>(user.value), static_cast<std::uint8_t>(number)}};
}

Author random_author(Random& random, UserId user) {
  Author author;
  author.replica = replica_of(user, 1 + random.below(replicas_of_a_user));
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
  change.item_id = random_id(random, ids_of_a_type);
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

Store::Job plan_push(Random& random, UserReader& log, UserId user, WallTime now) {
  Author author = random_author(random, user);
  Push push = random_push(random, log, author.replica, now);
  return [author = std::move(author), push = std::move(push), now](UserTxn& txn) {
    (void)apply_push(txn, author, push, context_at(now));
  };
}

Store::Job plan_tidying(WallTime now) {
  return [now](UserTxn& txn) {
    RetentionPlace place;
    (void)apply_retention(txn, short_retention, place, context_at(now), tidied_rows_max);
  };
}

// The next version, of a history that a restore took away.
Record random_lost(Random& random, UserReader& log, std::string id, Origin origin) {
  Record lost{.type = random_type(random), .id = std::move(id)};
  const auto stored = log.find(lost.type, lost.id);
  lost.rev.version = stored ? stored->rev.version.next() : Version{1};
  lost.origin = origin;
  lost.device = {"elsewhere"};
  lost.deleted = stored && random.below(6) == 0;
  if (!lost.deleted) lost.content = random_content(random, lost.type).canonical();
  return lost;
}

// The lost history went on from what is stored now.
Store::Job plan_giving_back(Random& random, UserReader& log, UserId user, WallTime now) {
  const UserState state = log.state();
  const Epoch lost_epoch{1 + random.below(1'000'000)};
  Giver giver{.welcomed = state.generation, .epochs = log.epochs()};
  giver.epochs.push_back({lost_epoch, state.head.next()});
  Reconcile reconcile{.fork_seq = state.head};
  Origin origin{replica_of(user, 1 + replicas_of_a_user),
                DeviceSeq{static_cast<std::uint64_t>(now.unix_ms)}, Stamp::at(now)};
  Seq seq = state.head;
  const std::uint64_t first = random.below(ids_of_a_type);
  for (std::uint64_t i = 0, count = 1 + random.below(given_back_at_once_max); i < count; ++i) {
    std::string id = "record-" + std::to_string((first + i) % ids_of_a_type);
    Record lost = random_lost(random, log, std::move(id), origin);
    lost.rev.epoch = lost_epoch;
    lost.seq = seq = seq.next();
    lost.committed = to_commit_time(now);
    reconcile.records.push_back(std::move(lost));
    origin.device_seq = origin.device_seq.next();
  }
  return [giver = std::move(giver), reconcile = std::move(reconcile), now](UserTxn& txn) {
    (void)apply_reconcile(txn, {}, reconcile, giver, context_at(now));
  };
}

// Whoever was not answered sees by the account's generation that it was reset.
Store::Job plan_reset(UserReader& log, WallTime now) {
  return [before = log.state().generation, now](UserTxn& txn) {
    if (txn.state().generation == before) (void)apply_reset(txn, now);
  };
}

}  // namespace

Store::Job plan_task(Random& random, UserReader& log, UserId user, WallTime now) {
  const std::uint64_t draw = random.below(100);
  if (draw < 8) return plan_tidying(now);
  if (draw < 14) return plan_giving_back(random, log, user, now);
  if (draw < 16) return plan_reset(log, now);
  return plan_push(random, log, user, now);
}

}  // namespace studiosync::e2e
