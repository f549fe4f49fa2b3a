// First syncs from servers that answer as if all were well, on accounts that an earlier run filled:
// this one's ledger has nothing to hold against them.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>

#include "core/protocol/codec.hpp"
#include "loadtest/null_server/null_log.hpp"
#include "server/net/listener.hpp"
#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

constexpr Seq head{20};

enum class Answer : std::uint8_t {
  everything,
  nothing_more,  // from the beginning on: no rows, and that this is all
  nothing_here,  // no rows up to the head
  nothing_new,   // no rows, again and again
  good_bye,      // the connection's end
};

// To whoever pulls, of an account with 20 records.
class Channel final : public server::WsHandler {
 public:
  Channel(const std::atomic<Answer>& answer, NullPages& pages, std::shared_ptr<server::WsPeer> peer)
      : answer_(answer), pages_(pages), peer_(std::move(peer)) {}

  void on_message(std::string payload) override {
    const auto frame = decode(payload, Encoding::json);
    ASSERT_TRUE(frame.has_value()) << payload;
    if (const auto* hello = std::get_if<Hello>(&frame->body)) return welcome(frame->id, *hello);
    if (const auto* pull = std::get_if<Pull>(&frame->body)) return page(frame->id, pull->cursor);
    if (std::holds_alternative<DigestRequest>(frame->body)) {
      send({frame->id, ErrorFrame{{.code = ErrorCode::bad_request, .message = "no digest"}}});
    }
  }
  void on_drained() override {}
  void on_close() override {}

 private:
  void welcome(const std::string& id, const Hello& hello) {
    const Epoch epoch = null_cursor(head).epoch;
    send({id, Welcome{.user_id = hello.token,
                      .server_time = hello.now,
                      .epoch = epoch,
                      .epochs = {{epoch, Seq{1}}},
                      .replica = hello.acked,
                      .head = null_cursor(head),
                      .token_expires_at = hello.now + Millis{3'600'000}}});
  }

  void page(const std::string& id, const Cursor& from) {
    switch (answer_) {
      case Answer::everything:
        return peer_->send(pages_.page(id, from.seq, head));
      case Answer::nothing_more:
        return send({id, Changes{.from = from, .to = from}});
      case Answer::nothing_here:
        return send({id, Changes{.from = from, .to = null_cursor(head)}});
      case Answer::nothing_new:
        return send({id, Changes{.from = from, .to = from, .has_more = true}});
      case Answer::good_bye:
        return peer_->close(1011, "no more");
    }
  }

  void send(const Frame& frame) {
    peer_->send(std::make_shared<const std::string>(encode(frame, Encoding::json)));
  }

  const std::atomic<Answer>& answer_;
  NullPages& pages_;
  const std::shared_ptr<server::WsPeer> peer_;
};

class FalseServer final : private server::HttpHandler, private server::WsAcceptor {
 public:
  explicit FalseServer(Answer with) : answer(with) { EXPECT_TRUE(listener_.start().has_value()); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()); }

  std::atomic<Answer> answer;  // the listener's thread reads it

 private:
  static server::ListenerOptions on_one_thread() {
    server::ListenerOptions options;
    options.port = 0;
    options.threads = 1;
    return options;
  }
  void handle(server::HttpRequest, server::Respond respond) override {
    respond({.body = R"({"status":"healthy"})"});
  }
  Result<std::shared_ptr<server::WsHandler>> accept(server::WsUpgrade,
                                                    std::shared_ptr<server::WsPeer> peer) override {
    return std::make_shared<Channel>(answer, pages_, std::move(peer));
  }

  NullPages pages_{{1'770'000'000'000}};
  server::Listener listener_{on_one_thread(), *this, this};
};

class FilledAccount : public testing::Test {
 protected:
  FilledAccount() {
    client::Login login;
    login.user_id = login.username = login.access_token = "ann";
    login.expires = WallTime{4'000'000'000'000};
    std::ofstream(folder_.file("users.jsonl")) << account_line(login);
  }

  Results download_from(FalseServer& server) {
    RunOptions options = short_run(server.url(), "download");
    options.users = 1;
    options.users_file = folder_.file("users.jsonl");
    options.rate = 2;  // six readers
    options.verify = verify_;
    auto results = run_load(options, meddler_);
    EXPECT_TRUE(results.has_value()) << results.error().message;
    return results.value_or(Results{});
  }

  bool verify_ = false;
  TemporaryFolder folder_;
  Meddler meddler_;
};

TEST_F(FilledAccount, GivesEachReaderEverything) {
  FalseServer server(Answer::everything);
  const Results results = download_from(server);
  EXPECT_EQ(results.total(Timing::first_sync).count(), 6U);
  EXPECT_EQ(results.total().applied, 6 * head.value);
  EXPECT_EQ(results.total().all_errors(), 0U);
}

TEST_F(FilledAccount, AReaderThatDidNotComeToTheHeadHasFailed) {
  for (const Answer answer : {Answer::nothing_more, Answer::nothing_new}) {
    FalseServer server(answer);
    const Results results = download_from(server);
    EXPECT_EQ(results.total(Timing::first_sync).count(), 6U);
    EXPECT_EQ(results.total().errors,
              (std::map<ErrorCode, std::uint64_t>{{ErrorCode::server_error, 6}}));
    EXPECT_FALSE(results.passed);
  }
}

TEST_F(FilledAccount, AReaderThatLostItsConnectionIsTimedLikeTheOthers) {
  FalseServer server(Answer::good_bye);
  const Results results = download_from(server);
  EXPECT_EQ(results.total(Timing::first_sync).count(), 6U);
  EXPECT_EQ(results.total().all_errors(), 6U);
  EXPECT_FALSE(results.passed);
}

TEST_F(FilledAccount, AReaderThatGotFewerRowsThanThereAreIsFoundOut) {
  FalseServer server(Answer::nothing_here);
  verify_ = true;
  meddler_.on["verifying"] = [&] { server.answer = Answer::everything; };
  const Results results = download_from(server);
  const auto& examples = results.verification.examples;
  const std::string expected = "a device of user ann has read 0 of 20 records";
  EXPECT_NE(std::ranges::find(examples, expected), examples.end())
      << testing::PrintToString(examples);
  EXPECT_FALSE(results.passed);
}

}  // namespace
}  // namespace studiosync::load
