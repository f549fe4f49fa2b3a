#include "tests/core/sync/test_server.hpp"

#include "core/base/check.hpp"
#include "core/sync/pull.hpp"

namespace studiosync::testing {
namespace {

constexpr server::UserRef user_ref{0, UserId{1}};
constexpr std::uint64_t user_bytes_max = 1U << 30;

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
  store_->write(
      user_ref,
      [&](UserTxn& log) {
        log.set_policies({{type, strategy}});
      },
      [](Result<> committed) { SS_CHECK(committed.has_value()); });
}

void TestServer::resolve(const Resolve& decision) {
  ResolveOutcome outcome;
  const Author person{{}, {"browser"}, "browser"};
  store_->write(
      user_ref,
      [&](UserTxn& log) {
        outcome = apply_resolve(log, person, decision, {now_(), user_bytes_max});
      },
      [](Result<> committed) { SS_CHECK(committed.has_value()); });
  constexpr Link nobody = 0;
  publish(nobody, outcome.applied);
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
    welcome.head = head_cursor(log);
    welcome.epochs = log.epochs();
    welcome.replica = log.replica(hello.replica).value_or(ReplicaMark{});
    if (!cursor_valid(hello.cursor, welcome.epochs, welcome.head.seq)) {
      welcome.fork_seq = fork_point(hello.epochs, welcome.epochs, welcome.head.seq);
    }
  });
  Session& session = sessions_[link];
  session.author = {hello.replica, hello.device, hello.device_name};
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
  store_->write(
      user_ref, [&](UserTxn& log) { applied = apply_push(log, author, push, context); },
      [](Result<> committed) { SS_CHECK(committed.has_value()); });
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
  if (!page) {
    refuse(link, id, page.error());
    return;
  }
  sessions_[link].live = !page->has_more;
  wires_.send(link, {id, std::move(*page)});
}

void TestServer::take(Link link, const std::string& id, const DigestRequest& request) {
  Result<DigestAnswer> answer = DigestAnswer{};
  read([&](UserReader& log) { answer = read_digest(log, request); });
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

void TestServer::read(const std::function<void(UserReader&)>& visit) {
  SS_CHECK(store_->read(user_ref, visit).has_value());
}

}  // namespace studiosync::testing
