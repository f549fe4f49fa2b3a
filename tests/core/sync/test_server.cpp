#include "tests/core/sync/test_server.hpp"

#include <limits>

#include "core/base/check.hpp"
#include "core/sync/hello_facts.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/reconcile.hpp"
#include "core/sync/reset.hpp"

namespace studiosync::testing {
namespace {

constexpr server::UserRef user_ref{0, UserId{1}};
constexpr std::uint64_t user_bytes_max = 1U << 30;
constexpr TestServer::Link nobody = 0;

}  // namespace

TestServer::TestServer(std::function<WallTime()> now, Wires wires, std::uint64_t seed)
    : now_(std::move(now)), wires_(std::move(wires)), entropy_(seed) {
  restart({});
}

void TestServer::restart(server::MemoryImage image) {
  while (!sessions_.empty()) wires_.hang_up(sessions_.begin()->first);
  const server::MemoryStoreOptions options{
      .clock = [this] { return CommitTime{now_().unix_ms * 1000}; },
      .entropy = [this] { return ++entropy_; }};
  store_ = std::make_unique<server::MemoryStore>(options, std::move(image));
}

const server::MemoryUser& TestServer::user() const {
  static const server::MemoryUser nobody;
  const auto found = store_->image().find(user_ref);
  return found == store_->image().end() ? nobody : found->second;
}

void TestServer::choose(EntityType type, Strategy strategy) {
  write([&](UserTxn& log) { log.set_policies({{type, strategy}}); });
}

void TestServer::resolve(const Resolve& decision) {
  ResolveOutcome outcome;
  const Author person{{}, {"browser"}, "browser"};
  write([&](UserTxn& log) {
    outcome = apply_resolve(log, person, decision, {now_(), user_bytes_max});
  });
  publish(nobody, outcome.applied);
}

void TestServer::reset() {
  Cursor head;
  write([&](UserTxn& log) { head = apply_reset(log, now_()); });
  for (const auto& [link, session] : std::map(sessions_)) {
    if (session.greeted) wires_.send(link, {{}, Changed{head}});
  }
}

void TestServer::collect() {
  write([&](UserTxn& log) {
    log.collect_tombstones(to_commit_time(now_() + Millis{3'600'000}),
                           std::numeric_limits<int>::max());
  });
}

void TestServer::drain(Millis delay) {
  for (const auto& [link, session] : std::map(sessions_)) {
    wires_.send(link, {{}, Drain{delay}});
    wires_.hang_up(link);
  }
}

void TestServer::received(Link link, const Frame& frame) {
  const auto session = sessions_.find(link);
  if (session == sessions_.end()) return;
  if (!session->second.greeted && !std::holds_alternative<Hello>(frame.body)) {
    refuse(link, frame.id, {.code = ErrorCode::bad_request, .message = "hello comes first"});
    return;
  }
  std::visit([&](const auto& body) { take(link, frame.id, body); }, frame.body);
}

void TestServer::take(Link link, const std::string& id, const Hello& hello) {
  if (hello.token != accepted_token) {
    refuse(link, id, {.code = ErrorCode::token_expired, .message = "the token has expired"});
    wires_.hang_up(link);
    return;
  }
  Welcome welcome;
  welcome.user_id = user_id;
  welcome.server_time = now_();
  welcome.epoch = store_->epoch(user_ref.shard);
  read([&](UserReader& log) {
    HelloFacts facts = hello_facts(log, hello);
    welcome.head = facts.head;
    welcome.floor = facts.floor;
    welcome.epochs = std::move(facts.epochs);
    welcome.replica = facts.replica;
    welcome.fork_seq = facts.fork_seq;
  });
  Session& session = sessions_[link];
  session.author = {hello.replica, hello.device, hello.device_name};
  session.giver = {welcome.head.generation, with_epoch_of(hello.cursor, hello.epochs)};
  session.greeted = true;
  session.live = !welcome.fork_seq && hello.cursor.seq == welcome.head.seq;
  wires_.send(link, {id, std::move(welcome)});
}

void TestServer::take(Link link, const std::string& id, const Push& push) {
  if (!push_refusals.empty()) {
    refuse(link, id, push_refusals.front());
    push_refusals.pop_front();
    return;
  }
  Applied applied;
  const ApplyContext context{now_(), user_bytes_max};
  const Author author = sessions_[link].author;
  write([&](UserTxn& log) { applied = apply_push(log, author, push, context); });
  publish(link, applied);
  if (applied.error && applied.results.empty()) {
    refuse(link, id, *applied.error);
    return;
  }
  Pushed answer{applied.from, applied.to, applied.results, rows_beyond_results(applied)};
  wires_.send(link, {id, std::move(answer)});
  if (applied.error) refuse(link, {}, *applied.error);
}

void TestServer::take(Link link, const std::string& id, const Pull& pull) {
  Result<Changes> page = Changes{};
  read([&](UserReader& log) {
    page = read_page(log, {pull.cursor, std::min(pull.limit, page_rows_max)});
  });
  answer_page(link, id, std::move(page));
}

void TestServer::take(Link link, const std::string& id, const Snapshot& snapshot) {
  Result<Changes> page = Changes{};
  read([&](UserReader& log) {
    page = read_snapshot(log, {snapshot.cursor.value_or(Cursor{}), page_rows_max});
  });
  if (page) page->snapshot = true;
  answer_page(link, id, std::move(page));
}

void TestServer::answer_page(Link link, const std::string& id, Result<Changes> page) {
  if (!page) {
    refuse(link, id, page.error());
    return;
  }
  sessions_[link].live = !page->has_more;
  wires_.send(link, {id, std::move(*page)});
}

void TestServer::take(Link link, const std::string& id, const Reconcile& reconcile) {
  Reconciliation outcome;
  const Author& author = sessions_[link].author;
  const Giver& giver = sessions_[link].giver;
  const DeviceNames names{{author.device, author.device_name}};
  write([&](UserTxn& log) {
    outcome = apply_reconcile(log, names, reconcile, giver, {now_(), user_bytes_max});
  });
  publish(link, outcome.applied);
  if (outcome.applied.error) {
    refuse(link, id, *outcome.applied.error);
    return;
  }
  wires_.send(link, {id, Reconciled{outcome.applied.from, outcome.applied.to, outcome.changes}});
}

void TestServer::take(Link link, const std::string& id, const DigestRequest& request) {
  Result<DigestAnswer> answer = DigestAnswer{};
  read([&](UserReader& log) { answer = read_digest(log, request); });
  if (!answer) {
    refuse(link, id, answer.error());
    return;
  }
  wires_.send(link, {id, std::move(*answer)});
}

void TestServer::take(Link link, const std::string& id, const Reauth& reauth) {
  if (reauth.token == accepted_token) {
    wires_.send(link, {id, Reauthed{now_()}});
  } else {
    refuse(link, id, {.code = ErrorCode::unauthorized, .message = "not a token of ours"});
  }
}

void TestServer::refuse(Link link, const std::string& id, Error error) {
  wires_.send(link, {id, ErrorFrame{std::move(error)}});
}

void TestServer::publish(Link author, const Applied& applied) {
  if (applied.rows.empty()) return;
  for (const auto& [link, session] : std::map(sessions_)) {
    if (link == author || !session.live) continue;
    if (hints_only) {
      wires_.send(link, {{}, Changed{applied.to}});
    } else {
      wires_.send(link, {{}, Changes{applied.from, applied.to, applied.rows}});
    }
  }
}

void TestServer::write(const std::function<void(UserTxn&)>& job) {
  store_->write(user_ref, job, [](Result<> committed) { SS_CHECK(committed.has_value()); });
}

void TestServer::read(const std::function<void(UserReader&)>& visit) {
  SS_CHECK(store_->read(user_ref, visit).has_value());
}

}  // namespace studiosync::testing
