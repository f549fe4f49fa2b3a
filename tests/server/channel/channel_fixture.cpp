#include "tests/server/channel/channel_fixture.hpp"

#include <chrono>
#include <future>

#include "core/base/check.hpp"
#include "core/base/sha256.hpp"

namespace studiosync::server {
namespace {

constexpr const char* password = "correct horse";

// The answer of a call with a `done`; a call that never answers stops the test.
template <class T, class Call>
Result<T> answer(Call call) {
  const auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  call([promise](Result<T> result) { promise->set_value(std::move(result)); });
  SS_CHECK(future.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  return future.get();
}

template <class Id>
Id derived(const std::string& text) {
  Id id;
  const Hash128 hash = hash128(text);
  std::copy(hash.begin(), hash.end(), id.bytes.begin());
  return id;
}

}  // namespace

TestDevice::TestDevice(ChannelContext& context, std::string name, const WsUpgrade& upgrade)
    : peer(std::make_shared<FakePeer>(
          upgrade.subprotocol == subprotocol(Encoding::cbor) ? Encoding::cbor : Encoding::json)),
      channel(std::make_shared<DeviceChannel>(context, upgrade, peer)),
      replica(derived<ReplicaId>("replica " + name)),
      now(context.sync.now()),
      name_(std::move(name)),
      encoding_(upgrade.subprotocol == subprotocol(Encoding::cbor) ? Encoding::cbor
                                                                   : Encoding::json) {}

void TestDevice::send(Message message) {
  channel->on_message(encode({"r" + std::to_string(++requests_), std::move(message)}, encoding_));
}

Hello TestDevice::hello(const std::string& token) const {
  Hello hello;
  hello.token = token;
  hello.device.value = "device-" + name_;
  hello.device_name = name_;
  hello.replica = replica;
  hello.now = now;
  return hello;
}

PushChange TestDevice::change(const std::string& id, const std::string& name, Rev base) {
  PushChange change;
  change.device_seq = {++changes_};
  change.change = derived<ChangeId>(name_ + " " + std::to_string(changes_));
  change.type = EntityType::saved_query;
  change.item_id = id;
  change.base = base;
  change.data = Json::object().set("name", name).set("query", "SELECT 1");
  change.stamp = Stamp::at(now);
  return change;
}

ChannelTest::ChannelTest(Rate changes)
    : store_({.shards = 4,
              .clock = [this] { return CommitTime{now_.unix_ms * 1000}; },
              .entropy = [this] { return ++entropy_; }}),
      sync_(store_, hub_, [this] { return now_; }, {.metrics = &metrics_}),
      changes_(changes) {
  auto opened = AccountStore::open(folder_.file("accounts.db"), now_);
  SS_CHECK(opened.has_value());
  accounts_ = std::move(*opened);
  const AuthOptions cheap{.jwt_secret = std::string(32, 's'), .bcrypt_cost = 4};
  auth_ = std::make_unique<AuthService>(*accounts_, cheap, [this] { return now_; });
  auth_->listen({.session_ended =
                     [this](UserRef user, const std::string& session) {
                       hub_.end_session(user, session, 4401);
                     },
                 .device_revoked =
                     [this](UserRef user, const DeviceId& device) {
                       hub_.end_device(user, device, Revoked{"removed"}, 4403);
                     }});
  context_ = std::unique_ptr<ChannelContext>(new ChannelContext{
      sync_, *auth_, hub_, changes_,
      [this](const std::function<void(Result<>)>& task) { task(admitted_); }, &metrics_});
}

std::string ChannelTest::sign_up(const std::string& name) {
  const auto grant = answer<Grant>([&](auto done) {
    auth_->register_account(name, name + "@example.com", password, std::move(done));
  });
  return grant.value().access_token;
}

std::string ChannelTest::log_in(const std::string& name) {
  const auto grant =
      answer<Grant>([&](auto done) { auth_->login(name, password, "192.0.2.1", std::move(done)); });
  return grant.value().access_token;
}

void ChannelTest::log_out(const std::string& token) {
  const auto done =
      answer<void>([&](auto finished) { auth_->logout(caller(token), std::move(finished)); });
  EXPECT_TRUE(done);
}

std::unique_ptr<TestDevice> ChannelTest::connect(const std::string& name, WsUpgrade upgrade) {
  if (upgrade.subprotocol.empty()) upgrade.subprotocol = subprotocol(Encoding::json);
  return std::make_unique<TestDevice>(*context_, name, upgrade);
}

std::unique_ptr<TestDevice> ChannelTest::device(const std::string& name, const std::string& token) {
  auto made = connect(name);
  made->greet(token);
  EXPECT_FALSE(made->peer->all<Welcome>().empty());
  return made;
}

}  // namespace studiosync::server
