// Channels over the real accounts and the real sync logic, on a store in memory and without a
// socket.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "server/auth/account_store.hpp"
#include "server/channel/device_channel.hpp"
#include "server/store/memory/memory_store.hpp"
#include "tests/server/channel/fake_peer.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {

// One end of a connection, as a device would use it.
class TestDevice {
 public:
  TestDevice(ChannelContext& context, std::string name, const WsUpgrade& upgrade);
  ~TestDevice() { channel->on_close(); }

  // The frame's `id` is "r1", "r2", …
  void send(Message message);
  Hello hello(const std::string& token) const;
  void greet(const std::string& token) { send(hello(token)); }

  // A change with the next place in this replica's stream.
  PushChange change(const std::string& id, const std::string& name, Rev base = {});
  void push(std::vector<PushChange> changes) { send(Push{.now = now, .changes = changes}); }
  void put(const std::string& id, const std::string& name, Rev base = {}) {
    push({change(id, name, base)});
  }

  const std::shared_ptr<FakePeer> peer;
  const std::shared_ptr<DeviceChannel> channel;
  const ReplicaId replica;
  WallTime now;

 private:
  const std::string name_;
  const Encoding encoding_;
  std::uint64_t requests_ = 0;
  std::uint64_t changes_ = 0;
};

class ChannelTest : public testing::Test {
 protected:
  explicit ChannelTest(Rate changes = {});

  // An account's access token.
  std::string sign_up(const std::string& name);
  // A further session of it.
  std::string log_in(const std::string& name);
  void log_out(const std::string& token);
  Caller caller(const std::string& token) { return auth_->authenticate(token).value(); }

  std::unique_ptr<TestDevice> connect(const std::string& name, WsUpgrade upgrade = {});
  // Connected, greeted and welcomed.
  std::unique_ptr<TestDevice> device(const std::string& name, const std::string& token);

  WallTime now_{1'800'000'000'000};
  Result<> admitted_;  // what workers say to each task

 private:
  TemporaryFolder folder_;
  std::uint64_t entropy_ = 0;

 protected:
  MemoryStore store_;
  Hub hub_;
  std::unique_ptr<AccountStore> accounts_;
  Metrics metrics_{[] { return MetricsSample{}; }};
  SyncService sync_;
  std::unique_ptr<AuthService> auth_;
  RateLimiter changes_;
  std::unique_ptr<ChannelContext> context_;
};

}  // namespace studiosync::server
