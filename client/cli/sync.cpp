#include <csignal>

#include "client/cli/exit_code.hpp"
#include "client/cli/notice_view.hpp"
#include "client/cli/transaction.hpp"
#include "client/cli/verbs.hpp"
#include "client/cli/wait_for.hpp"

namespace studiosync::client {
namespace {

// What a sync has to do, for its progress bar: edits to send and rows to fetch.
class SyncProgress {
 public:
  explicit SyncProgress(bool quiet) : bar_("sync", quiet) {}

  void update(const EngineStatus& status) {
    if (status.state != LinkState::live) return;
    const std::size_t unsent = status.counts.pending + status.counts.frozen;
    const std::size_t behind =
        status.head.seq < status.cursor.seq
            ? 0
            : static_cast<std::size_t>(status.head.seq.value - status.cursor.seq.value);
    const std::size_t left = unsent + behind;
    if (left > total_) total_ = left;
    if (total_ > 0) bar_.show(total_ - left, total_);
  }

 private:
  Progress bar_;
  std::size_t total_ = 0;
};

struct Tally {
  std::size_t received = 0;
  std::size_t sent = 0;
  std::size_t conflicts = 0;
  std::size_t rejected = 0;

  void take(const Notice& notice) {
    received += notice.kind == Notice::Kind::changed ? 1U : 0U;
    sent += notice.kind == Notice::Kind::settled ? 1U : 0U;
    conflicts += notice.kind == Notice::Kind::conflict ? 1U : 0U;
    rejected += notice.kind == Notice::Kind::rejected ? 1U : 0U;
  }
};

Result<int> report(const Cli& cli, const Tally& tally, SqliteDeviceStore& store) {
  const std::size_t open = open_conflicts(store);
  const std::size_t refused = store.counts().rejected;
  SS_TRY(store.take_error());
  Json answer = Json::object();
  answer.set("sent", tally.sent).set("received", tally.received).set("conflicts", tally.conflicts);
  answer.set("rejected", tally.rejected).set("open_conflicts", open);
  std::string text = "in sync: " + std::to_string(tally.sent) + " sent, " +
                     std::to_string(tally.received) + " received";
  if (tally.conflicts > 0) text += ", " + counted(tally.conflicts, "conflict");
  if (open > 0) text += "\n" + counted(open, "conflict") + " to decide: syncctl conflicts list";
  if (refused > 0) text += "\nrefused changes: syncctl rejected list";
  cli.out.result(answer, text);
  if (refused > 0) return exit_rejected;
  return open > 0 ? exit_conflicts : exit_fine;
}

Result<Cursor> server_head(const Cli& cli) {
  SS_ASSIGN(const HttpReply reply, ask_server(cli, "GET", "/api/sync/status"));
  const Json* text = reply.body.find("head");
  const auto head =
      text != nullptr && text->is_string() ? parse_cursor(text->as_string()) : std::nullopt;
  if (!head) return fail(ErrorCode::server_error, "the server did not tell its head");
  return *head;
}

bool is_settled(SqliteDeviceStore& store, const Cursor& head) {
  const QueueCounts counts = store.counts();
  const Cursor cursor = store.meta().cursor;
  const bool there = cursor.seq == head.seq ? cursor == head : head.seq < cursor.seq;
  const bool read = !head.seq || (there && cursor.generation == head.generation);
  // Queue and cursor may be at rest while a snapshot, or its sweep, is still to come.
  return counts.pending + counts.frozen == 0 && read && store.meta().recovery == Recovery::none;
}

// For the process that has halted with the question; it looks into the store.
Result<> answer_sweep(SqliteDeviceStore& store) {
  return in_transaction(store, [&]() -> Result<> {
    DeviceMeta meta = store.meta();
    if (meta.recovery == Recovery::asks) meta.recovery = Recovery::confirmed;
    store.set_meta(meta);
    return {};
  });
}

// The question that keeps the other process from going on.
std::optional<Error> unanswered(const Cli& cli, SqliteDeviceStore& store) {
  if (store.meta().recovery != Recovery::asks) return std::nullopt;
  const auto process = syncing_process(cli.folder);
  return process && process->halted() ? process->error : std::nullopt;
}

Result<> require_session(const Login& login) {
  if (!login.access_token.empty()) return {};
  return fail(ErrorCode::unauthorized, "logged out; run syncctl login");
}

// Another process syncs this folder: it does the work, this one waits for it. The lock, where that
// one has ended first; nothing, where all is settled.
Result<std::optional<SyncLock>> wait_for_other(const Cli& cli, SqliteDeviceStore& store,
                                               const SyncOptions& options) {
  if (options.confirm_sweep) SS_TRY(answer_sweep(store));
  cli.out.note("another process syncs this folder; waiting for it");
  std::optional<SyncLock> lock;
  std::optional<Result<Cursor>> head;  // sampled once
  const auto sample = [&] {
    const Cursor known = store.meta().cursor;
    auto sampled = server_head(cli);
    const bool passes = !sampled && sampled.error().retryable();
    if (passes && options.outage == EngineHost::Outage::wait_out) return;
    // A server that is behind was restored, and the other process has not heard of it yet.
    if (sampled && sampled->seq < known.seq) return;
    head = std::move(sampled);
  };
  std::optional<Error> question;
  Result<> read;
  const bool done = wait_for(options.timeout, [&] {
    if (auto taken = SyncLock::take(cli.folder)) lock = std::move(*taken);
    if (lock) return true;
    question = unanswered(cli, store);
    if (question) return true;
    if (!head) sample();
    const bool over = head && (!*head || is_settled(store, **head));
    read = store.take_error();
    return over || !read;
  });
  SS_TRY(read);
  if (lock) return lock;
  if (question) return Unexpected(std::move(*question));
  if (head && !*head) return Unexpected(head->error());
  if (!done) return fail(ErrorCode::timeout, "the other process did not finish in time");
  return lock;
}

Result<int> sync_with(SyncLock lock, const Cli& cli, SetUp ready, const SyncOptions& options) {
  // The host has a connection of its own.
  SS_ASSIGN(auto second, open_device(cli));
  Tally tally;
  SyncProgress progress(cli.out.json() || !options.progress);
  const auto host = EngineHost::create(std::move(lock), std::move(ready.store), ready.login,
                                       {.folder = cli.folder},
                                       [&](const Notice& notice, const EngineStatus& status) {
                                         tally.take(notice);
                                         progress.update(status);
                                       });
  if (options.confirm_sweep) host->confirm_sweep();
  host->go_online();
  SS_TRY(host->wait_synced(options.timeout, options.outage));
  host->go_offline();
  return report(cli, tally, *second);
}

}  // namespace

Result<int> run_sync(const Cli& cli, const SyncOptions& options) {
  const Deadline deadline(options.timeout);
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  SS_TRY(require_session(ready->login));
  auto lock = SyncLock::take(cli.folder);
  if (lock) return sync_with(std::move(*lock), cli, std::move(*ready), options);
  if (lock.error().code != ErrorCode::store_locked) return Unexpected(lock.error());

  SS_ASSIGN(auto taken_over, wait_for_other(cli, *ready->store, options));
  if (!taken_over) return report(cli, {}, *ready->store);
  SS_ASSIGN(ready, set_up(cli));  // as that process left it
  if (!ready) return exit_not_set_up;
  SS_TRY(require_session(ready->login));
  SyncOptions left = options;
  left.timeout = deadline.left();
  return sync_with(std::move(*taken_over), cli, std::move(*ready), left);
}

Result<int> run_watch(const Cli& cli, const WatchOptions& options) {
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  SS_TRY(require_session(ready->login));
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the host's thread starts
  EngineHost::Options hosted{.folder = cli.folder};
  hosted.engine.request_timeout = options.request_timeout;
  SS_ASSIGN(auto host, EngineHost::create(std::move(ready->store), ready->login, std::move(hosted),
                                          [&](const Notice& notice, const EngineStatus& status) {
                                            cli.out.line(notice_view(notice, status).dump());
                                          }));
  host->go_online();
  int signal = 0;
  sigwait(&signals, &signal);
  host->go_offline();
  return exit_fine;
}

}  // namespace studiosync::client
