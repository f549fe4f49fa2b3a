// What a device may have waiting for its shard's writer.
#include "server/channel/unanswered.hpp"

#include <deque>

#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

// A store whose writer is busy until it is told to go on.
class BusyStore final : public Store {
 public:
  explicit BusyStore(Store& store) : store_(store) {}

  void write(UserRef user, Job job, Done done) override {
    waiting.push_back({user, std::move(job), std::move(done)});
  }
  Result<> read(UserRef user, const std::function<void(UserReader&)>& read) override {
    return store_.read(user, read);
  }
  std::uint32_t shards() const override { return store_.shards(); }
  Epoch epoch(std::uint32_t shard) const override { return store_.epoch(shard); }
  StoreStats stats() const override { return store_.stats(); }
  Result<> probe() override { return store_.probe(); }
  void stop() override { store_.stop(); }

  void answer_one() {
    Write next = std::move(waiting.front());
    waiting.pop_front();
    store_.write(next.user, std::move(next.job), std::move(next.done));
  }
  void answer_all() {
    while (!waiting.empty()) answer_one();
  }

  struct Write {
    UserRef user;
    Job job;
    Done done;
  };
  std::deque<Write> waiting;

 private:
  Store& store_;
};

class UnansweredTest : public ChannelTest {
 protected:
  UnansweredTest() {
    context_ = std::unique_ptr<ChannelContext>(
        new ChannelContext{busy_sync_, *auth_, hub_, changes_,
                           [this](const std::function<void(Result<>)>& task) { task(admitted_); }});
    laptop_ = device("laptop", sign_up("ann"));
  }
  ~UnansweredTest() override { busy_.answer_all(); }

  // As the connection does: nothing is handed over that the channel does not take.
  template <class Send>
  int send_while_taken(Send send) {
    int sent = 0;
    for (; sent < 2'000 && laptop_->channel->takes_messages(); ++sent) send(sent);
    return sent;
  }

  BusyStore busy_{store_};
  SyncService busy_sync_{busy_, hub_, [this] { return now_; }, {}};
  std::unique_ptr<TestDevice> laptop_;
};

TEST_F(UnansweredTest, TakesNoMoreThanSoManyRequests) {
  const int sent = send_while_taken([&](int i) { laptop_->put("q" + std::to_string(i), "one"); });
  EXPECT_EQ(sent, 64);
  EXPECT_EQ(busy_.waiting.size(), 64U);
  EXPECT_EQ(laptop_->peer->resumed, 0);
  busy_.answer_one();
  EXPECT_EQ(laptop_->peer->resumed, 1);
  EXPECT_TRUE(laptop_->channel->takes_messages());
  busy_.answer_all();
  EXPECT_EQ(laptop_->peer->all<Pushed>().size(), 64U);
  EXPECT_TRUE(laptop_->peer->all<ErrorFrame>().empty());
}

TEST_F(UnansweredTest, CountsEmptyPushesAndResolutionsAsWell) {
  EXPECT_EQ(send_while_taken([&](int) { laptop_->push({}); }), 64);
  busy_.answer_all();
  const Resolve resolve{
      .conflict_id = "none", .strategy = Strategy::user_choice, .chosen = Choice::local};
  EXPECT_EQ(send_while_taken([&](int) { laptop_->send(resolve); }), 64);
}

TEST_F(UnansweredTest, TakesNoMoreThanTheChangesThatMayBeUnacknowledged) {
  const int sent = send_while_taken([&](int i) {
    std::vector<PushChange> changes;
    for (int j = 0; j < 50; ++j) {
      changes.push_back(laptop_->change("q" + std::to_string(i * 50 + j), "one"));
    }
    laptop_->push(std::move(changes));
  });
  EXPECT_EQ(sent * 50, 1'000);
}

TEST_F(UnansweredTest, TakesNoMoreThanSoManyBytes) {
  const std::string megabyte(1'000'000, 'x');
  const auto send = [&](int i) { laptop_->put("q" + std::to_string(i), megabyte); };
  EXPECT_EQ(send_while_taken(send), 5);
  busy_.answer_one();
  EXPECT_EQ(send_while_taken(send), 1);
}

TEST_F(UnansweredTest, CountsWhatIsGivenBack) {
  Record lost;
  lost.type = EntityType::saved_query;
  lost.id = "q1";
  lost.content = R"({"name":"one","query":"SELECT 1"})";
  const int sent = send_while_taken([&](int) { laptop_->send(Reconcile{.records = {lost}}); });
  EXPECT_EQ(sent, 64);
}

// Our own client: four pushes under way, a thousand changes or a megabyte of content each at most,
// a thousand changes together.
TEST_F(UnansweredTest, LetsOurOwnClientGoOn) {
  for (int push = 0; push < 3; ++push) {
    std::vector<PushChange> changes;
    for (int j = 0; j < 300; ++j) {
      changes.push_back(laptop_->change("q" + std::to_string(push * 300 + j), "one"));
    }
    laptop_->push(std::move(changes));
    EXPECT_TRUE(laptop_->channel->takes_messages());
  }
}

}  // namespace
}  // namespace studiosync::server
